use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Which reports of one event somebody looks at; never those about themselves.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub event: Uuid,
    pub viewer: Uuid,
    /// Also from rooms that moderators don't read.
    pub is_organizer: bool,
    pub closed: bool,
    pub reason: Option<&'a str>,
    /// In the name of who is reported.
    pub text: &'a str,
}

pub struct ReportRow {
    pub id: Uuid,
    pub target_kind: String,
    pub target_id: Uuid,
    pub person_id: Uuid,
    pub person_first: String,
    pub person_last: String,
    /// Closed accounts can't be warned or restricted any more.
    pub is_active: bool,
    /// In the event; kept by who left it.
    pub person_role: Option<String>,
    pub is_banned: bool,
    /// Their ban would leave the event without an admin.
    pub is_last_admin: bool,
    /// Of a message's room, and its session.
    pub is_room_there: bool,
    pub is_owner: bool,
    pub reporter: String,
    pub room: Option<String>,
    pub room_id: Option<Uuid>,
    pub reason: String,
    pub body: String,
    pub snapshot: serde_json::Value,
    pub status: String,
    pub claimed_by: Option<Uuid>,
    pub claimed_by_name: Option<String>,
    pub verdict: Option<String>,
    pub note: Option<String>,
    pub closed_by_name: Option<String>,
    pub created_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    /// Other open reports about the same person in this event.
    pub others_open: i64,
}

/// Oldest first while they are open, the newest first when they are closed.
pub async fn reports(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<ReportRow>> {
    sqlx::query_as!(
        ReportRow,
        r#"select r.id, r.target_kind, r.target_id, r.person_id, p.first_name as person_first,
                  p.last_name as person_last, p.state = 'ACTIVE' as "is_active!", m.role as "person_role?",
                  coalesce(m.status = 'BANNED', false) as "is_banned!",
                  coalesce(m.role = 'ADMIN' and m.status = 'ACTIVE' and not exists (
                      select 1 from event_members a
                       where a.event_id = m.event_id and a.role = 'ADMIN' and a.status = 'ACTIVE'
                         and a.user_id <> m.user_id), false) as "is_last_admin!",
                  c.id is not null and c.deleted_at is null and s.deleted_at is null as "is_room_there!",
                  exists (select 1 from organization_members o
                           where o.organization_id = e.organization_id and o.user_id = r.person_id and o.role = 'OWNER')
                      as "is_owner!",
                  concat_ws(' ', w.first_name, nullif(w.last_name, '')) as "reporter!", c.name as "room?", r.room_id,
                  r.reason, r.body, r.snapshot, r.status, r.claimed_by,
                  (select concat_ws(' ', k.first_name, nullif(k.last_name, '')) from users k
                    where k.id = r.claimed_by) as claimed_by_name,
                  r.verdict, r.note,
                  (select concat_ws(' ', k.first_name, nullif(k.last_name, '')) from users k
                    where k.id = r.closed_by) as closed_by_name,
                  r.created_at, r.closed_at,
                  (select count(*) from reports o
                    where o.event_id = r.event_id and o.person_id = r.person_id and o.id <> r.id
                      and o.closed_at is null and (not o.organizers_only or $3)) as "others_open!"
             from reports r
             join users p on p.id = r.person_id
             join users w on w.id = r.reporter_id
             join events e on e.id = r.event_id
             left join event_members m on m.event_id = r.event_id and m.user_id = r.person_id
             left join chat_rooms c on c.id = r.room_id
             left join agenda_sessions s on s.event_id = c.event_id and s.id = c.session_id
            where r.event_id = $1 and r.person_id <> $2 and (not r.organizers_only or $3)
              and (r.closed_at is not null) = $4 and ($5::text is null or r.reason = $5)
              and ($6 = '' or strpos(lower(concat_ws(' ', p.first_name, p.last_name)), lower($6)) > 0)
            order by case when $4 then r.closed_at end desc, r.created_at, r.id
            limit $7 offset $8"#,
        wanted.event,
        wanted.viewer,
        wanted.is_organizer,
        wanted.closed,
        wanted.reason,
        wanted.text,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

pub struct CountsRow {
    /// With the filter.
    pub found: i64,
    pub open: i64,
    pub closed: i64,
}

pub async fn count_reports(db: impl PgExecutor<'_>, wanted: Wanted<'_>) -> sqlx::Result<CountsRow> {
    sqlx::query_as!(
        CountsRow,
        r#"select count(*) filter (
                      where (r.closed_at is not null) = $4 and ($5::text is null or r.reason = $5)
                        and ($6 = '' or strpos(lower(concat_ws(' ', p.first_name, p.last_name)), lower($6)) > 0))
                      as "found!",
                  count(*) filter (where r.closed_at is null) as "open!",
                  count(*) filter (where r.closed_at is not null) as "closed!"
             from reports r
             join users p on p.id = r.person_id
            where r.event_id = $1 and r.person_id <> $2 and (not r.organizers_only or $3)"#,
        wanted.event,
        wanted.viewer,
        wanted.is_organizer,
        wanted.closed,
        wanted.reason,
        wanted.text
    )
    .fetch_one(db)
    .await
}

/// A report that nobody else changes until the transaction ends.
pub struct LockedReport {
    pub target_kind: String,
    pub target_id: Uuid,
    pub room_id: Option<Uuid>,
    pub person_id: Uuid,
    pub person: String,
    pub reporter_id: Uuid,
    pub event_title: String,
    pub organizers_only: bool,
    pub status: String,
    pub claimed_by: Option<Uuid>,
    pub claimed_by_name: Option<String>,
}

pub async fn lock_report(
    tx: &mut PgConnection,
    event: Uuid,
    report: Uuid,
) -> sqlx::Result<Option<LockedReport>> {
    sqlx::query_as!(
        LockedReport,
        r#"select r.target_kind, r.target_id, r.room_id, r.person_id,
                  concat_ws(' ', p.first_name, nullif(p.last_name, '')) as "person!", r.reporter_id,
                  e.title as event_title, r.organizers_only, r.status, r.claimed_by,
                  (select concat_ws(' ', k.first_name, nullif(k.last_name, '')) from users k
                    where k.id = r.claimed_by) as claimed_by_name
             from reports r
             join users p on p.id = r.person_id
             join events e on e.id = r.event_id
            where r.event_id = $1 and r.id = $2
              for update of r"#,
        event,
        report
    )
    .fetch_optional(tx)
    .await
}

/// Who may look into an event's queue, also while they are muted, and finds nothing there that waits: a report about
/// themselves is hidden from everybody, and what moderators don't read from moderators.
pub async fn readers_of_done_queue(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"with reader as (
               select user_id, bool_or(organizes) as organizes
                 from (select m.user_id, m.role <> 'MODERATOR' as organizes
                         from event_members m
                        where m.event_id = $1 and m.status = 'ACTIVE' and m.role in ('MODERATOR', 'ORGANIZER', 'ADMIN')
                       union all
                       select o.user_id, true
                         from organization_members o join events e on e.organization_id = o.organization_id
                        where e.id = $1 and o.role = 'OWNER') seen
                group by user_id)
           select user_id as "user_id!" from reader
            where not exists (select 1 from reports r
                               where r.event_id = $1 and r.status in ('OPEN', 'IN_REVIEW')
                                 and r.person_id <> reader.user_id
                                 and (not r.organizers_only or reader.organizes))"#,
        event
    )
    .fetch_all(tx)
    .await
}

pub async fn claim(tx: &mut PgConnection, report: Uuid, by: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update reports set status = 'IN_REVIEW', claimed_by = $2, claimed_at = $3 where id = $1",
        report,
        by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn release(tx: &mut PgConnection, report: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update reports set status = 'OPEN', claimed_by = null, claimed_at = null where id = $1",
        report
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct Closing<'a> {
    pub report: Uuid,
    pub status: &'a str,
    pub verdict: &'a str,
    pub note: Option<&'a str>,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

pub async fn close(tx: &mut PgConnection, closing: &Closing<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update reports set status = $2, verdict = $3, note = $4, closed_by = $5, closed_at = $6 where id = $1",
        closing.report,
        closing.status,
        closing.verdict,
        closing.note,
        closing.by,
        closing.now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Those closed before `before`, with what they kept.
pub async fn sweep_reports(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from reports where closed_at < $1", before).execute(db).await.map(drop)
}
