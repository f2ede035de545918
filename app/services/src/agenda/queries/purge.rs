use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Deleted sessions whose undo is over, locked; another node takes others.
pub async fn lock_to_purge(
    tx: &mut PgConnection,
    before: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from agenda_sessions
          where deleted_at <= $1 and purged_at is null
          order by deleted_at, id
          limit $2
            for update skip locked",
        before,
        limit
    )
    .fetch_all(tx)
    .await
}

/// With their messages and pointers: the keys say so.
pub async fn purge_rooms(tx: &mut PgConnection, sessions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from chat_rooms where session_id = any($1)", sessions).execute(tx).await.map(drop)
}

pub async fn purge_speakers(tx: &mut PgConnection, sessions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from session_speakers where session_id = any($1)", sessions)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn purge_sign_ups(tx: &mut PgConnection, sessions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from session_sign_ups where session_id = any($1)", sessions)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn purge_stars(tx: &mut PgConnection, sessions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from session_stars where session_id = any($1)", sessions).execute(tx).await.map(drop)
}

pub async fn purge_changes(tx: &mut PgConnection, sessions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from agenda_changes where session_id = any($1)", sessions)
        .execute(tx)
        .await
        .map(drop)
}

/// Times stay, so that calendars can tell what they take out.
pub async fn purge_texts(tx: &mut PgConnection, sessions: &[Uuid], now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set title = 'Deleted session', short_description = null, description = null, tags = '{}',
                sign_up_count = 0, streaming_platform = null, streaming_value = null, streaming_passcode = null,
                mux_playback_policy = null, purged_at = $2
          where id = any($1)",
        sessions,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
