use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct SubscriptionRow<'a> {
    pub id: Uuid,
    pub session: Uuid,
    pub user: Uuid,
    pub endpoint: &'a str,
    pub public_key: &'a [u8],
    pub auth_secret: &'a [u8],
    pub now: OffsetDateTime,
}

/// Takes away what the browser had before.
pub async fn replace(tx: &mut PgConnection, session: Uuid, endpoint: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from push_subscriptions
          where id in (select id from push_subscriptions where login_session_id = $1 or endpoint = $2
                        order by id for update)",
        session,
        endpoint
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The newest of two at once stays.
pub async fn insert(tx: &mut PgConnection, new: &SubscriptionRow<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into push_subscriptions (id, login_session_id, user_id, endpoint, public_key, auth_secret, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (login_session_id) do update
            set endpoint = excluded.endpoint, public_key = excluded.public_key, auth_secret = excluded.auth_secret",
        new.id,
        new.session,
        new.user,
        new.endpoint,
        new.public_key,
        new.auth_secret,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn delete_of_session(db: impl PgExecutor<'_>, session: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from push_subscriptions where login_session_id = $1", session)
        .execute(db)
        .await
        .map(drop)
}

/// One that its push service doesn't know any more.
pub async fn delete_endpoint(db: impl PgExecutor<'_>, endpoint: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from push_subscriptions where endpoint = $1", endpoint).execute(db).await.map(drop)
}

pub struct OwnRow {
    pub endpoint: String,
    pub created_at: OffsetDateTime,
}

/// One per login session that goes on.
pub async fn subscriptions_of(
    db: impl PgExecutor<'_>,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<OwnRow>> {
    sqlx::query_as!(
        OwnRow,
        "select s.endpoint, s.created_at
           from push_subscriptions s
           join login_sessions l on l.id = s.login_session_id and l.revoked_at is null
                                and l.idle_expires_at > $2 and l.absolute_expires_at > $2
          where s.user_id = $1
          order by s.created_at, s.id
          limit 10000",
        user,
        now
    )
    .fetch_all(db)
    .await
}

pub async fn has_subscription(db: impl PgExecutor<'_>, session: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from push_subscriptions where login_session_id = $1) as "exists!""#,
        session
    )
    .fetch_one(db)
    .await
}

/// One notification for one browser.
pub struct DueRow {
    pub id: Uuid,
    pub news: String,
    pub actor: Option<String>,
    pub subject: Option<String>,
    pub detail: Option<String>,
    pub times: i32,
    pub link: String,
    pub created_at: OffsetDateTime,
    pub endpoint: String,
    pub public_key: Vec<u8>,
    pub auth_secret: Vec<u8>,
}

/// What was claimed: rows that go nowhere (read, or nobody's browser) come without a browser, so that "nothing came"
/// means that nothing is due.
pub struct ClaimedRow {
    pub id: Uuid,
    pub news: String,
    pub actor: Option<String>,
    pub subject: Option<String>,
    pub detail: Option<String>,
    pub times: i32,
    pub link: String,
    pub created_at: OffsetDateTime,
    pub endpoint: Option<String>,
    pub public_key: Option<Vec<u8>>,
    pub auth_secret: Option<Vec<u8>>,
}

impl ClaimedRow {
    pub fn into_due(self) -> Option<DueRow> {
        Some(DueRow {
            id: self.id,
            news: self.news,
            actor: self.actor,
            subject: self.subject,
            detail: self.detail,
            times: self.times,
            link: self.link,
            created_at: self.created_at,
            endpoint: self.endpoint?,
            public_key: self.public_key?,
            auth_secret: self.auth_secret?,
        })
    }
}

/// Takes what is due, each once of all nodes: what is still unread, for the newest 20 browsers in which its reader is
/// signed in.
pub async fn claim_due(
    db: impl PgExecutor<'_>,
    now: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<ClaimedRow>> {
    sqlx::query_as!(
        ClaimedRow,
        r#"with due as (
               select id from notifications where push_at <= $1 order by push_at limit $2 for update skip locked),
           claimed as (
               update notifications n set push_at = null from due where n.id = due.id
               returning n.id, n.user_id, n.news, n.actor, n.subject, n.detail, n.times, n.link, n.created_at,
                         n.read_at)
           select c.id, c.news, c.actor, c.subject, c.detail, c.times, c.link, c.created_at, b.endpoint as "endpoint?",
                  b.public_key as "public_key?", b.auth_secret as "auth_secret?"
             from claimed c
             left join lateral (
                   select s.endpoint, s.public_key, s.auth_secret
                     from push_subscriptions s
                     join users u on u.id = s.user_id and u.state = 'ACTIVE'
                     join login_sessions l on l.id = s.login_session_id and l.user_id = u.id and l.revoked_at is null
                                          and l.idle_expires_at > $1 and l.absolute_expires_at > $1
                    where s.user_id = c.user_id and c.read_at is null
                    order by s.created_at desc, s.id
                    limit 20) b on true"#,
        now,
        limit
    )
    .fetch_all(db)
    .await
}
