use sqlx::PgConnection;
use uuid::Uuid;

/// A venue room or a track.
pub struct PlaceRow {
    pub is_room: bool,
    pub id: Uuid,
    pub name: String,
    pub description: Option<String>,
    pub capacity: Option<i32>,
    pub colour: Option<String>,
    pub order_key: String,
    pub form_key: Uuid,
    pub version: i32,
    pub editor: Option<String>,
}

/// Venue rooms and tracks of an event, each in the order organizers gave them.
pub async fn places(db: &mut PgConnection, event: Uuid) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as!(
        PlaceRow,
        r#"select p.is_room as "is_room!", p.id as "id!", p.name as "name!", p.description, p.capacity, p.colour,
                  p.order_key as "order_key!", p.form_key as "form_key!", p.version as "version!",
                  case when u.id is not null then trim(u.first_name || ' ' || u.last_name) end as editor
             from (select true as is_room, r.id, r.name, r.description, r.capacity, null::text as colour, r.order_key,
                          r.form_key, r.version, r.updated_by
                     from venue_rooms r where r.event_id = $1
                    union all
                   select false, t.id, t.name, null, null, t.colour, t.order_key, t.form_key, t.version, t.updated_by
                     from tracks t where t.event_id = $1) p
             left join users u on u.id = p.updated_by
            order by p.is_room, p.order_key collate "C", p.id
            limit 150"#,
        event
    )
    .fetch_all(db)
    .await
}

pub async fn venue_room_name(tx: &mut PgConnection, event: Uuid, room: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from venue_rooms where event_id = $1 and id = $2", event, room)
        .fetch_optional(tx)
        .await
}

pub async fn has_track(tx: &mut PgConnection, event: Uuid, track: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from tracks where event_id = $1 and id = $2) as "exists!""#,
        event,
        track
    )
    .fetch_one(tx)
    .await
}
