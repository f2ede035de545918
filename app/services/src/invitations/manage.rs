use domain::accounts::EmailAddress;
use domain::ids::{EventId, InvitationId, OrganizationId};
use domain::invitations::{InvitationMessage, InvitationStatus, InvitedName, InvitedRole, LIFETIME};
use domain::organizations::AuditAction;
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::address_list::Entry;
use super::create::invited;
use super::find::{stored_role, stored_status};
use super::judge::{Judged, judge};
use super::queries::{self, OwnRow};
use super::rules;
use super::send::{self, Sending, Words};
use super::sweep::record_expired;
use super::target::{self, Target, TargetPath};
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services, accounts, db, limits, mail};

/// An invitation of a locked target that this person may cancel: its role is not above what they grant.
struct Own {
    target: Target,
    row: OwnRow,
    role: InvitedRole,
    status: InvitationStatus,
}

async fn lock(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    path: &TargetPath,
    id: InvitationId,
) -> Outcome<Own> {
    let target = target::lock(tx, person, path).await?;
    target.may_manage()?;
    let (organization, event) = (target.id.organization(), target.id.event());
    let row = queries::lock_of_target(tx, id.get(), organization, event).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let role = stored_role(target.invited_to.kind, &row.role)?;
    target.may_cancel(role)?;
    let status = match stored_status(&row.status)? {
        InvitationStatus::Pending if row.expires_at <= services.clock.now() => InvitationStatus::Expired,
        status => status,
    };
    Ok(Own { target, row, role, status })
}

impl Own {
    async fn record(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
        id: InvitationId,
        action: AuditAction,
        after: InvitedRole,
    ) -> Outcome<()> {
        let entry = AuditEntry {
            subject: Some(&self.row.address),
            subject_id: Some(id.get()),
            before: (after != self.role).then_some(self.role.as_str()),
            after: Some(after.as_str()),
            ..send::entry(&self.target, person, action)
        };
        audit::record(services, tx, &entry).await
    }
}

/// Gives an open invitation another role; the one it has is fine. Who changes it vouches for it from then on.
///
/// # Errors
/// [`AppError::NotFound`] for outsiders, and for an invitation to something else; [`AppError::Denied`] by the matrix, for
/// the old role and the new one; [`FieldErrors`] on `role`; [`Conflict::InvitationClosed`] when it is not PENDING.
pub async fn change_role(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    id: InvitationId,
    role: &str,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let own = lock(services, &mut tx, person, path, id).await?;
    own.target.may_invite(own.role)?;
    let to = InvitedRole::parse(path.kind, role).map_err(|error| FieldErrors::one("role", error))?;
    own.target.may_invite(to)?;
    if own.status != InvitationStatus::Pending {
        return Err(Conflict::InvitationClosed.into());
    }
    if to == own.role {
        return Ok(());
    }
    queries::set_role(&mut tx, id.get(), to.as_str(), person.user.get()).await?;
    own.record(services, &mut tx, person, id, AuditAction::InvitationRoleChanged, to).await?;
    Ok(tx.commit().await?)
}

/// Sends a new link for another seven days; the old one is dead from then on, and who sends it vouches for it.
///
/// # Errors
/// As [`change_role`]; [`Conflict::InvitationClosed`] unless it is PENDING or EXPIRED;
/// [`Conflict::AlreadyMember`], [`Conflict::PersonBanned`] or [`Conflict::AlreadyInvited`] for what happened since;
/// [`AppError::TooMany`] as for a first one.
pub async fn resend(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    id: InvitationId,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let own = lock(services, &mut tx, person, path, id).await?;
    own.target.may_invite(own.role)?;
    if !own.status.can_be_resent() {
        return Err(Conflict::InvitationClosed.into());
    }
    let (organization, event) = (own.target.id.organization(), own.target.id.event());
    // Its own time starts anew, so it must not stand in its own way.
    let address = EmailAddress::parse(&own.row.address)
        .map_err(|_| ServiceError::unknown_value("invitations.address", &own.row.address))?;
    let expired = InvitationStatus::Expired.as_str();
    queries::end(&mut tx, id.get(), &own.row.token_hash, expired, None, now).await?;
    let name = own.row.name.as_deref().and_then(InvitedName::read);
    let entry = Entry { typed: own.row.address.clone(), address: Some(address), name };
    let judged: Vec<Judged> = judge(&mut tx, own.target.id, &[entry], now).await?;
    let recipients = judged.into_iter().map(invited).collect::<Result<Vec<_>, AppError>>()?;
    limits::take_in(&mut tx, now, &[rules::to_recipient(&own.row.address)]).await?;
    limits::take_in(&mut tx, now, &rules::single(person.user, own.target.organization)).await?;
    let addresses = [own.row.address.clone()];
    let expired = queries::expire_stale(&mut tx, organization, event, &addresses, now).await?;
    record_expired(services, &mut tx, &expired).await?;
    accounts::make_placeholders(services, &mut tx, &addresses).await?;

    let message = InvitationMessage::parse(own.row.message.as_deref().unwrap_or_default())
        .map_err(|error| ServiceError::Broken(format!("invitations.message: {error}")))?;
    let words = Words { role: own.role, message: &message, import: None };
    let tokens = [services.rng.token()];
    let letter = Sending::of(services, person, &own.target, &words);
    let mails = send::enqueue(services, &mut tx, &letter, &recipients, &tokens).await?;
    queries::replace_token(&mut tx, id.get(), &own.row.token_hash).await?;
    let (Some(mail), [token]) = (mails.first(), &tokens) else {
        return Err(ServiceError::Broken("one mail was asked for".to_owned()));
    };
    let (by, expires_at) = (person.user.get(), now + LIFETIME);
    let new = queries::Resent { id: id.get(), token_hash: &token.hash(), mail: *mail, by, expires_at };
    queries::resend(&mut tx, &new).await?;
    if let Some(old) = own.row.mail_id {
        mail::withdraw(services, &mut tx, &[old]).await?;
    }
    own.record(services, &mut tx, person, id, AuditAction::InvitationResent, own.role).await?;
    tx.commit().await?;
    services.outbox.wake();
    Ok(())
}

/// Cancels an open invitation: its link is dead, and a mail that has not left doesn't. Cancelling twice is fine, and so
/// is cancelling in an event that takes nobody in any more.
///
/// # Errors
/// As [`change_role`].
pub async fn cancel(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    id: InvitationId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let own = lock(services, &mut tx, person, path, id).await?;
    match own.status {
        InvitationStatus::Pending => {}
        InvitationStatus::Cancelled => return Ok(()),
        InvitationStatus::Accepted | InvitationStatus::Declined | InvitationStatus::Expired => {
            return Err(Conflict::InvitationClosed.into());
        }
    }
    let (now, cancelled) = (services.clock.now(), InvitationStatus::Cancelled.as_str());
    queries::end(&mut tx, id.get(), &own.row.token_hash, cancelled, None, now).await?;
    if let Some(mail) = own.row.mail_id {
        mail::withdraw(services, &mut tx, &[mail]).await?;
    }
    own.record(services, &mut tx, person, id, AuditAction::InvitationCancelled, own.role).await?;
    Ok(tx.commit().await?)
}

/// Cancels all that are open to an event which is cancelled or deleted, in the caller's transaction, which holds its
/// lock; their mails that have not left are taken back.
///
/// # Errors
/// Database errors only.
pub async fn cancel_all_of_event(services: &Services, tx: &mut PgConnection, event: EventId) -> Outcome<()> {
    let mails = queries::cancel_all_of_event(tx, event.get(), services.clock.now()).await?;
    mail::withdraw(services, tx, &mails.into_iter().flatten().collect::<Vec<_>>()).await
}

/// As [`cancel_all_of_event`], of a deleted organization and all its events.
///
/// # Errors
/// Database errors only.
pub async fn cancel_all_of_organization(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
) -> Outcome<()> {
    let mails = queries::cancel_all_of_organization(tx, organization.get(), services.clock.now()).await?;
    mail::withdraw(services, tx, &mails.into_iter().flatten().collect::<Vec<_>>()).await
}

/// Opens again what was cancelled with an organization that is brought back, where time is left, in the caller's
/// transaction.
///
/// # Errors
/// Database errors only.
pub async fn restore_all_of_organization(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
) -> Outcome<()> {
    Ok(queries::restore_all_of_organization(tx, organization.get(), services.clock.now()).await?)
}
