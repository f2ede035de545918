use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::settings::SettingsValues;

pub struct SettingsRow {
    pub time_zone: String,
    pub session_status_mode: String,
    pub rooms_open_before_minutes: Option<i32>,
    pub rooms_close_after_minutes: Option<i32>,
    pub hold_agenda_changes: bool,
    pub profanity_mode: String,
    pub profanity_words: Vec<String>,
    pub auto_archive_days: i32,
}

pub async fn settings(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<SettingsRow> {
    sqlx::query_as!(
        SettingsRow,
        "select time_zone, session_status_mode, rooms_open_before_minutes, rooms_close_after_minutes,
                hold_agenda_changes, profanity_mode, profanity_words, auto_archive_days
           from events where id = $1",
        event
    )
    .fetch_one(db)
    .await
}

/// False when somebody saved a newer version.
pub async fn save_settings(
    tx: &mut PgConnection,
    event: Uuid,
    by: Uuid,
    version: i32,
    values: &SettingsValues,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let room_clock = values.room_clock.get();
    let done = sqlx::query!(
        "update events
            set visibility = $4, max_attendees = $5, registration_opens_at = $6, registration_closes_at = $7,
                session_status_mode = $8, rooms_open_before_minutes = $9, rooms_close_after_minutes = $10,
                hold_agenda_changes = $11, profanity_mode = $12, profanity_words = $13, auto_archive_days = $14,
                version = version + 1, updated_by = $2, updated_at = $15
          where id = $1 and version = $3",
        event,
        by,
        version,
        values.visibility.as_str(),
        values.capacity.get(),
        values.registration.opens_at(),
        values.registration.closes_at(),
        values.session_status_mode.as_str(),
        room_clock.map(|(before, _)| before),
        room_clock.map(|(_, after)| after),
        values.hold_agenda_changes,
        values.profanity_mode.as_str(),
        values.profanity_words.as_slice(),
        values.auto_archive_days.get(),
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
