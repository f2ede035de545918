use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

pub struct EventFactsRow {
    pub time_zone: String,
    pub start_date: Date,
    pub end_date: Date,
    pub hold_agenda_changes: bool,
}

pub async fn event_facts(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<EventFactsRow> {
    sqlx::query_as!(
        EventFactsRow,
        "select time_zone, start_date, end_date, hold_agenda_changes from events where id = $1",
        event
    )
    .fetch_one(tx)
    .await
}

pub async fn forget_main_session(tx: &mut PgConnection, event: Uuid, session: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update events set main_session_id = null where id = $1 and main_session_id = $2",
        event,
        session
    )
    .execute(tx)
    .await
    .map(drop)
}

/// An event of a single session that lost it gets it back: the one it began with.
pub async fn make_main_session(tx: &mut PgConnection, event: Uuid, session: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update events set main_session_id = $2
          where id = $1 and main_session_id is null and event_type = 'SINGLE_SESSION'
            and not exists (select 1 from agenda_sessions older, agenda_sessions this
                             where this.id = $2 and older.event_id = $1 and older.created_at < this.created_at)",
        event,
        session
    )
    .execute(tx)
    .await
    .map(drop)
}
