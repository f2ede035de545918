use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What to look for among the people of one session. Without a text those who signed up or came; with one every active
/// member of that name.
pub struct Wanted<'a> {
    pub event: Uuid,
    pub session: Uuid,
    pub text: &'a str,
    pub limit: i64,
    pub offset: i64,
}

pub struct Counts {
    pub found: i64,
    /// Of the whole session, whatever was looked for.
    pub attended: i64,
}

pub async fn count_attendees(db: impl PgExecutor<'_>, wanted: &Wanted<'_>) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"select count(*) as "found!",
                  (select count(*) from session_sign_ups a
                    where a.session_id = $2 and a.event_id = $1 and a.attended_at is not null) as "attended!"
             from event_members m
             join users p on p.id = m.user_id and p.state = 'ACTIVE'
             left join session_sign_ups u on u.session_id = $2 and u.user_id = m.user_id
            where m.event_id = $1
              and (u.status = 'SIGNED_UP' or u.attended_at is not null or $3 <> '' and m.status = 'ACTIVE')
              and ($3 = '' or strpos(lower(p.first_name || ' ' || p.last_name), lower($3)) > 0)"#,
        wanted.event,
        wanted.session,
        wanted.text
    )
    .fetch_one(db)
    .await
}

pub struct AttendeeRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub is_signed_up: bool,
    pub attended_at: Option<OffsetDateTime>,
    pub marker: Option<String>,
}

/// By name, then by id.
pub async fn attendees(db: impl PgExecutor<'_>, wanted: &Wanted<'_>) -> sqlx::Result<Vec<AttendeeRow>> {
    sqlx::query_as!(
        AttendeeRow,
        r#"select m.user_id, p.first_name, p.last_name, p.avatar_file_id,
                  coalesce(u.status = 'SIGNED_UP', false) as "is_signed_up!", u.attended_at as "attended_at?",
                  case when b.id is not null then trim(b.first_name || ' ' || b.last_name) end as marker
             from event_members m
             join users p on p.id = m.user_id and p.state = 'ACTIVE'
             left join session_sign_ups u on u.session_id = $2 and u.user_id = m.user_id
             left join users b on b.id = u.attended_marked_by
            where m.event_id = $1
              and (u.status = 'SIGNED_UP' or u.attended_at is not null or $3 <> '' and m.status = 'ACTIVE')
              and ($3 = '' or strpos(lower(p.first_name || ' ' || p.last_name), lower($3)) > 0)
            order by lower(p.first_name), lower(p.last_name), m.user_id
            limit $4 offset $5"#,
        wanted.event,
        wanted.session,
        wanted.text,
        wanted.limit,
        wanted.offset
    )
    .fetch_all(db)
    .await
}

/// A line of the file.
pub struct CsvRow {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub is_signed_up: bool,
    pub signed_up_at: Option<OffsetDateTime>,
    pub attended_at: Option<OffsetDateTime>,
    pub marker: Option<String>,
}

pub async fn all_attendees(
    db: impl PgExecutor<'_>,
    event: Uuid,
    session: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<CsvRow>> {
    sqlx::query_as!(
        CsvRow,
        r#"select p.first_name, p.last_name, p.email, u.status = 'SIGNED_UP' as "is_signed_up!",
                  u.signed_up_at as "signed_up_at?", u.attended_at,
                  case when b.id is not null then trim(b.first_name || ' ' || b.last_name) end as marker
             from session_sign_ups u
             join users p on p.id = u.user_id and p.state = 'ACTIVE'
             left join users b on b.id = u.attended_marked_by
            where u.event_id = $1 and u.session_id = $2
              and (u.status = 'SIGNED_UP' or u.attended_at is not null)
            order by lower(p.first_name), lower(p.last_name), u.user_id
            limit $3"#,
        event,
        session,
        limit
    )
    .fetch_all(db)
    .await
}

/// Keeps the first mark; who did not sign up is noted without a seat. False when they are no active member.
pub async fn mark(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    user: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into session_sign_ups (event_id, session_id, user_id, status, signed_up_at, attended_at,
                                       attended_marked_by)
         select m.event_id, $2, m.user_id, 'CANCELLED', $5, $5, $4
           from event_members m where m.event_id = $1 and m.user_id = $3 and m.status = 'ACTIVE'
         on conflict (session_id, user_id) do update
            set attended_at = coalesce(session_sign_ups.attended_at, excluded.attended_at),
                attended_marked_by = coalesce(session_sign_ups.attended_marked_by, excluded.attended_marked_by)",
        event,
        session,
        user,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False when there is nobody to take it back from.
pub async fn unmark(tx: &mut PgConnection, event: Uuid, session: Uuid, user: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update session_sign_ups set attended_at = null, attended_marked_by = null
          where event_id = $1 and session_id = $2 and user_id = $3",
        event,
        session,
        user
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
