use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewEntry<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub actor: Uuid,
    pub actor_name: &'a str,
    pub action: &'a str,
    pub subject: &'a str,
    pub subject_id: Option<Uuid>,
    pub message: Option<Uuid>,
    pub report: Option<Uuid>,
    pub reason: Option<&'a str>,
    pub note: Option<&'a str>,
    pub duration: Option<&'a str>,
    pub organizers_only: bool,
    pub now: OffsetDateTime,
}

pub async fn insert_entry(tx: &mut PgConnection, entry: &NewEntry<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into moderation_entries (id, event_id, actor_id, actor_name, action, subject, subject_id, message_id,
                                         report_id, reason, duration, created_at, organizers_only, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        entry.id,
        entry.event,
        entry.actor,
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.message,
        entry.report,
        entry.reason,
        entry.duration,
        entry.now,
        entry.organizers_only,
        entry.note,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The same, done to several messages.
pub struct NewEntries<'a> {
    /// One for each message.
    pub ids: &'a [Uuid],
    pub messages: &'a [Uuid],
    pub organizers_only: &'a [bool],
    pub event: Uuid,
    pub actor: Uuid,
    pub actor_name: &'a str,
    pub action: &'a str,
    pub subject: &'a str,
    pub subject_id: Option<Uuid>,
    pub reason: Option<&'a str>,
    pub now: OffsetDateTime,
}

pub async fn insert_entries(tx: &mut PgConnection, new: &NewEntries<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into moderation_entries (id, event_id, actor_id, actor_name, action, subject, subject_id, message_id,
                                         reason, created_at, organizers_only)
         select n.id, $4, $5, $6, $7, $8, $9, n.message_id, $10, $11, n.organizers_only
           from unnest($1::uuid[], $2::uuid[], $3::boolean[]) as n (id, message_id, organizers_only)",
        new.ids,
        new.messages,
        new.organizers_only,
        new.event,
        new.actor,
        new.actor_name,
        new.action,
        new.subject,
        new.subject_id,
        new.reason,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct EntryRow {
    pub position: i64,
    pub actor_name: String,
    pub action: String,
    pub subject: String,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub duration: Option<String>,
    pub created_at: OffsetDateTime,
}

/// Which entries of one event; `action`, `person` (whom it was done to) and `text` (in names) narrow them.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub event: Uuid,
    pub action: Option<&'a str>,
    pub person: Option<Uuid>,
    pub text: &'a str,
    /// Nobody reads how reports about themselves were handled.
    pub viewer: Uuid,
    /// Also of rooms that moderators don't read.
    pub is_organizer: bool,
}

/// Newest first, below `before` where that is given.
pub async fn entries_before(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        "select position, actor_name, action, subject, reason, note, duration, created_at
           from moderation_entries
          where event_id = $1 and ($2::text is null or action = $2)
            and ($3 = '' or strpos(lower(actor_name), lower($3)) > 0 or strpos(lower(subject), lower($3)) > 0)
            and ($4 or not organizers_only)
            and (action not in ('CLAIM_REPORT', 'RESOLVE_REPORT', 'DISMISS_REPORT') or subject_id is distinct from $5)
            and ($6::bigint is null or position < $6)
            and ($8::uuid is null or subject_id = $8)
          order by position desc
          limit $7",
        wanted.event,
        wanted.action,
        wanted.text,
        wanted.is_organizer,
        wanted.viewer,
        before,
        limit,
        wanted.person
    )
    .fetch_all(db)
    .await
}

/// Oldest first, above `after`: the way back to newer ones.
pub async fn entries_after(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        "select position, actor_name, action, subject, reason, note, duration, created_at
           from moderation_entries
          where event_id = $1 and ($2::text is null or action = $2)
            and ($3 = '' or strpos(lower(actor_name), lower($3)) > 0 or strpos(lower(subject), lower($3)) > 0)
            and ($4 or not organizers_only)
            and (action not in ('CLAIM_REPORT', 'RESOLVE_REPORT', 'DISMISS_REPORT') or subject_id is distinct from $5)
            and position > $6
            and ($8::uuid is null or subject_id = $8)
          order by position
          limit $7",
        wanted.event,
        wanted.action,
        wanted.text,
        wanted.is_organizer,
        wanted.viewer,
        after,
        limit,
        wanted.person
    )
    .fetch_all(db)
    .await
}
