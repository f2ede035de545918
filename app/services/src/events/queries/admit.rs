use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Of somebody who held one.
pub async fn give_seat_back(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update events set seats_taken = seats_taken - 1 where id = $1", event)
        .execute(tx)
        .await
        .map(drop)
}

/// Who is there already keeps since when, and who waits keeps their place.
pub async fn admit_member(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    role: &str,
    status: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into event_members as m (event_id, user_id, role, status, source, joined_at, waitlisted_at)
         values ($1, $2, $3, $4, 'INVITED', $5, case when $4 = 'WAITLISTED' then $5::timestamptz end)
         on conflict (event_id, user_id) do update
            set role = excluded.role, status = excluded.status, source = excluded.source,
                joined_at = case when m.status = 'ACTIVE' then m.joined_at else excluded.joined_at end,
                waitlisted_at = case when excluded.status = 'WAITLISTED' and m.status = 'WAITLISTED'
                                     then m.waitlisted_at else excluded.waitlisted_at end",
        event,
        user,
        role,
        status,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
