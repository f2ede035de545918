use domain::accounts::EmailAddress;
use domain::ids::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Caller, notices, queries};
use crate::mail::SecurityEvent;
use crate::rng::{SecretToken, hash_token};
use crate::{Outcome, Services, db};

/// Whose browser it is.
pub(super) struct Owner<'a> {
    pub user: Uuid,
    pub email: Option<&'a EmailAddress>,
    pub name: &'a str,
}

/// Remembers the browser somebody just signed in from. On a new one they get a notice, unless it is their first sign-in.
///
/// Answers a new device cookie where the browser brought none.
pub(super) async fn recognize(
    services: &Services,
    tx: &mut PgConnection,
    owner: &Owner<'_>,
    caller: &Caller,
    has_signed_in: bool,
) -> Outcome<Option<SecretToken>> {
    let made = caller.device.is_none().then(|| services.rng.token());
    let hash = match (&made, &caller.device) {
        (Some(token), _) => token.hash(),
        (None, Some(device)) => hash_token(device),
        (None, None) => return Ok(None),
    };
    let is_new = queries::remember_device(tx, owner.user, &hash, services.clock.now()).await?;
    if let (true, true, Some(email)) = (is_new, has_signed_in, owner.email) {
        notices::send(services, tx, (owner.user, email, owner.name), SecurityEvent::NewDevice, caller)
            .await?;
    }
    Ok(made)
}

/// Remembers the browser of a person who was signed in without a password: by the link of their own sign-up.
///
/// # Errors
/// Database errors only.
pub async fn remember_device(
    services: &Services,
    user: UserId,
    caller: &Caller,
) -> Outcome<Option<SecretToken>> {
    let mut tx = db::begin(&services.db).await?;
    let owner = Owner { user: user.get(), email: None, name: "" };
    let made = recognize(services, &mut tx, &owner, caller, false).await?;
    tx.commit().await?;
    Ok(made)
}
