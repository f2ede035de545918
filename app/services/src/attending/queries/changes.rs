use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn count_changes(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from agenda_changes c join agenda_sessions s on s.id = c.session_id and s.deleted_at is null
            where c.event_id = $1 and c.released_at is not null"#,
        event
    )
    .fetch_one(db)
    .await
}

/// Changes that wait, and new sessions that wait without one.
pub async fn count_held(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select (select count(*) from agenda_changes where event_id = $1 and released_at is null)
                  + (select count(*) from agenda_sessions s
                      where s.event_id = $1 and s.draft is not null and s.deleted_at is null
                        and not exists (select 1 from agenda_changes c
                                         where c.session_id = s.id and c.released_at is null)) as "count!""#,
        event
    )
    .fetch_one(db)
    .await
}

pub struct ChangeRow {
    pub session_id: Uuid,
    pub title: String,
    pub field: String,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    pub released_at: OffsetDateTime,
}

/// Released ones of sessions that are not deleted, newest first.
pub async fn changes(
    db: impl PgExecutor<'_>,
    event: Uuid,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<ChangeRow>> {
    sqlx::query_as!(
        ChangeRow,
        r#"select c.session_id, s.title, c.field, c.old_value, c.new_value, c.released_at as "released_at!"
             from agenda_changes c join agenda_sessions s on s.id = c.session_id and s.deleted_at is null
            where c.event_id = $1 and c.released_at is not null
            order by c.released_at desc, c.id desc
            limit $2 offset $3"#,
        event,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

pub async fn release(tx: &mut PgConnection, event: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_changes set released_at = $2 where event_id = $1 and released_at is null",
        event,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Sessions with news that nobody was told, of which the last is older than `before`.
pub async fn sessions_at_rest(
    db: impl PgExecutor<'_>,
    before: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select session_id from agenda_changes
          where told_at is null and released_at is not null
          group by session_id
         having max(released_at) <= $1
          order by max(released_at), session_id
          limit $2",
        before,
        limit
    )
    .fetch_all(db)
    .await
}

pub struct ClaimedRow {
    pub field: String,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    /// Whose change it is, where that is known.
    pub changed_by: Option<Uuid>,
}

/// Marks a session's news as told, oldest first. Whoever comes second finds none.
pub async fn claim_changes(
    tx: &mut PgConnection,
    session: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ClaimedRow>> {
    sqlx::query_as!(
        ClaimedRow,
        r#"with claimed as (
               update agenda_changes set told_at = $2
                where session_id = $1 and told_at is null and released_at is not null
            returning id, field, old_value, new_value, changed_by, created_at)
           select field as "field!", old_value, new_value, changed_by from claimed order by created_at, id"#,
        session,
        now
    )
    .fetch_all(tx)
    .await
}

/// A session people may still see, in an event that takes place.
pub struct ToldSession {
    pub title: String,
    pub event_title: String,
    pub event_slug: String,
    pub organization_id: Uuid,
}

pub async fn told_session(tx: &mut PgConnection, session: Uuid) -> sqlx::Result<Option<ToldSession>> {
    sqlx::query_as!(
        ToldSession,
        "select s.title, e.title as event_title, e.slug as event_slug, e.organization_id
           from agenda_sessions s
           join events e on e.id = s.event_id and e.status = 'PUBLISHED'
           join organizations o on o.id = e.organization_id and o.deleted_at is null
          where s.id = $1 and s.deleted_at is null",
        session
    )
    .fetch_optional(tx)
    .await
}

pub struct RecipientRow {
    pub user_id: Uuid,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub wants_mail: bool,
}

/// Those who starred a session, signed up for it or speak in it, and see it, but for one who knows.
pub async fn who_chose(
    tx: &mut PgConnection,
    session: Uuid,
    except: Option<Uuid>,
) -> sqlx::Result<Vec<RecipientRow>> {
    sqlx::query_as!(
        RecipientRow,
        r#"select u.id as user_id, u.email, u.first_name, u.last_name, coalesce(p.mail, true) as "wants_mail!"
           from agenda_sessions s
           join events e on e.id = s.event_id
           join users u on u.state = 'ACTIVE' and u.id is distinct from $2
            and (exists (select 1 from session_stars star where star.session_id = s.id and star.user_id = u.id)
                 or exists (select 1 from session_sign_ups up
                             where up.session_id = s.id and up.user_id = u.id and up.status = 'SIGNED_UP')
                 or exists (select 1 from session_speakers sp where sp.session_id = s.id and sp.user_id = u.id))
           left join event_members m on m.event_id = e.id and m.user_id = u.id
           left join notification_preferences p on p.user_id = u.id and p.kind = 'SESSION_CHANGED'
          where s.id = $1
            and (m.status = 'ACTIVE' or e.visibility = 'PUBLIC' and m.status is distinct from 'BANNED')
          order by u.id"#,
        session,
        except
    )
    .fetch_all(tx)
    .await
}
