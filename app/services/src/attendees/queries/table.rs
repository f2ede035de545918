use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// What to look for among the people of one event.
pub struct Wanted<'a> {
    pub event: Uuid,
    /// Part of a name, an address or a company, or nothing.
    pub text: &'a str,
    pub role: Option<&'a str>,
    pub status: Option<&'a str>,
    pub checked_in: Option<bool>,
    pub muted_only: bool,
    pub now: OffsetDateTime,
}

/// Of accounts in use; by view, then by role among those who take part.
pub struct CountsRow {
    pub taking_part: i64,
    pub waitlisted: i64,
    pub checked_in: i64,
    pub muted: i64,
    pub departed: i64,
    pub removed: i64,
    pub banned: i64,
    pub everybody: i64,
    pub admins: i64,
    pub organizers: i64,
    pub moderators: i64,
    pub speakers: i64,
    pub attendees: i64,
}

pub async fn counts(db: impl PgExecutor<'_>, event: Uuid, now: OffsetDateTime) -> sqlx::Result<CountsRow> {
    sqlx::query_as!(
        CountsRow,
        r#"select count(*) filter (where m.status = 'ACTIVE') as "taking_part!",
                  count(*) filter (where m.status = 'WAITLISTED') as "waitlisted!",
                  count(*) filter (where m.status = 'ACTIVE' and m.checked_in_at is not null) as "checked_in!",
                  count(*) filter (where m.status = 'ACTIVE' and m.muted_at is not null
                                     and (m.muted_until is null or m.muted_until > $2)) as "muted!",
                  count(*) filter (where m.status = 'LEFT') as "departed!",
                  count(*) filter (where m.status = 'REMOVED') as "removed!",
                  count(*) filter (where m.status = 'BANNED') as "banned!",
                  count(*) as "everybody!",
                  count(*) filter (where m.status = 'ACTIVE' and m.role = 'ADMIN') as "admins!",
                  count(*) filter (where m.status = 'ACTIVE' and m.role = 'ORGANIZER') as "organizers!",
                  count(*) filter (where m.status = 'ACTIVE' and m.role = 'MODERATOR') as "moderators!",
                  count(*) filter (where m.status = 'ACTIVE' and m.role = 'SPEAKER') as "speakers!",
                  count(*) filter (where m.status = 'ACTIVE' and m.role = 'ATTENDEE') as "attendees!"
             from event_members m
            where m.event_id = $1
              and not exists (select 1 from users u where u.id = m.user_id and u.state <> 'ACTIVE')"#,
        event,
        now
    )
    .fetch_one(db)
    .await
}

/// Those who take part, with accounts in use.
pub async fn count_active(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1 and m.status = 'ACTIVE'"#,
        event
    )
    .fetch_one(db)
    .await
}

pub async fn count_people(db: impl PgExecutor<'_>, wanted: &Wanted<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1
              and ($2 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0
                   or strpos(u.email, lower($2)) > 0 or strpos(lower(u.company), lower($2)) > 0)
              and ($3::text is null or m.role = $3)
              and ($4::text is null or m.status = $4)
              and ($5::boolean is null or (m.checked_in_at is not null) = $5)
              and (not $6 or m.muted_at is not null and (m.muted_until is null or m.muted_until > $7))"#,
        wanted.event,
        wanted.text,
        wanted.role,
        wanted.status,
        wanted.checked_in,
        wanted.muted_only,
        wanted.now
    )
    .fetch_one(db)
    .await
}

pub struct PersonRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub email: String,
    pub company: Option<String>,
    pub title: Option<String>,
    pub role: String,
    pub status: String,
    pub joined_at: OffsetDateTime,
    pub checked_in_at: Option<OffsetDateTime>,
    pub is_muted: bool,
}

/// By name, whatever is looked for but no text: the page is cut out of an index before anybody's account is read.
pub async fn people_by_name(
    db: impl PgExecutor<'_>,
    wanted: &Wanted<'_>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as!(
        PersonRow,
        r#"select m.user_id, u.first_name, u.last_name, u.avatar_file_id, u.email, u.company,
                  coalesce(m.event_title, u.title) as title, m.role, m.status, m.joined_at, m.checked_in_at,
                  (m.muted_at is not null and (m.muted_until is null or m.muted_until > $6)) as "is_muted!"
             from (select * from event_members m
                    where m.event_id = $1
                      and ($2::text is null or m.role = $2)
                      and ($3::text is null or m.status = $3)
                      and ($4::boolean is null or (m.checked_in_at is not null) = $4)
                      and (not $5 or m.muted_at is not null and (m.muted_until is null or m.muted_until > $6))
                      and not exists (select 1 from users u where u.id = m.user_id and u.state <> 'ACTIVE')
                    order by m.sort_name, m.user_id
                    limit $7 offset $8) m
             join users u on u.id = m.user_id
            order by m.sort_name, m.user_id"#,
        wanted.event,
        wanted.role,
        wanted.status,
        wanted.checked_in,
        wanted.muted_only,
        wanted.now,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

/// In the order of `sort`, then by name and id.
pub async fn people(
    db: impl PgExecutor<'_>,
    wanted: &Wanted<'_>,
    sort: &str,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as!(
        PersonRow,
        r#"select m.user_id, u.first_name, u.last_name, u.avatar_file_id, u.email, u.company,
                  coalesce(m.event_title, u.title) as title, m.role, m.status, m.joined_at, m.checked_in_at,
                  (m.muted_at is not null and (m.muted_until is null or m.muted_until > $7)) as "is_muted!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1
              and ($2 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0
                   or strpos(u.email, lower($2)) > 0 or strpos(lower(u.company), lower($2)) > 0)
              and ($3::text is null or m.role = $3)
              and ($4::text is null or m.status = $4)
              and ($5::boolean is null or (m.checked_in_at is not null) = $5)
              and (not $6 or m.muted_at is not null and (m.muted_until is null or m.muted_until > $7))
            order by case when $8 = 'company' then lower(u.company) end nulls last,
                     case when $8 = 'joined' then m.joined_at end desc nulls last,
                     case when $8 = 'role'
                          then array_position(array['ADMIN', 'ORGANIZER', 'MODERATOR', 'SPEAKER', 'ATTENDEE'], m.role)
                     end,
                     m.sort_name, m.user_id
            limit $9 offset $10"#,
        wanted.event,
        wanted.text,
        wanted.role,
        wanted.status,
        wanted.checked_in,
        wanted.muted_only,
        wanted.now,
        sort,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

/// Those of these people who have a row in the event, by name.
pub async fn people_by_id(
    db: impl PgExecutor<'_>,
    event: Uuid,
    users: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as!(
        PersonRow,
        r#"select m.user_id, u.first_name, u.last_name, u.avatar_file_id, u.email, u.company,
                  coalesce(m.event_title, u.title) as title, m.role, m.status, m.joined_at, m.checked_in_at,
                  (m.muted_at is not null and (m.muted_until is null or m.muted_until > $3)) as "is_muted!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1 and m.user_id = any($2)
            order by m.sort_name, m.user_id
            limit cardinality($2)"#,
        event,
        users,
        now
    )
    .fetch_all(db)
    .await
}
