//! The times of an event's sessions, where its own days or zone change.

use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct SessionTimesRow {
    pub id: Uuid,
    pub title: String,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
}

/// All that are not deleted, by their start; at most 1,000 (specification 21.1).
pub async fn session_times(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<SessionTimesRow>> {
    sqlx::query_as!(
        SessionTimesRow,
        "select id, title, starts_at, ends_at from agenda_sessions
          where event_id = $1 and deleted_at is null
          order by starts_at, id
          limit 1000",
        event
    )
    .fetch_all(db)
    .await
}

/// Other times give a session back to the clock.
pub async fn set_session_times(
    tx: &mut PgConnection,
    (event, by): (Uuid, Uuid),
    ids: &[Uuid],
    starts: &[OffsetDateTime],
    ends: &[OffsetDateTime],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions s
            set starts_at = n.starts_at, ends_at = n.ends_at, sequence = s.sequence + 1, version = s.version + 1,
                status_by_hand = s.status_by_hand and s.starts_at is not distinct from n.starts_at
                                 and s.ends_at is not distinct from n.ends_at,
                updated_by = $6, updated_at = $5
           from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as n (id, starts_at, ends_at)
          where s.id = n.id and s.event_id = $1",
        event,
        ids,
        starts,
        ends,
        now,
        by
    )
    .execute(tx)
    .await
    .map(drop)
}

/// What members are told about when it changes.
#[derive(PartialEq, Eq)]
pub struct AnnouncedRow {
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub format: String,
    pub venue_name: Option<String>,
    pub venue_address: Option<String>,
    pub venue_city: Option<String>,
    pub venue_region: Option<String>,
    pub venue_country: Option<String>,
}

pub async fn announced(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<AnnouncedRow> {
    sqlx::query_as!(
        AnnouncedRow,
        "select start_date, end_date, time_zone, format, venue_name, venue_address, venue_city, venue_region,
                venue_country
           from events where id = $1",
        event
    )
    .fetch_one(db)
    .await
}
