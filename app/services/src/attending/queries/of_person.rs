use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// One of a person's, in any event.
pub struct OwnSignUpRow {
    pub event: String,
    pub session: String,
    pub status: String,
    pub signed_up_at: OffsetDateTime,
    pub attended_at: Option<OffsetDateTime>,
}

pub async fn sign_ups_of(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnSignUpRow>> {
    sqlx::query_as!(
        OwnSignUpRow,
        "select e.title as event, s.title as session, u.status, u.signed_up_at, u.attended_at
           from session_sign_ups u
           join agenda_sessions s on s.id = u.session_id
           join events e on e.id = u.event_id
          where u.user_id = $1
          order by u.signed_up_at, u.session_id
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}

/// One of a person's, in any event.
pub struct OwnStarRow {
    pub event: String,
    pub session: String,
    pub created_at: OffsetDateTime,
}

pub async fn stars_of(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnStarRow>> {
    sqlx::query_as!(
        OwnStarRow,
        "select e.title as event, s.title as session, x.created_at
           from session_stars x
           join agenda_sessions s on s.id = x.session_id
           join events e on e.id = x.event_id
          where x.user_id = $1
          order by x.created_at, x.session_id
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}

pub async fn delete_stars_of(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from session_stars where user_id = $1", user).execute(tx).await.map(drop)
}
