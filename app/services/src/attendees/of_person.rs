use domain::ids::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{free_seats, queries};
use crate::{Outcome, Services, attending};

/// Locks the events somebody has or had a part in, before their person's row.
///
/// # Errors
/// Database errors only.
pub(crate) async fn lock_events_of(tx: &mut PgConnection, user: UserId) -> Outcome<Vec<Uuid>> {
    Ok(queries::lock_events_of(tx, user.get()).await?)
}

/// Takes somebody off the sessions of these events: they speak in none, and their places are free.
///
/// # Errors
/// Database errors only.
pub(crate) async fn end_part_in_sessions(
    tx: &mut PgConnection,
    events: &[Uuid],
    user: UserId,
) -> Outcome<()> {
    queries::delete_speaking(tx, events, user.get()).await?;
    attending::cancel_all_of(tx, events, user).await
}

/// Ends the memberships of an erased person in events that are not over; in past ones they count on. What they said of
/// themselves in any event, the address of their calendar there, their stars and their views of tables go. The caller
/// holds all these events.
///
/// # Errors
/// Database errors only.
pub(crate) async fn forget_member(
    services: &Services,
    tx: &mut PgConnection,
    events: &[Uuid],
    user: UserId,
) -> Outcome<()> {
    queries::delete_views_of(tx, user.get()).await?;
    queries::forget_member(tx, user.get()).await?;
    attending::forget_stars(tx, user).await?;
    let left = queries::end_memberships(tx, events, user.get(), services.clock.now()).await?;
    end_part_in_sessions(tx, &left, user).await?;
    free_seats(services, tx, &left).await?.stands_on_the_next_page();
    Ok(())
}
