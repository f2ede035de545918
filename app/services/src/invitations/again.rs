use domain::SignedIn;
use domain::accounts::{EmailAddress, full_name};
use domain::ids::{EventId, InvitationId, LoginSessionId, OrganizationId, UserId};
use domain::organizations::AuditAction;
use uuid::Uuid;

use super::find::{self, over, stored_status};
use super::judge::Recipient;
use super::queries;
use super::rules;
use super::send::{self, Sending};
use super::target::TargetId;
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services, limits, mail};

/// Sends the open invitations of an address again, whose owner asks for a password they don't have yet: at most as
/// often as invitations may be mailed to one address. Nobody vouches for them anew, so they go on until they would have.
///
/// # Errors
/// Database errors only.
pub(crate) async fn send_again_to(services: &Services, address: &EmailAddress) -> Outcome<()> {
    let open = queries::open_of_address(&services.db, address.as_str(), services.clock.now()).await?;
    for id in open {
        match send_again(services, address, InvitationId::new(id)).await {
            Ok(()) => {}
            Err(error) if error.is_too_many() => break,
            Err(error) => return Err(error),
        }
    }
    services.outbox.wake();
    Ok(())
}

async fn send_again(services: &Services, address: &EmailAddress, id: InvitationId) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let Some(seen) = queries::find(&mut *tx, None, Some(id.get())).await? else { return Ok(()) };
    TargetId::of(seen.organization_id, seen.event_id)?.lock(&mut tx).await?;
    queries::lock(&mut tx, id.get()).await?;
    let Some(row) = queries::find(&mut *tx, None, Some(id.get())).await? else { return Ok(()) };
    if over(stored_status(&row.status)?, row.expires_at, row.is_open, now).is_some() {
        return Ok(());
    }
    limits::take_in(&mut tx, now, &[rules::to_recipient(address.as_str())]).await?;
    let (owner, account, event) = (OrganizationId::new(row.owner_id), row.account_id, row.event_id);
    let (token_hash, old_mail, expires_at) = (row.token_hash.clone(), row.mail_id, row.expires_at);
    let inviter = full_name(&row.inviter_first_name, &row.inviter_last_name);
    let name = row.name.clone();
    let invitation = find::invitation(row)?;
    let recipient = Recipient {
        address: address.clone(),
        has_account: false,
        name: name.clone().unwrap_or_default(),
        written_name: name,
    };
    let sending = Sending {
        organization: owner,
        invited_to: &invitation.invited_to,
        role: invitation.role,
        inviter: &inviter,
        message: invitation.message.as_deref(),
        expires_at,
    };
    let tokens = [services.rng.token()];
    let mails = send::enqueue(services, &mut tx, &sending, &[recipient], &tokens).await?;
    queries::replace_token(&mut tx, id.get(), &token_hash).await?;
    let ([mail], [token]) = (&mails[..], &tokens) else {
        return Err(ServiceError::Broken("one mail was asked for".to_owned()));
    };
    queries::renew_link(&mut tx, id.get(), &token.hash(), *mail).await?;
    mail::withdraw(services, &mut tx, old_mail.as_slice()).await?;
    // Nobody is signed in; in the log the address stands for its owner.
    let asker = SignedIn {
        user: UserId::new(account.unwrap_or_else(Uuid::nil)),
        login_session: LoginSessionId::new(Uuid::nil()),
        full_name: address.to_string(),
    };
    let entry = AuditEntry {
        event: event.map(EventId::new),
        subject: Some(address.as_str()),
        subject_id: Some(id.get()),
        after: Some(invitation.role.as_str()),
        ..AuditEntry::new(owner, &asker, AuditAction::InvitationResent)
    };
    audit::record(services, &mut tx, &entry).await?;
    Ok(tx.commit().await?)
}
