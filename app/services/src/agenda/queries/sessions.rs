use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

/// What lists show of a session. Streams are not among it.
pub struct SessionRow {
    pub id: Uuid,
    pub title: String,
    pub short_description: Option<String>,
    pub kind: String,
    pub language: Option<String>,
    pub tags: Vec<String>,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub venue_room_id: Option<Uuid>,
    pub room_name: Option<String>,
    pub track_id: Option<Uuid>,
    pub track_name: Option<String>,
    pub track_colour: Option<String>,
    pub capacity: Option<i32>,
    pub sign_up_required: bool,
    pub sign_up_count: i32,
    pub status: String,
    pub chat_mode: String,
    pub sequence: i32,
    pub version: i32,
    pub was_moved: bool,
    pub is_held: bool,
    pub speakers: Json<Vec<SpeakerJson>>,
}

#[derive(Deserialize)]
pub struct SpeakerJson {
    pub user: Uuid,
    pub first: String,
    pub last: String,
    pub avatar: Option<Uuid>,
    pub role: String,
    pub order_key: String,
}

/// Which agenda it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// What everybody sees.
    Released,
    /// What organizers work on: with the changes they hold.
    Draft,
}

/// All of an event, or one; by their start. Speakers are active members with an open account.
pub async fn sessions(
    db: &mut PgConnection,
    event: Uuid,
    edition: Edition,
    with_unscheduled: bool,
    only: Option<Uuid>,
) -> sqlx::Result<Vec<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"select s.id, d.title as "title!", s.short_description, s.kind, s.language, s.tags, d.starts_at, d.ends_at,
                  d.venue_room_id, r.name as "room_name?", s.track_id, t.name as "track_name?",
                  t.colour as "track_colour?", s.capacity, s.sign_up_required, s.sign_up_count, d.status as "status!",
                  s.chat_mode, s.sequence, s.version,
                  exists (select 1 from agenda_changes c
                           where c.session_id = s.id and c.field in ('TIME', 'ROOM') and c.released_at is not null
                           group by c.field
                          having (array_agg(c.old_value order by c.released_at, c.id)
                                    filter (where c.old_value is not null))[1]
                                 <> coalesce((array_agg(c.new_value order by c.released_at desc, c.id desc))[1], ''))
                      as "was_moved!",
                  d.draft is not null as "is_held!",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'user', u.id, 'first', u.first_name, 'last', u.last_name, 'avatar', u.avatar_file_id,
                              'role', sp.role, 'order_key', sp.order_key)), '[]')
                     from session_speakers sp
                     join event_members m
                       on m.event_id = sp.event_id and m.user_id = sp.user_id and m.status = 'ACTIVE'
                     join users u on u.id = sp.user_id and u.state = 'ACTIVE'
                    where sp.session_id = s.id) as "speakers!: Json<Vec<SpeakerJson>>"
             from agenda_sessions s
            cross join lateral (select case when $4 then s.draft end as draft) kept
            cross join lateral (
                  select kept.draft, coalesce(kept.draft ->> 'title', s.title) as title,
                         case when kept.draft is null then s.starts_at
                              else (kept.draft ->> 'starts_at')::timestamptz end as starts_at,
                         case when kept.draft is null then s.ends_at
                              else (kept.draft ->> 'ends_at')::timestamptz end as ends_at,
                         case when kept.draft is null then s.venue_room_id
                              else (kept.draft ->> 'venue_room_id')::uuid end as venue_room_id,
                         case when kept.draft is null then s.status
                              when (kept.draft ->> 'is_cancelled')::boolean then 'CANCELLED'
                              when s.status = 'CANCELLED' and not s.cancelled_with_event then 'SCHEDULED'
                              else s.status end as status) d
             left join venue_rooms r on r.event_id = s.event_id and r.id = d.venue_room_id
             left join tracks t on t.event_id = s.event_id and t.id = s.track_id
            where s.event_id = $1 and s.deleted_at is null
              and ($2 or d.starts_at is not null)
              and ($3::uuid is null or s.id = $3)
            order by d.starts_at nulls last, r.order_key nulls last, s.id
            limit 1000"#,
        event,
        with_unscheduled,
        only,
        edition == Edition::Draft
    )
    .fetch_all(db)
    .await
}

/// Sessions of an event that overlap a time, by their start, as everybody sees them.
pub async fn overlapping(
    db: &mut PgConnection,
    event: Uuid,
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<Vec<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"select s.id, s.title, s.short_description, s.kind, s.language, s.tags, s.starts_at, s.ends_at,
                  s.venue_room_id, r.name as "room_name?", s.track_id, t.name as "track_name?",
                  t.colour as "track_colour?", s.capacity, s.sign_up_required, s.sign_up_count, s.status,
                  s.chat_mode, s.sequence, s.version,
                  exists (select 1 from agenda_changes c
                           where c.session_id = s.id and c.field in ('TIME', 'ROOM') and c.released_at is not null
                           group by c.field
                          having (array_agg(c.old_value order by c.released_at, c.id)
                                    filter (where c.old_value is not null))[1]
                                 <> coalesce((array_agg(c.new_value order by c.released_at desc, c.id desc))[1], ''))
                      as "was_moved!",
                  false as "is_held!", '[]'::jsonb as "speakers!: Json<Vec<SpeakerJson>>"
             from agenda_sessions s
             left join venue_rooms r on r.event_id = s.event_id and r.id = s.venue_room_id
             left join tracks t on t.event_id = s.event_id and t.id = s.track_id
            where s.event_id = $1 and s.deleted_at is null and s.starts_at < $3 and s.ends_at > $2
            order by s.starts_at, r.order_key nulls last, s.id
            limit 100"#,
        event,
        starts_at,
        ends_at
    )
    .fetch_all(db)
    .await
}

/// What only the session's own page shows.
pub struct DetailsRow {
    pub description: Option<String>,
    pub opens_before_minutes: i32,
    pub public_room: Option<Uuid>,
    pub backstage: Option<Uuid>,
}

pub async fn session_details(
    db: &mut PgConnection,
    event: Uuid,
    session: Uuid,
) -> sqlx::Result<Option<DetailsRow>> {
    sqlx::query_as!(
        DetailsRow,
        r#"select s.description, s.opens_before_minutes,
                  (select c.id from chat_rooms c where c.session_id = s.id and c.kind = 'PUBLIC') as public_room,
                  (select c.id from chat_rooms c where c.session_id = s.id and c.kind = 'BACKSTAGE') as backstage
             from agenda_sessions s
            where s.event_id = $1 and s.id = $2 and s.deleted_at is null"#,
        event,
        session
    )
    .fetch_optional(db)
    .await
}
