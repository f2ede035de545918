use sqlx::PgExecutor;
use uuid::Uuid;

pub struct SessionRow {
    pub user_id: Uuid,
    pub id: Uuid,
    pub title: String,
}

/// Scheduled ones, by their start.
pub async fn sessions_of(
    db: impl PgExecutor<'_>,
    event: Uuid,
    users: &[Uuid],
) -> sqlx::Result<Vec<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        "select sp.user_id, s.id, s.title
           from session_speakers sp
           join agenda_sessions s on s.event_id = sp.event_id and s.id = sp.session_id
          where sp.event_id = $1 and sp.user_id = any($2) and s.deleted_at is null and s.starts_at is not null
          order by s.starts_at, s.id
          limit 2000",
        event,
        users
    )
    .fetch_all(db)
    .await
}

/// What a request may open with, as the event's organizers chose.
pub async fn icebreakers(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select icebreakers from events where id = $1", event).fetch_one(db).await
}

pub struct SharedEventRow {
    pub slug: String,
    pub title: String,
}

/// Events in which both are active members, the latest first.
pub async fn shared_events(
    db: impl PgExecutor<'_>,
    viewer: Uuid,
    user: Uuid,
) -> sqlx::Result<Vec<SharedEventRow>> {
    sqlx::query_as!(
        SharedEventRow,
        "select e.slug, e.title
           from event_members mine
           join event_members theirs on theirs.event_id = mine.event_id and theirs.user_id = $2
                                    and theirs.status = 'ACTIVE'
           join events e on e.id = mine.event_id and e.status not in ('DRAFT', 'DELETED')
           join organizations org on org.id = e.organization_id and org.deleted_at is null
          where mine.user_id = $1 and mine.status = 'ACTIVE' and $1 <> $2
          order by e.start_date desc, e.id
          limit 20",
        viewer,
        user
    )
    .fetch_all(db)
    .await
}
