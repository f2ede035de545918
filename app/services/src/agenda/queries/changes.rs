use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// One change per place in these lists.
#[derive(Default)]
pub struct ChangeRows {
    pub ids: Vec<Uuid>,
    pub sessions: Vec<Uuid>,
    pub fields: Vec<String>,
    pub old: Vec<Option<String>>,
    pub new: Vec<Option<String>>,
}

pub async fn insert_changes(
    tx: &mut PgConnection,
    (event, by): (Uuid, Uuid),
    rows: &ChangeRows,
    now: OffsetDateTime,
    released_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into agenda_changes (id, event_id, session_id, field, old_value, new_value, created_at, released_at, changed_by)
         select change.id, $1, change.session_id, change.field, change.old_value, change.new_value, $7, $8, $9
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
                as change (id, session_id, field, old_value, new_value)",
        event,
        &rows.ids,
        &rows.sessions,
        &rows.fields,
        &rows.old as &[Option<String>],
        &rows.new as &[Option<String>],
        now,
        released_at,
        by,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Of held changes, those of a field that is again what it was before the first of them, and all of a session of which
/// nothing is held any more.
pub async fn forget_what_came_back(
    tx: &mut PgConnection,
    event: Uuid,
    sessions: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from agenda_changes c
          using agenda_sessions s
          where s.event_id = $1 and s.id = any($2) and c.session_id = s.id and c.released_at is null
            and (s.draft is null
                 or c.field in (
                    select held.field from agenda_changes held
                     where held.session_id = s.id and held.released_at is null
                     group by held.field
                    having (array_agg(held.old_value order by held.created_at, held.id))[1] is not distinct from
                           (array_agg(held.new_value order by held.created_at desc, held.id desc))[1]))",
        event,
        sessions
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Of changes that everybody sees and nobody was told yet, those of a field that is again what it was before the first of
/// them.
pub async fn forget_what_was_taken_back(
    tx: &mut PgConnection,
    event: Uuid,
    sessions: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from agenda_changes c
          using (select session_id, field from agenda_changes
                  where event_id = $1 and session_id = any($2) and released_at is not null and told_at is null
                  group by session_id, field
                 having (array_agg(old_value order by released_at, id))[1] is not distinct from
                        (array_agg(new_value order by released_at desc, id desc))[1]) back
          where c.session_id = back.session_id and c.field = back.field
            and c.released_at is not null and c.told_at is null",
        event,
        sessions
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Held changes that lead into a room say how it is called now, or that it is gone.
pub async fn rename_room_in_held(
    tx: &mut PgConnection,
    event: Uuid,
    was: &str,
    is: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_changes set new_value = $3
          where event_id = $1 and field = 'ROOM' and new_value = $2 and released_at is null",
        event,
        was,
        is
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn raise_sequences(tx: &mut PgConnection, event: Uuid, sessions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions set sequence = sequence + 1 where event_id = $1 and id = any($2)",
        event,
        sessions
    )
    .execute(tx)
    .await
    .map(drop)
}
