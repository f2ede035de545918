use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// The same news for several people.
pub struct NewRow<'a> {
    /// One for each person.
    pub ids: &'a [Uuid],
    pub users: &'a [Uuid],
    pub news: &'a str,
    /// What switches it off.
    pub kind: &'a str,
    pub actor_id: Option<Uuid>,
    /// Who is named, and whose blocks count: a block silences no moderator.
    pub blocked_with: Option<Uuid>,
    pub actor: Option<&'a str>,
    pub subject: Option<&'a str>,
    pub detail: Option<&'a str>,
    pub link: &'a str,
    pub thing: &'a str,
    pub now: OffsetDateTime,
    /// When it is pushed to the devices of those who want that.
    pub push_at: OffsetDateTime,
}

pub struct TellingRow {
    pub id: Uuid,
    pub user_id: Uuid,
    pub times: i32,
}

/// For whoever wants news of this kind, has an account, did not do it themselves, and has nothing to do with a block
/// between them and who did. Unread news of the same thing is counted up and comes first again.
pub async fn insert(tx: &mut PgConnection, new: &NewRow<'_>) -> sqlx::Result<Vec<TellingRow>> {
    sqlx::query_as!(
        TellingRow,
        r#"insert into notifications as n (id, user_id, news, actor, actor_id, subject, detail, link, thing, created_at, push_at)
           select p.id, u.id, $3, $6, $12, $7, $8, $9, $10, $11,
                  case when coalesce(c.push, true)
                        and exists (select 1 from push_subscriptions s where s.user_id = u.id) then $13::timestamptz end
             from unnest($1::uuid[], $2::uuid[]) as p (id, user_id)
             join users u on u.id = p.user_id and u.state = 'ACTIVE'
             left join notification_preferences c on c.user_id = u.id and c.kind = $4
            where coalesce(c.in_app, true) and u.id is distinct from $5
              and not exists (select 1 from user_blocks b
                               where (b.blocker_id = u.id and b.blocked_id = $12)
                                  or (b.blocker_id = $12 and b.blocked_id = u.id))
            order by u.id
           on conflict (user_id, news, thing) where read_at is null
           do update set times = n.times + 1, position = default, actor = excluded.actor, actor_id = excluded.actor_id,
                         subject = excluded.subject, detail = excluded.detail, link = excluded.link,
                         created_at = excluded.created_at,
                         -- What goes on and on is pushed all the same, in its order.
                         push_at = least(n.push_at, excluded.push_at)
           returning n.id, n.user_id, n.times"#,
        new.ids,
        new.users,
        new.news,
        new.kind,
        new.actor_id,
        new.actor,
        new.subject,
        new.detail,
        new.link,
        new.thing,
        new.now,
        new.blocked_with,
        new.push_at
    )
    .fetch_all(tx)
    .await
}

pub struct NotificationRow {
    pub id: Uuid,
    pub position: i64,
    pub news: String,
    pub actor: Option<String>,
    pub subject: Option<String>,
    pub detail: Option<String>,
    pub times: i32,
    pub created_at: OffsetDateTime,
    pub read_at: Option<OffsetDateTime>,
}

/// Newest first, below `before` where that is given.
pub async fn older_than(
    db: impl PgExecutor<'_>,
    user: Uuid,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<NotificationRow>> {
    sqlx::query_as!(
        NotificationRow,
        "select id, position, news, actor, subject, detail, times, created_at, read_at
           from notifications
          where user_id = $1 and ($2::bigint is null or position < $2)
          order by position desc
          limit $3",
        user,
        before,
        limit
    )
    .fetch_all(db)
    .await
}

/// Oldest first, above `after`: the way back to newer ones.
pub async fn newer_than(
    db: impl PgExecutor<'_>,
    user: Uuid,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<NotificationRow>> {
    sqlx::query_as!(
        NotificationRow,
        "select id, position, news, actor, subject, detail, times, created_at, read_at
           from notifications
          where user_id = $1 and position > $2
          order by position
          limit $3",
        user,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// Answers where it leads, for its owner; reading it again changes nothing.
pub async fn mark_read(
    db: impl PgExecutor<'_>,
    user: Uuid,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update notifications set read_at = coalesce(read_at, $3) where id = $2 and user_id = $1 returning link",
        user,
        id,
        now
    )
    .fetch_optional(db)
    .await
}

/// Those of some people who have not read what they were told of one thing; nobody changes that until the transaction
/// ends.
pub async fn lock_unread_of_thing(
    tx: &mut PgConnection,
    users: &[Uuid],
    news: &str,
    thing: &str,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select user_id from notifications
          where user_id = any($1) and news = $2 and thing = $3 and read_at is null
          order by user_id
            for update",
        users,
        news,
        thing
    )
    .fetch_all(tx)
    .await
}

/// What some people were told of one thing.
pub async fn mark_thing_read(
    db: impl PgExecutor<'_>,
    users: &[Uuid],
    news: &str,
    thing: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update notifications set read_at = $4
          where user_id = any($1) and news = $2 and thing = $3 and read_at is null",
        users,
        news,
        thing,
        now
    )
    .execute(db)
    .await
    .map(drop)
}

/// What names one of two people to the other is read for the first, and pushed to neither.
pub async fn part(
    tx: &mut PgConnection,
    blocker: Uuid,
    blocked: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update notifications
            set push_at = null, read_at = case when user_id = $1 then $3::timestamptz end
          where id in (select id from notifications
                        where read_at is null
                          and ((user_id = $1 and actor_id = $2) or (user_id = $2 and actor_id = $1))
                        order by user_id, id for update)",
        blocker,
        blocked,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Whoever is erased is named as their messages name them; where nobody was named, nobody is.
pub async fn forget_actor(tx: &mut PgConnection, actor: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update notifications
            set actor_id = null, actor = case when actor is not null then 'Deleted person' end
          where id in (select id from notifications where actor_id = $1 order by user_id, id for update)",
        actor
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Up to a position: what came while the list was read stays unread.
pub async fn mark_all_read(
    db: impl PgExecutor<'_>,
    user: Uuid,
    up_to: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update notifications set read_at = $3 where user_id = $1 and position <= $2 and read_at is null",
        user,
        up_to,
        now
    )
    .execute(db)
    .await
    .map(drop)
}

/// Capped at 100.
pub async fn unread_of(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "unread!" from (
               select 1 from notifications where user_id = $1 and read_at is null limit 100) waiting"#,
        user
    )
    .fetch_one(db)
    .await
}

/// Some of those from before `before`; how many.
pub async fn sweep(db: impl PgExecutor<'_>, before: OffsetDateTime, limit: i64) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from notifications
          where id in (select id from notifications where created_at < $1 order by created_at limit $2)",
        before,
        limit
    )
    .execute(db)
    .await
    .map(|done| done.rows_affected())
}
