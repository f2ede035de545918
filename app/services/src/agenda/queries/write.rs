use domain::agenda::SessionTimes;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::fields::SessionValues;

pub struct NewSessionRow {
    pub id: Uuid,
    pub event: Uuid,
    pub form_key: Uuid,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

/// Event and session.
type Key = (Uuid, Uuid);

pub async fn insert_session(
    tx: &mut PgConnection,
    row: &NewSessionRow,
    values: &SessionValues,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into agenda_sessions (id, event_id, title, short_description, description, kind, language, tags,
                                      starts_at, ends_at, venue_room_id, track_id, capacity, sign_up_required,
                                      chat_mode, opens_before_minutes, form_key, created_by, updated_by,
                                      created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $19, $19)",
        row.id,
        row.event,
        values.title.as_str(),
        values.short_description.as_deref(),
        values.description.as_deref(),
        values.kind.as_str(),
        values.language.as_deref(),
        values.tags.as_slice(),
        values.times.map(SessionTimes::starts_at),
        values.times.map(SessionTimes::ends_at),
        values.venue_room,
        values.track,
        values.capacity.get(),
        values.sign_up_required,
        values.chat_mode.as_str(),
        values.opens_before.minutes(),
        row.form_key,
        row.by,
        row.now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The session of a single-session event, which leads to it.
pub async fn insert_main_session(
    tx: &mut PgConnection,
    row: &NewSessionRow,
    title: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into agenda_sessions (id, event_id, title, form_key, created_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        row.id,
        row.event,
        title,
        row.form_key,
        row.by,
        row.now
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("update events set main_session_id = $2 where id = $1", row.event, row.id)
        .execute(tx)
        .await
        .map(drop)
}

/// Other times give the session back to the clock.
pub async fn update_session(
    tx: &mut PgConnection,
    (event, session): Key,
    by: Uuid,
    values: &SessionValues,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set title = $4, short_description = $5, description = $6, kind = $7, language = $8, tags = $9,
                status_by_hand = status_by_hand and starts_at is not distinct from $10
                                 and ends_at is not distinct from $11,
                starts_at = $10, ends_at = $11, venue_room_id = $12, track_id = $13, capacity = $14,
                sign_up_required = $15, chat_mode = $16, opens_before_minutes = $17, version = version + 1,
                updated_by = $3, updated_at = $18
          where event_id = $1 and id = $2",
        event,
        session,
        by,
        values.title.as_str(),
        values.short_description.as_deref(),
        values.description.as_deref(),
        values.kind.as_str(),
        values.language.as_deref(),
        values.tags.as_slice(),
        values.times.map(SessionTimes::starts_at),
        values.times.map(SessionTimes::ends_at),
        values.venue_room,
        values.track,
        values.capacity.get(),
        values.sign_up_required,
        values.chat_mode.as_str(),
        values.opens_before.minutes(),
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Other times give the session back to the clock.
pub async fn set_times(
    tx: &mut PgConnection,
    (event, session): Key,
    by: Uuid,
    times: Option<SessionTimes>,
    room: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set status_by_hand = status_by_hand and starts_at is not distinct from $4
                                 and ends_at is not distinct from $5,
                starts_at = $4, ends_at = $5, venue_room_id = $6, version = version + 1, updated_by = $3,
                updated_at = $7
          where event_id = $1 and id = $2",
        event,
        session,
        by,
        times.map(SessionTimes::starts_at),
        times.map(SessionTimes::ends_at),
        room,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Whoever sets it decides from here on, also after the event's own cancellation.
pub async fn set_status(
    tx: &mut PgConnection,
    (event, session): Key,
    status: &str,
    by_hand: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set status = $3, status_by_hand = $4, cancelled_with_event = false, updated_at = $5
          where event_id = $1 and id = $2",
        event,
        session,
        status,
        by_hand,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Hides it at this instant, or brings it back; calendars learn either.
pub async fn set_deleted(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    deleted: Option<(OffsetDateTime, Uuid)>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions set deleted_at = $3, deleted_by = $4, sequence = sequence + 1
          where event_id = $1 and id = $2",
        event,
        session,
        deleted.map(|(at, _)| at),
        deleted.map(|(_, by)| by),
    )
    .execute(tx)
    .await
    .map(drop)
}
