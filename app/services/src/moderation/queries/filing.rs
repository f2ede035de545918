use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Who wrote what is reported, and what it says.
pub struct ReportedRow {
    /// Of the message in its room or conversation.
    pub seq: i64,
    /// The room or the conversation.
    pub place: Uuid,
    pub author: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub body: String,
}

/// A message that everybody in its room still sees.
pub async fn reported_message(tx: &mut PgConnection, message: Uuid) -> sqlx::Result<Option<ReportedRow>> {
    sqlx::query_as!(
        ReportedRow,
        "select m.seq, m.room_id as place, m.author_id as author, u.first_name, u.last_name, m.body
           from chat_messages m join users u on u.id = m.author_id
          where m.id = $1 and m.deleted_at is null",
        message
    )
    .fetch_optional(tx)
    .await
}

/// A direct message that one of the two participants has before them, named as they see it: who closed their account is
/// "Deleted person".
pub async fn reported_direct_message(
    tx: &mut PgConnection,
    message: Uuid,
    reader: Uuid,
) -> sqlx::Result<Option<ReportedRow>> {
    sqlx::query_as!(
        ReportedRow,
        r#"select m.seq, m.conversation_id as place, m.sender_id as author,
                  case when u.state = 'ACTIVE' then u.first_name else 'Deleted' end as "first_name!",
                  case when u.state = 'ACTIVE' then u.last_name else 'person' end as "last_name!", m.body
           from direct_messages m
           join conversation_sides s on s.conversation_id = m.conversation_id and s.user_id = $2
           join users u on u.id = m.sender_id
          where m.id = $1 and m.deleted_at is null and m.seq > s.cleared_before_seq"#,
        message,
        reader
    )
    .fetch_optional(tx)
    .await
}

pub struct SnapshotRow {
    pub id: Uuid,
    pub author: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub body: Option<String>,
    pub created_at: OffsetDateTime,
}

/// Up to `limit` messages of a room up to `seq`, oldest first; without the text of those that are gone.
pub async fn snapshot_of_room(
    tx: &mut PgConnection,
    room: Uuid,
    seq: i64,
    limit: i64,
) -> sqlx::Result<Vec<SnapshotRow>> {
    sqlx::query_as!(
        SnapshotRow,
        r#"select n.id, n.author_id as author, u.first_name, u.last_name,
                  case when n.deleted_at is null then n.body end as "body?", n.created_at
             from (select m.id, m.author_id, m.body, m.deleted_at, m.created_at, m.seq from chat_messages m
                    where m.room_id = $1 and m.seq <= $2 order by m.seq desc limit $3) n
             join users u on u.id = n.author_id
            order by n.seq"#,
        room,
        seq,
        limit
    )
    .fetch_all(tx)
    .await
}

/// As [`snapshot_of_room`], of what the reader has not cleared.
pub async fn snapshot_of_conversation(
    tx: &mut PgConnection,
    conversation: Uuid,
    reader: Uuid,
    seq: i64,
    limit: i64,
) -> sqlx::Result<Vec<SnapshotRow>> {
    sqlx::query_as!(
        SnapshotRow,
        r#"select n.id, n.sender_id as author, u.first_name, u.last_name,
                  case when n.deleted_at is null then n.body end as "body?", n.created_at
             from (select m.id, m.sender_id, m.body, m.deleted_at, m.created_at, m.seq
                     from direct_messages m
                     join conversation_sides s on s.conversation_id = m.conversation_id and s.user_id = $2
                    where m.conversation_id = $1 and m.seq <= $3 and m.seq > s.cleared_before_seq
                    order by m.seq desc limit $4) n
             join users u on u.id = n.sender_id
            order by n.seq"#,
        conversation,
        reader,
        seq,
        limit
    )
    .fetch_all(tx)
    .await
}

pub struct SharedEventRow {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
}

/// Events that both take part in, whose content both see; the newest first. Whoever reports takes part in those of an
/// organization that they own, too.
pub async fn shared_events(
    tx: &mut PgConnection,
    reporter: Uuid,
    other: Uuid,
) -> sqlx::Result<Vec<SharedEventRow>> {
    sqlx::query_as!(
        SharedEventRow,
        "select e.id, e.slug, e.title
           from event_members b
           join events e on e.id = b.event_id and e.status <> 'DELETED'
           join organizations o on o.id = e.organization_id and o.deleted_at is null
           left join event_members a on a.event_id = b.event_id and a.user_id = $1 and a.status = 'ACTIVE'
           left join organization_members w
             on w.organization_id = e.organization_id and w.user_id = $1 and w.role = 'OWNER'
          where b.user_id = $2 and b.status = 'ACTIVE' and (a.user_id is not null or w.user_id is not null)
            and (e.status <> 'DRAFT' or b.role <> 'ATTENDEE' and (w.user_id is not null or a.role <> 'ATTENDEE'))
          order by e.start_date desc, e.id
          limit 100",
        reporter,
        other
    )
    .fetch_all(tx)
    .await
}

/// Those of these events where somebody could answer a report about this person: moderators, organizers and the
/// organization's owners, or organizers and owners alone; nobody whose account is closed or who is muted without an end. Not
/// the person, and not the reporter either where the person is one of them: that is between the two.
pub async fn answered_events(
    tx: &mut PgConnection,
    events: &[Uuid],
    (person, reporter): (Uuid, Uuid),
    organizers_only: bool,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"with reader as (
               select m.event_id, m.user_id
                 from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
                where m.event_id = any($1) and m.status = 'ACTIVE'
                  and (m.role in ('ORGANIZER', 'ADMIN') or m.role = 'MODERATOR' and not $4)
                  and (m.muted_at is null or m.muted_until is not null)
               union
               select e.id, o.user_id
                 from events e
                 join organization_members o on o.organization_id = e.organization_id and o.role = 'OWNER'
                 join users u on u.id = o.user_id and u.state = 'ACTIVE'
                where e.id = any($1))
           select distinct r.event_id as "event_id!" from reader r
            where r.user_id <> $2
              and (r.user_id <> $3
                   or not exists (select 1 from reader p where p.event_id = r.event_id and p.user_id = $2))"#,
        events,
        person,
        reporter,
        organizers_only
    )
    .fetch_all(tx)
    .await
}

pub struct PersonRow {
    pub first_name: String,
    pub last_name: String,
}

pub async fn person(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Option<PersonRow>> {
    sqlx::query_as!(
        PersonRow,
        "select first_name, last_name from users where id = $1 and state = 'ACTIVE'",
        user
    )
    .fetch_optional(tx)
    .await
}

pub struct NewReportRow<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub reporter: Uuid,
    pub target_kind: &'a str,
    pub target: Uuid,
    pub person: Uuid,
    pub room: Option<Uuid>,
    pub organizers_only: bool,
    pub reason: &'a str,
    pub body: &'a str,
    /// What is noted when the same was reported for another reason before: a sentence for each of `reasons`.
    pub changes: &'a [String],
    pub reasons: &'a [String],
    pub snapshot: &'a serde_json::Value,
    pub now: OffsetDateTime,
}

/// Files it, or adds to the open one of the same reporter about the same; answers which of both.
pub async fn insert_report(tx: &mut PgConnection, new: &NewReportRow<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"insert into reports as r (id, event_id, reporter_id, target_kind, target_id, person_id, room_id,
                                     organizers_only, reason, body, snapshot, status, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'OPEN', $12)
           on conflict (event_id, reporter_id, target_kind, target_id) where status in ('OPEN', 'IN_REVIEW')
           do update set body = left(concat_ws(e'\n\n', nullif(r.body, ''),
                                               case when r.reason <> excluded.reason
                                                    then ($13::text[])[array_position($14::text[], r.reason)] end,
                                               nullif(excluded.body, '')), 5000),
                         reason = excluded.reason
           returning (xmax = 0) as "is_new!""#,
        new.id,
        new.event,
        new.reporter,
        new.target_kind,
        new.target,
        new.person,
        new.room,
        new.organizers_only,
        new.reason,
        new.body,
        new.snapshot,
        new.now,
        new.changes,
        new.reasons
    )
    .fetch_one(tx)
    .await
}

pub struct OwnReportRow {
    pub person: String,
    pub target_kind: String,
    pub event: String,
    /// `None` once the event is deleted.
    pub event_slug: Option<String>,
    pub reason: String,
    pub status: String,
    pub created_at: OffsetDateTime,
}

/// The newest 100 of one reporter.
pub async fn own_reports(db: impl PgExecutor<'_>, reporter: Uuid) -> sqlx::Result<Vec<OwnReportRow>> {
    sqlx::query_as!(
        OwnReportRow,
        r#"select concat_ws(' ', u.first_name, nullif(u.last_name, '')) as "person!", r.target_kind,
                  e.title as event, case when e.status <> 'DELETED' then e.slug end as event_slug, r.reason, r.status, r.created_at
             from reports r
             join users u on u.id = r.person_id
             join events e on e.id = r.event_id
            where r.reporter_id = $1
            order by r.created_at desc, r.id
            limit 100"#,
        reporter
    )
    .fetch_all(db)
    .await
}

/// Who may answer what waits in an event: its moderators and organizers and the organization's owners, or organizers and
/// owners alone; nobody of `apart`, and nobody who is muted.
pub async fn moderators(
    tx: &mut PgConnection,
    event: Uuid,
    organizers_only: bool,
    apart: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select m.user_id as "user_id!" from event_members m
            where m.event_id = $1 and m.status = 'ACTIVE' and m.user_id <> all($3)
              and (m.muted_at is null or m.muted_until <= $4)
              and (m.role in ('ORGANIZER', 'ADMIN') or m.role = 'MODERATOR' and not $2)
           union
           select o.user_id from organization_members o
             join events e on e.organization_id = o.organization_id
            where e.id = $1 and o.role = 'OWNER' and o.user_id <> all($3)
            limit 200"#,
        event,
        organizers_only,
        apart,
        now
    )
    .fetch_all(tx)
    .await
}
