//! Mailed links: made and used under the lock of the person, who is locked before any of their links. The whole order of
//! locks stands in docs/architecture.md; so no two use cases wait for each other.

use domain::accounts::EmailAddress;
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

use super::queries::{self, ConsumedRow, NewToken, Purpose};
use crate::rng::{SecretToken, hash_token};
use crate::{Outcome, Services};

/// Makes a link of a person the caller has locked; answers its secret.
pub(super) async fn make(
    services: &Services,
    tx: &mut PgConnection,
    user: Uuid,
    purpose: Purpose,
    address: Option<&EmailAddress>,
    lifetime: Duration,
) -> Outcome<SecretToken> {
    let now = services.clock.now();
    let token = services.rng.token();
    let (id, hash) = (services.rng.id(now), token.hash());
    let address = address.map(EmailAddress::as_str);
    let expires_at = now + lifetime;
    let new = NewToken { id, user, purpose, hash: &hash, address, now, expires_at };
    queries::insert_token(tx, &new).await?;
    Ok(token)
}

/// Locks the person behind a link, then uses it; `None` when it is unknown, used, replaced or expired.
pub(super) async fn consume(
    services: &Services,
    tx: &mut PgConnection,
    token: &str,
    purpose: Purpose,
) -> Outcome<Option<ConsumedRow>> {
    let hash = hash_token(token);
    let Some(owner) = queries::token_owner(tx, &hash, purpose).await? else { return Ok(None) };
    queries::lock(tx, owner).await?;
    Ok(queries::consume_token(tx, &hash, purpose, services.clock.now()).await?)
}
