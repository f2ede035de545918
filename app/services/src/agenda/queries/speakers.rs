use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Event and session.
type Key = (Uuid, Uuid);

pub struct CandidateRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub role: String,
}

pub async fn candidates(db: impl PgExecutor<'_>, event: Uuid, text: &str) -> sqlx::Result<Vec<CandidateRow>> {
    sqlx::query_as!(
        CandidateRow,
        "select u.id as user_id, u.first_name, u.last_name, m.role
           from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
          where m.event_id = $1 and m.status = 'ACTIVE'
            and position(lower($2) in lower(u.first_name || ' ' || u.last_name)) > 0
          order by lower(u.last_name), lower(u.first_name), u.id
          limit 20",
        event,
        text
    )
    .fetch_all(db)
    .await
}

pub struct SpeakerKeyRow {
    pub user_id: Uuid,
    pub order_key: String,
}

pub async fn speaker_keys(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
) -> sqlx::Result<Vec<SpeakerKeyRow>> {
    sqlx::query_as!(
        SpeakerKeyRow,
        "select user_id, order_key from session_speakers
          where event_id = $1 and session_id = $2
          order by order_key, user_id
          limit 20",
        event,
        session
    )
    .fetch_all(tx)
    .await
}

/// Somebody's part in a session.
pub struct Part<'a> {
    pub user: Uuid,
    pub role: &'a str,
    pub order_key: &'a str,
}

pub async fn insert_speaker(
    tx: &mut PgConnection,
    (event, session): Key,
    part: &Part<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into session_speakers (event_id, session_id, user_id, role, order_key, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        event,
        session,
        part.user,
        part.role,
        part.order_key,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_speaker_keys(
    tx: &mut PgConnection,
    (event, session): Key,
    keys: &[(Uuid, String)],
) -> sqlx::Result<()> {
    let (ids, keys): (Vec<Uuid>, Vec<String>) = keys.iter().cloned().unzip();
    sqlx::query!(
        "update session_speakers s set order_key = spread.key
           from unnest($3::uuid[], $4::text[]) as spread (id, key)
          where s.event_id = $1 and s.session_id = $2 and s.user_id = spread.id",
        event,
        session,
        &ids,
        &keys
    )
    .execute(tx)
    .await
    .map(drop)
}

/// False when the person has no part in the session.
pub async fn set_speaker_role(
    tx: &mut PgConnection,
    (event, session): Key,
    user: Uuid,
    role: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update session_speakers set role = $4 where event_id = $1 and session_id = $2 and user_id = $3",
        event,
        session,
        user,
        role
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False when the person has no part in the session.
pub async fn delete_speaker(tx: &mut PgConnection, (event, session): Key, user: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from session_speakers where event_id = $1 and session_id = $2 and user_id = $3",
        event,
        session,
        user
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
