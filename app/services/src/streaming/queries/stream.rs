use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::streaming::source::StreamSource;

/// The only statement that reads how a session is streamed.
pub struct StreamRow {
    pub platform: Option<String>,
    pub value: Option<String>,
    pub passcode: Option<String>,
    pub mux_policy: Option<String>,
    pub version: i32,
    pub editor: Option<String>,
}

pub async fn stream(db: impl PgExecutor<'_>, event: Uuid, session: Uuid) -> sqlx::Result<Option<StreamRow>> {
    sqlx::query_as!(
        StreamRow,
        r#"select s.streaming_platform as platform, s.streaming_value as value, s.streaming_passcode as passcode,
                  s.mux_playback_policy as mux_policy, s.version,
                  case when u.id is not null then trim(u.first_name || ' ' || u.last_name) end as editor
             from agenda_sessions s left join users u on u.id = s.updated_by
            where s.event_id = $1 and s.id = $2 and s.deleted_at is null"#,
        event,
        session
    )
    .fetch_optional(db)
    .await
}

/// False when the version is another one by now.
pub async fn save(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    version: i32,
    source: Option<&StreamSource>,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update agenda_sessions
            set streaming_platform = $4, streaming_value = $5, streaming_passcode = $6, mux_playback_policy = $7,
                version = version + 1, updated_by = $8, updated_at = $9
          where event_id = $1 and id = $2 and version = $3 and deleted_at is null",
        event,
        session,
        version,
        source.map(|source| source.platform.as_str()),
        source.map(|source| source.value.as_str()),
        source.and_then(|source| source.passcode.as_deref()),
        source.and_then(|source| source.mux_policy).map(domain::agenda::MuxPlaybackPolicy::as_str),
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
