use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// One of a person's, in any event.
pub struct OwnSignUpRow {
    pub event: String,
    /// `None` where they don't see it any more.
    pub session: Option<String>,
    pub status: String,
    pub signed_up_at: OffsetDateTime,
    pub attended_at: Option<OffsetDateTime>,
}

pub async fn sign_ups_of(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnSignUpRow>> {
    sqlx::query_as!(
        OwnSignUpRow,
        r#"select e.title as event, u.status, u.signed_up_at, u.attended_at,
                  case when s.deleted_at is null and e.status <> 'DELETED'
                         and (e.status <> 'DRAFT' and (e.visibility = 'PUBLIC' or m.status = 'ACTIVE')
                              or m.status = 'ACTIVE' and m.role <> 'ATTENDEE') then s.title end as session
           from event_members m
           join session_sign_ups u on u.event_id = m.event_id and u.user_id = m.user_id
           join agenda_sessions s on s.id = u.session_id
           join events e on e.id = u.event_id
          where m.user_id = $1
          order by u.signed_up_at, u.session_id
          limit 10000"#,
        user
    )
    .fetch_all(db)
    .await
}

/// One of a person's, in any event.
pub struct OwnStarRow {
    pub event: String,
    /// As of [`OwnSignUpRow`].
    pub session: Option<String>,
    pub created_at: OffsetDateTime,
}

pub async fn stars_of(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnStarRow>> {
    sqlx::query_as!(
        OwnStarRow,
        r#"select e.title as event, x.created_at,
                  case when s.deleted_at is null and e.status <> 'DELETED'
                         and (e.status <> 'DRAFT' and (e.visibility = 'PUBLIC' or m.status = 'ACTIVE')
                              or m.status = 'ACTIVE' and m.role <> 'ATTENDEE') then s.title end as session
           from session_stars x
           join agenda_sessions s on s.id = x.session_id
           join events e on e.id = x.event_id
           left join event_members m on m.event_id = x.event_id and m.user_id = x.user_id
          where x.user_id = $1
          order by x.created_at, x.session_id
          limit 10000"#,
        user
    )
    .fetch_all(db)
    .await
}

pub async fn delete_stars_of(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from session_stars where user_id = $1", user).execute(tx).await.map(drop)
}
