use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Its address stays taken until the event is purged, so that it can come back under it.
pub async fn delete_softly(
    tx: &mut PgConnection,
    event: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update events
            set status_before_deletion = status, status = 'DELETED', deleted_at = $3, deleted_by = $2, updated_at = $3
          where id = $1 and status <> 'DELETED'",
        event,
        by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct DeletedRow {
    pub id: Uuid,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub first_name: String,
    pub last_name: String,
    pub deleted_at: OffsetDateTime,
}

pub async fn deleted_of(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<Vec<DeletedRow>> {
    sqlx::query_as!(
        DeletedRow,
        r#"select e.id, e.title, e.start_date, e.end_date, u.first_name, u.last_name, e.deleted_at as "deleted_at!"
             from events e join users u on u.id = e.deleted_by
            where e.organization_id = $1 and e.status = 'DELETED' and e.deleted_at > $2 and e.purged_at is null
            order by e.deleted_at desc, e.id
            limit 100"#,
        organization,
        since
    )
    .fetch_all(db)
    .await
}

/// Whose it is, deleted or not.
pub async fn organization_of(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select organization_id from events where id = $1", event).fetch_optional(tx).await
}

pub struct RestorableRow {
    pub organization_id: Uuid,
    pub slug: String,
    pub title: String,
    pub status: String,
}

/// Only an owner can make others wait.
pub async fn lock_deleted(
    tx: &mut PgConnection,
    user: Uuid,
    event: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<Option<RestorableRow>> {
    sqlx::query_as!(
        RestorableRow,
        "select e.organization_id, e.slug, e.title, e.status
           from events e join organizations o on o.id = e.organization_id and o.deleted_at is null
          where e.id = $2 and e.purged_at is null and (e.deleted_at is null or e.deleted_at > $3)
            and exists (select 1 from organization_members m
                         where m.organization_id = e.organization_id and m.user_id = $1 and m.role = 'OWNER')
            for update of e",
        user,
        event,
        since
    )
    .fetch_optional(tx)
    .await
}

pub async fn restore(tx: &mut PgConnection, event: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update events
            set status = status_before_deletion, status_before_deletion = null, deleted_at = null, deleted_by = null,
                deleted_with_organization = false, updated_at = $2
          where id = $1 and status = 'DELETED' and status_before_deletion is not null",
        event,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Events whose time to undo is over, the longest gone first. More wait for the next sweep.
pub async fn due_for_purge(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from events
          where status = 'DELETED' and deleted_at is not null and deleted_at <= $1 and purged_at is null
          order by deleted_at, id
          limit 1000",
        before
    )
    .fetch_all(db)
    .await
}

/// False when it is not due any more, or another process works on it.
pub async fn lock_to_purge(tx: &mut PgConnection, event: Uuid, before: OffsetDateTime) -> sqlx::Result<bool> {
    let locked = sqlx::query_scalar!(
        "select id from events
          where id = $1 and status = 'DELETED' and deleted_at <= $2 and purged_at is null
            for update skip locked",
        event,
        before
    )
    .fetch_optional(tx)
    .await?;
    Ok(locked.is_some())
}

/// Removes what belongs to the event alone: agenda, rooms with messages, sponsors, invitations, pictures. Bytes without
/// a row are swept by the storage.
pub async fn purge_contents(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from chat_rooms where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from reports where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from agenda_sessions where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from venue_rooms where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from tracks where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from sponsors where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from sponsor_tiers where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!(
        "delete from invitations where id in (select id from invitations where event_id = $1 order by id for update)",
        event
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from people_views where event_id = $1", event).execute(&mut *tx).await?;
    sqlx::query!("delete from files where event_id = $1", event).execute(&mut *tx).await.map(drop)
}

/// Empties the row itself.
pub async fn purge_texts(tx: &mut PgConnection, event: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update events
            set description = null, venue_name = null, venue_address = null, venue_city = null, venue_region = null,
                venue_country = null, online_note = null, accent_color = null, hero_text = null, welcome_title = null,
                welcome_content = null, highlights = default, faqs = default, conduct = null, contact_email = null,
                icebreakers = default, profanity_words = default, cancel_reason = null,
                slug = 'deleted-' || id::text, purged_at = $2
          where id = $1",
        event,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
