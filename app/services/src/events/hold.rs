use domain::ids::UserId;
use domain::slug::Slug;
use sqlx::PgConnection;

use super::{EventStanding, queries, standing};
use crate::{Outcome, ServiceError, Services};

/// Locks an event, so that nothing below it changes beside the caller, then loads it as one person stands in it.
///
/// # Errors
/// [`domain::AppError::NotFound`] when there is no such event; hidden ones are left to the policy, which answers alike.
pub(crate) async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    user: UserId,
    slug: &str,
) -> Outcome<EventStanding> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    queries::lock(tx, slug).await?.ok_or(ServiceError::NOT_FOUND)?;
    standing::load(services, tx, Some(user), slug).await
}
