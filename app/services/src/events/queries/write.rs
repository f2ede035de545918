use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::values::EventValues;
use super::ReadinessRow;

/// Who owns a new event, besides what its form says.
pub struct Owned {
    pub id: Uuid,
    pub organization: Uuid,
    pub created_by: Uuid,
    pub form_key: Uuid,
    pub now: OffsetDateTime,
}

/// False when the address is taken; the transaction stays usable.
pub async fn insert(
    tx: &mut PgConnection,
    owned: &Owned,
    slug: &str,
    values: &EventValues,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into events (id, organization_id, slug, title, description, format, visibility, start_date, end_date,
                             time_zone, host_name, venue_name, venue_address, venue_city, venue_region, venue_country,
                             online_note, max_attendees, created_by, form_key, created_at, updated_at, event_type)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21, $22)
         on conflict on constraint events_slug_unique do nothing",
        owned.id,
        owned.organization,
        slug,
        values.title.as_str(),
        values.description.as_deref(),
        values.format.as_str(),
        values.visibility.as_str(),
        values.dates.start(),
        values.dates.end(),
        values.time_zone.as_str(),
        values.host_name.as_str(),
        values.venue.name.as_deref(),
        values.venue.address.as_deref(),
        values.venue.city.as_deref(),
        values.venue.region.as_deref(),
        values.venue.country.as_deref(),
        values.online_note.as_deref(),
        values.capacity.get(),
        owned.created_by,
        owned.form_key,
        owned.now,
        values.event_type.as_str(),
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn insert_creator(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into event_members (event_id, user_id, role, status, source, joined_at)
         values ($1, $2, 'ADMIN', 'ACTIVE', 'CREATED', $3)",
        event,
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// False when somebody saved a newer version.
pub async fn update(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    version: i32,
    values: &EventValues,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update events
            set title = $4, description = $5, format = $6, visibility = $7, start_date = $8, end_date = $9,
                time_zone = $10, host_name = $11, venue_name = $12, venue_address = $13, venue_city = $14,
                venue_region = $15, venue_country = $16, online_note = $17, max_attendees = $18,
                version = version + 1, updated_by = $2, updated_at = $19
          where id = $1 and version = $3 and status <> 'DELETED'",
        event,
        user,
        version,
        values.title.as_str(),
        values.description.as_deref(),
        values.format.as_str(),
        values.visibility.as_str(),
        values.dates.start(),
        values.dates.end(),
        values.time_zone.as_str(),
        values.host_name.as_str(),
        values.venue.name.as_deref(),
        values.venue.address.as_deref(),
        values.venue.city.as_deref(),
        values.venue.region.as_deref(),
        values.venue.country.as_deref(),
        values.online_note.as_deref(),
        values.capacity.get(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The lock everybody takes who changes what an event consists of. Not `for update`: a message in one of its rooms
/// shares the event's key while it holds its room, and would wait here for whoever holds the event and wants a room.
pub async fn lock(tx: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from events where slug = $1 for no key update", slug)
        .fetch_optional(tx)
        .await
}

/// Locks the event, so that what was checked still holds when it is published.
pub async fn lock_readiness(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<ReadinessRow> {
    sqlx::query!("select id from events where id = $1 for no key update", event).fetch_one(&mut *tx).await?;
    super::readiness(tx, event).await
}

pub struct RegistrationRow {
    pub organization_id: Uuid,
    pub status: String,
    pub registration_opens_at: Option<OffsetDateTime>,
    pub registration_closes_at: Option<OffsetDateTime>,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub membership: Option<String>,
    pub email: String,
}

/// Locks the event row, then reads the person's membership as it is after everybody before us.
pub async fn lock_registration(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
) -> sqlx::Result<RegistrationRow> {
    sqlx::query!("select id from events where id = $1 for no key update", event).fetch_one(&mut *tx).await?;
    sqlx::query_as!(
        RegistrationRow,
        r#"select e.organization_id, e.status, e.registration_opens_at, e.registration_closes_at, e.title, e.start_date,
                  e.end_date, e.time_zone, m.status as "membership?", u.email
             from events e
             join users u on u.id = $2
             left join event_members m on m.event_id = e.id and m.user_id = u.id
            where e.id = $1"#,
        event,
        user
    )
    .fetch_one(tx)
    .await
}

/// One conditional statement: false when no seat is free.
pub async fn take_seat(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update events set seats_taken = seats_taken + 1
          where id = $1 and (max_attendees is null or seats_taken < max_attendees)",
        event
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Former members come back on the same row, as ATTENDEE.
pub async fn join(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    status: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into event_members (event_id, user_id, role, status, source, joined_at, waitlisted_at)
         values ($1, $2, 'ATTENDEE', $3, 'REGISTERED', $4, case when $3 = 'WAITLISTED' then $4::timestamptz end)
         on conflict (event_id, user_id) do update
            set role = 'ATTENDEE', status = excluded.status, source = excluded.source,
                joined_at = excluded.joined_at, waitlisted_at = excluded.waitlisted_at",
        event,
        user,
        status,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_accent(
    tx: &mut PgConnection,
    event: Uuid,
    color: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update events set accent_color = $2, updated_at = $3 where id = $1", event, color, now)
        .execute(tx)
        .await
        .map(drop)
}
