use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewEntry<'a> {
    pub id: Uuid,
    pub organization: Uuid,
    pub event: Option<Uuid>,
    pub actor: Uuid,
    pub actor_name: &'a str,
    pub action: &'a str,
    pub subject: Option<&'a str>,
    pub subject_id: Option<Uuid>,
    pub value_before: Option<&'a str>,
    pub value_after: Option<&'a str>,
    pub now: OffsetDateTime,
}

pub async fn insert_entry(tx: &mut PgConnection, entry: &NewEntry<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_entries (id, organization_id, event_id, actor_id, actor_name, action, subject, subject_id,
                                    value_before, value_after, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        entry.id,
        entry.organization,
        entry.event,
        entry.actor,
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.value_before,
        entry.value_after,
        entry.now,
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct EntryRow {
    pub position: i64,
    pub actor_name: String,
    pub action: String,
    pub subject: Option<String>,
    pub value_before: Option<String>,
    pub value_after: Option<String>,
    pub created_at: OffsetDateTime,
}

/// Newest first, below `before` where that is given.
pub async fn entries_before(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        "select position, actor_name, action, subject, value_before, value_after, created_at
           from audit_entries
          where organization_id = $1 and ($2::bigint is null or position < $2)
          order by position desc
          limit $3",
        organization,
        before,
        limit
    )
    .fetch_all(db)
    .await
}

/// Oldest first, above `after`: the way back to newer ones.
pub async fn entries_after(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        "select position, actor_name, action, subject, value_before, value_after, created_at
           from audit_entries
          where organization_id = $1 and position > $2
          order by position
          limit $3",
        organization,
        after,
        limit
    )
    .fetch_all(db)
    .await
}
