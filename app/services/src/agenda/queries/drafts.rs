use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What waits for its release.
pub struct DraftRow<'a> {
    pub title: &'a str,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub venue_room: Option<Uuid>,
    pub is_cancelled: bool,
}

/// Keeps a draft; none where the session is so already. That the event's cancellation took the session is no change of
/// it: what is held goes out without, when the event is on again.
pub async fn set_draft(
    tx: &mut PgConnection,
    (event, session): (Uuid, Uuid),
    draft: &DraftRow<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set draft = case
                    when (title, starts_at, ends_at, venue_room_id, status = 'CANCELLED' and not cancelled_with_event)
                         is distinct from ($3::text, $4::timestamptz, $5::timestamptz, $6::uuid, own.is_cancelled)
                    then jsonb_build_object('title', $3::text, 'starts_at', $4::timestamptz, 'ends_at', $5::timestamptz,
                                            'venue_room_id', $6::uuid, 'is_cancelled', own.is_cancelled) end
           from (select $7::boolean and (not old.cancelled_with_event
                                         or coalesce((old.draft ->> 'is_cancelled')::boolean, false)) as is_cancelled
                   from agenda_sessions old where old.event_id = $1 and old.id = $2) own
          where event_id = $1 and id = $2",
        event,
        session,
        draft.title,
        draft.starts_at,
        draft.ends_at,
        draft.venue_room,
        draft.is_cancelled
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A session as it was released, told once that is stored.
pub struct ReleasedRow {
    pub id: Uuid,
    pub title: String,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub status: String,
}

/// Makes every draft of an event what everybody sees. A session that is over can't be cancelled any more, and a room
/// that is gone is none. Other times give a session back to the clock.
pub async fn release_drafts(
    tx: &mut PgConnection,
    event: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ReleasedRow>> {
    sqlx::query_as!(
        ReleasedRow,
        "update agenda_sessions s
            set title = d.title, starts_at = d.starts_at, ends_at = d.ends_at, venue_room_id = d.venue_room_id,
                status_by_hand = s.status_by_hand and s.starts_at is not distinct from d.starts_at
                                 and s.ends_at is not distinct from d.ends_at,
                status = case when s.status = 'COMPLETED' then s.status
                              when d.is_cancelled then 'CANCELLED'
                              when s.status = 'CANCELLED' and not s.cancelled_with_event then 'SCHEDULED'
                              else s.status end,
                cancelled_with_event = s.cancelled_with_event and not d.is_cancelled,
                draft = null, version = s.version + 1, updated_at = $2
           from (select old.id, old.draft ->> 'title' as title,
                        (old.draft ->> 'starts_at')::timestamptz as starts_at,
                        (old.draft ->> 'ends_at')::timestamptz as ends_at, r.id as venue_room_id,
                        (old.draft ->> 'is_cancelled')::boolean as is_cancelled
                   from agenda_sessions old
                   left join venue_rooms r
                     on r.event_id = old.event_id and r.id = (old.draft ->> 'venue_room_id')::uuid
                  where old.event_id = $1 and old.draft is not null) d
          where s.event_id = $1 and s.id = d.id
         returning s.id, s.title, s.starts_at, s.ends_at, s.status",
        event,
        now
    )
    .fetch_all(tx)
    .await
}

pub async fn has_drafts(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from agenda_sessions
                           where event_id = $1 and draft is not null and deleted_at is null) as "exists!""#,
        event
    )
    .fetch_one(db)
    .await
}
