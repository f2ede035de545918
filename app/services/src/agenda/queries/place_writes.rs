use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::tracks::TrackValues;
use super::super::venue_rooms::VenueRoomValues;

/// A new venue room or track, besides what its form says.
pub struct NewPlaceRow<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub order_key: &'a str,
    pub form_key: Uuid,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

pub async fn insert_venue_room(
    tx: &mut PgConnection,
    row: &NewPlaceRow<'_>,
    values: &VenueRoomValues,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into venue_rooms (id, event_id, name, description, capacity, order_key, form_key, updated_by,
                                  created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        row.id,
        row.event,
        values.name.as_str(),
        values.description.as_deref(),
        values.capacity.get(),
        row.order_key,
        row.form_key,
        row.by,
        row.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn update_venue_room(
    tx: &mut PgConnection,
    (event, room): (Uuid, Uuid),
    by: Uuid,
    values: &VenueRoomValues,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update venue_rooms
            set name = $4, description = $5, capacity = $6, version = version + 1, updated_by = $3, updated_at = $7
          where event_id = $1 and id = $2",
        event,
        room,
        by,
        values.name.as_str(),
        values.description.as_deref(),
        values.capacity.get(),
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_venue_room_keys(
    tx: &mut PgConnection,
    event: Uuid,
    keys: &[(Uuid, String)],
) -> sqlx::Result<()> {
    let (ids, keys): (Vec<Uuid>, Vec<String>) = keys.iter().cloned().unzip();
    sqlx::query!(
        "update venue_rooms r set order_key = spread.key
           from unnest($2::uuid[], $3::text[]) as spread (id, key)
          where r.event_id = $1 and r.id = spread.id",
        event,
        &ids,
        &keys
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Its sessions stay, without a room: the key says so.
pub async fn delete_venue_room(tx: &mut PgConnection, event: Uuid, room: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from venue_rooms where event_id = $1 and id = $2", event, room)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn insert_track(
    tx: &mut PgConnection,
    row: &NewPlaceRow<'_>,
    values: &TrackValues,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into tracks (id, event_id, name, colour, order_key, form_key, updated_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        row.id,
        row.event,
        values.name.as_str(),
        values.colour.as_str(),
        row.order_key,
        row.form_key,
        row.by,
        row.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn update_track(
    tx: &mut PgConnection,
    (event, track): (Uuid, Uuid),
    by: Uuid,
    values: &TrackValues,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update tracks
            set name = $4, colour = $5, version = version + 1, updated_by = $3, updated_at = $6
          where event_id = $1 and id = $2",
        event,
        track,
        by,
        values.name.as_str(),
        values.colour.as_str(),
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_track_keys(tx: &mut PgConnection, event: Uuid, keys: &[(Uuid, String)]) -> sqlx::Result<()> {
    let (ids, keys): (Vec<Uuid>, Vec<String>) = keys.iter().cloned().unzip();
    sqlx::query!(
        "update tracks t set order_key = spread.key
           from unnest($2::uuid[], $3::text[]) as spread (id, key)
          where t.event_id = $1 and t.id = spread.id",
        event,
        &ids,
        &keys
    )
    .execute(tx)
    .await
    .map(drop)
}

/// False when there is none. Its sessions stay, without a track: the key says so.
pub async fn delete_track(tx: &mut PgConnection, event: Uuid, track: Uuid) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("delete from tracks where event_id = $1 and id = $2", event, track).execute(tx).await?;
    Ok(done.rows_affected() == 1)
}
