use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct PromotedRow {
    pub user_id: Uuid,
    pub event_id: Uuid,
    pub organization_id: Uuid,
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub email: String,
    pub full_name: String,
}

/// Seats those who wait longest, as far as seats are free; answers them by event. One statement: seats and counter
/// move together, and the index of the waitlist serves the order.
pub async fn promote(
    tx: &mut PgConnection,
    events: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<PromotedRow>> {
    sqlx::query_as!(
        PromotedRow,
        r#"with next as (
               select e.id as event_id, m.user_id
                 from events e
                cross join lateral (
                      select w.user_id from event_members w
                        join users u on u.id = w.user_id and u.state = 'ACTIVE'
                       where w.event_id = e.id and w.status = 'WAITLISTED'
                       order by w.waitlisted_at, w.user_id
                       limit e.max_attendees - e.seats_taken) m
                where e.id = any($1) and e.status in ('DRAFT', 'PUBLISHED')
                  and ($2::timestamptz at time zone e.time_zone)::date <= e.end_date
           ), seated as (
               update event_members m set status = 'ACTIVE', waitlisted_at = null, updated_at = $2
                 from next where m.event_id = next.event_id and m.user_id = next.user_id
           ), counted as (
               update events e set seats_taken = e.seats_taken + seats.number
                 from (select event_id, count(*)::integer as number from next group by event_id) seats
                where e.id = seats.event_id
           )
           select u.id as user_id, e.id as event_id, e.organization_id, e.slug, e.title, e.start_date, e.end_date,
                  e.time_zone,
                  u.email, concat_ws(' ', u.first_name, u.last_name) as "full_name!"
             from next
             join events e on e.id = next.event_id
             join users u on u.id = next.user_id
            order by e.id, u.id"#,
        events,
        now
    )
    .fetch_all(tx)
    .await
}

/// ADMIN rows that count.
pub async fn admins(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from event_members
            where event_id = $1 and role = 'ADMIN' and status = 'ACTIVE'"#,
        event
    )
    .fetch_one(tx)
    .await
}

pub async fn set_left(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members set status = 'LEFT', waitlisted_at = null, updated_at = $3
          where event_id = $1 and user_id = $2",
        event,
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn delete_speaking(tx: &mut PgConnection, events: &[Uuid], user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from session_speakers where event_id = any($1) and user_id = $2", events, user)
        .execute(tx)
        .await
        .map(drop)
}

/// Also of former members, in the order of their ids, as all who lock several events.
pub async fn lock_events_of(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select e.id from events e
          where exists (select 1 from event_members m where m.event_id = e.id and m.user_id = $1)
          order by e.id
            for no key update",
        user
    )
    .fetch_all(tx)
    .await
}

/// Ends memberships in those of these events that are not over and frees their seats; answers where.
pub async fn end_memberships(
    tx: &mut PgConnection,
    events: &[Uuid],
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "with ended as (
             select m.event_id, m.role = 'ATTENDEE' and m.status = 'ACTIVE' as had_seat
               from event_members m join events e on e.id = m.event_id
              where m.event_id = any($1) and m.user_id = $2 and m.status in ('ACTIVE', 'WAITLISTED')
                and e.status in ('DRAFT', 'PUBLISHED')
                and ($3::timestamptz at time zone e.time_zone)::date <= e.end_date
         ), gone as (
             update event_members m set status = 'LEFT', waitlisted_at = null, updated_at = $3
               from ended where m.event_id = ended.event_id and m.user_id = $2
         ), freed as (
             update events e set seats_taken = e.seats_taken - 1
               from ended where e.id = ended.event_id and ended.had_seat
         )
         select event_id from ended order by event_id",
        events,
        user,
        now
    )
    .fetch_all(tx)
    .await
}
