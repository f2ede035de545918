use domain::error::Unauthenticated;
use domain::ids::{EventId, LoginSessionId, UserId};
use domain::invitations::InvitationStatus;
use domain::notifications::News;
use domain::organizations::AuditAction;
use domain::{AppError, Denied, SignedIn};
use uuid::Uuid;

use super::entry::{self, Accepted};
use super::find::{Key, Open, open};
use crate::accounts::Caller;
use crate::{Outcome, Services, attendees, db, notifications};

/// Accepts an invitation to the own address, in one transaction; of parallel calls one succeeds. Answers where it
/// leads, and what came of it.
///
/// # Errors
/// [`AppError::Gone`] saying why it is over; [`Denied::InvitationForAnother`] by a link to another address, which by
/// an id is [`AppError::NotFound`]; [`Denied::BannedFromEvent`]; [`domain::Conflict::InvitationVoid`] when the inviter
/// may grant nothing any more; [`AppError::TooMany`] after 20 unknown links an hour from one network.
pub async fn accept(
    services: &Services,
    person: &SignedIn,
    key: Key<'_>,
    caller: &Caller,
) -> Outcome<(String, Accepted)> {
    let open = open(services, key, Some(person.user), caller).await?;
    check_owner(&open, person)?;
    let mut tx = db::begin(&services.db).await?;
    let locked = entry::lock(services, &mut tx, &open, key).await?;
    let entered = locked.enter(services, &mut tx, person).await?;
    let thing = open.target.thing();
    notifications::caught_up(services, &mut tx, person.user, News::Invited, &thing).await?;
    tx.commit().await?;
    services.bus.recheck(person.user);
    if let (Some(event), Ok(_)) = (open.row.event_id, &entered) {
        attendees::members_changed(services, EventId::new(event)).await;
    }
    Ok((open.leads_to(), entered?))
}

/// Declines an invitation to the own address; the inviter sees it in the list.
///
/// # Errors
/// As [`accept`].
pub async fn decline(services: &Services, person: &SignedIn, key: Key<'_>, caller: &Caller) -> Outcome<()> {
    let open = open(services, key, Some(person.user), caller).await?;
    check_owner(&open, person)?;
    let mut tx = db::begin(&services.db).await?;
    let locked = entry::lock(services, &mut tx, &open, key).await?;
    let user = Some(person.user.get());
    locked.end(services, &mut tx, InvitationStatus::Declined, user).await?;
    // The address is all the organization knows: who says no doesn't tell their name.
    let owner = SignedIn { full_name: open.row.address.clone(), ..person.clone() };
    locked.record(services, &mut tx, &owner, AuditAction::InvitationDeclined).await?;
    let thing = open.target.thing();
    notifications::caught_up(services, &mut tx, person.user, News::Invited, &thing).await?;
    Ok(tx.commit().await?)
}

/// Declines an invitation to an address without an account, by its link: who has the mail may say no without making one.
///
/// # Errors
/// [`AppError::Gone`] saying why it is over; [`AppError::Unauthenticated`] when the address has an account;
/// [`AppError::TooMany`] after 20 unknown links an hour from one network.
pub async fn decline_by_link(services: &Services, token: &str, caller: &Caller) -> Outcome<()> {
    let key = Key::Token(token);
    let open = open(services, key, None, caller).await?;
    if open.row.has_account() {
        return Err(AppError::Unauthenticated(Unauthenticated::SignInRequired).into());
    }
    let mut tx = db::begin(&services.db).await?;
    let locked = entry::lock(services, &mut tx, &open, key).await?;
    locked.end(services, &mut tx, InvitationStatus::Declined, None).await?;
    // Nobody is signed in; in the log the address stands for its owner.
    let owner = SignedIn {
        // The placeholder may be gone: somebody signed up with the address, and its owner withdrew that.
        user: UserId::new(open.row.account_id.unwrap_or_else(Uuid::nil)),
        login_session: LoginSessionId::new(Uuid::nil()),
        full_name: open.row.address.clone(),
        avatar: None,
    };
    locked.record(services, &mut tx, &owner, AuditAction::InvitationDeclined).await?;
    Ok(tx.commit().await?)
}

/// The link proves nothing to somebody else: it may have been passed on.
pub(super) fn check_owner(open: &Open, person: &SignedIn) -> Result<(), AppError> {
    let is_own = open.row.account_id.map(UserId::new) == Some(person.user);
    if is_own { Ok(()) } else { Err(Denied::InvitationForAnother.into()) }
}

impl Open {
    /// The page of what one was invited to.
    pub(super) fn leads_to(&self) -> String {
        match &self.row.event_slug {
            Some(slug) => format!("/events/{slug}"),
            None => format!("/organizations/{}", self.row.organization_slug),
        }
    }
}
