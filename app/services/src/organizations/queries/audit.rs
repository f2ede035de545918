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

/// One entry for each subject, else alike.
pub async fn insert_entries(
    tx: &mut PgConnection,
    alike: &NewEntry<'_>,
    ids: &[Uuid],
    subjects: &[String],
    subject_ids: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_entries (id, organization_id, event_id, actor_id, actor_name, action, subject, subject_id,
                                    value_before, value_after, created_at)
         select n.id, $4, $5, $6, $7, $8, n.subject, n.subject_id, $9, $10, $11
           from unnest($1::uuid[], $2::text[], $3::uuid[]) as n (id, subject, subject_id)",
        ids,
        subjects,
        subject_ids,
        alike.organization,
        alike.event,
        alike.actor,
        alike.actor_name,
        alike.action,
        alike.value_before,
        alike.value_after,
        alike.now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Entries alike, each of an organization of its own.
pub struct ByItself<'a> {
    pub actor: Uuid,
    pub actor_name: &'a str,
    pub action: &'a str,
    pub now: OffsetDateTime,
    pub ids: Vec<Uuid>,
    pub organizations: Vec<Uuid>,
    pub events: Vec<Option<Uuid>>,
    pub subjects: Vec<String>,
    pub subject_ids: Vec<Uuid>,
}

pub async fn insert_by_itself(tx: &mut PgConnection, new: &ByItself<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_entries (id, organization_id, event_id, actor_id, actor_name, action, subject, subject_id,
                                    created_at)
         select n.id, n.organization_id, n.event_id, $6, $7, $8, n.subject, n.subject_id, $9
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[])
                  as n (id, organization_id, event_id, subject, subject_id)",
        &new.ids,
        &new.organizations,
        &new.events as &[Option<Uuid>],
        &new.subjects,
        &new.subject_ids,
        new.actor,
        new.actor_name,
        new.action,
        new.now,
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
    pub event: Option<String>,
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
        r#"select a.position, a.actor_name, a.action, a.subject, e.title as "event?", a.value_before, a.value_after,
                  a.created_at
             from audit_entries a left join events e on e.id = a.event_id
            where a.organization_id = $1 and ($2::bigint is null or a.position < $2)
            order by a.position desc
            limit $3"#,
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
        r#"select a.position, a.actor_name, a.action, a.subject, e.title as "event?", a.value_before, a.value_after,
                  a.created_at
             from audit_entries a left join events e on e.id = a.event_id
            where a.organization_id = $1 and a.position > $2
            order by a.position
            limit $3"#,
        organization,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// Newest first; somebody who did it to themselves is the subject too.
pub async fn entries_about_member(
    db: impl PgExecutor<'_>,
    event: Uuid,
    user: Uuid,
) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"select a.position, a.actor_name, a.action, a.subject, null::text as event, a.value_before, a.value_after,
                  a.created_at
             from audit_entries a
            where a.event_id = $1 and a.subject_id = $2
            order by a.position desc
            limit 50"#,
        event,
        user
    )
    .fetch_all(db)
    .await
}

pub struct OwnEntryRow {
    pub organization: String,
    pub action: String,
    pub subject: Option<String>,
    pub value_before: Option<String>,
    pub value_after: Option<String>,
    pub created_at: OffsetDateTime,
}

/// Newest first.
pub async fn entries_by(db: impl PgExecutor<'_>, actor: Uuid) -> sqlx::Result<Vec<OwnEntryRow>> {
    sqlx::query_as!(
        OwnEntryRow,
        "select o.name as organization, a.action, a.subject, a.value_before, a.value_after, a.created_at
           from audit_entries a join organizations o on o.id = a.organization_id
          where a.actor_id = $1
          order by a.created_at desc, a.position desc
          limit 10000",
        actor
    )
    .fetch_all(db)
    .await
}
