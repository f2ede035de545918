use sqlx::PgExecutor;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Which of a person's requests and contacts are wanted.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub viewer: Uuid,
    /// A `ContactList` as it stands in addresses.
    pub list: &'a str,
    /// Part of a name, of the company or the own note, or nothing.
    pub text: &'a str,
    /// Only those who take part in this event, as the viewer does.
    pub event: Option<Uuid>,
    /// Requests sent before are over.
    pub sent_after: OffsetDateTime,
}

pub struct CountsRow {
    pub received: i64,
    pub declined: i64,
    pub sent: i64,
    pub connected: i64,
    pub found: i64,
}

/// All lists of a person at once, and how many fit what is wanted.
pub async fn counts(db: impl PgExecutor<'_>, wanted: Wanted<'_>) -> sqlx::Result<CountsRow> {
    sqlx::query_as!(
        CountsRow,
        r#"with contact as (
               select case when c.status = 'ACCEPTED' then 'connected'
                           when c.status = 'PENDING' and c.requester_id <> $1 and c.requested_at > $5 then 'received'
                           when c.status = 'REJECTED' and c.requester_id <> $1 and c.responded_at is not null
                           then 'declined'
                           when c.status in ('PENDING', 'REJECTED') and c.requester_id = $1 and c.ended_at is null
                                and c.requested_at > $5 then 'sent' end as list,
                      ($3 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($3)) > 0
                       or (shown.company and strpos(lower(u.company), lower($3)) > 0)
                       or strpos(lower(case when c.user_low = $1 then c.note_low else c.note_high end), lower($3)) > 0)
                      and ($4::uuid is null
                           or (select count(*) from event_members m
                                where m.event_id = $4 and m.user_id in (c.user_low, c.user_high)
                                  and m.status = 'ACTIVE') = 2) as fits
                 from connections c
                 join users u on u.id = case when c.user_low = $1 then c.user_high else c.user_low end
                             and u.state = 'ACTIVE'
                 cross join lateral (
                      select coalesce((select p.show_company from event_privacy p
                                        where p.user_id = u.id
                                          and p.event_id = case when $4::uuid is not null then $4
                                                                when c.status <> 'ACCEPTED' then c.event_id end),
                                      u.show_company)
                             and (c.status = 'ACCEPTED' or (c.status = 'PENDING' and c.requester_id <> $1)
                                  or exists (
                                      select 1 from events s
                                        join organizations org on org.id = s.organization_id and org.deleted_at is null
                                       where s.id = c.event_id and s.status not in ('DRAFT', 'DELETED')
                                         and 2 = (select count(*) from (
                                                 select m.user_id from event_members m
                                                  where m.event_id = s.id and m.status = 'ACTIVE'
                                                    and m.user_id in (c.user_low, c.user_high)
                                                  union
                                                 select o.user_id from organization_members o
                                                  where o.organization_id = s.organization_id and o.role = 'OWNER'
                                                    and o.user_id in (c.user_low, c.user_high)) present)))
                                 as company) shown
                where (c.user_low = $1 or c.user_high = $1)
                  and not exists (select 1 from user_blocks b
                                   where (b.blocker_id, b.blocked_id) in (($1, u.id), (u.id, $1)))
           )
           select count(*) filter (where list = 'received') as "received!",
                  count(*) filter (where list = 'declined') as "declined!",
                  count(*) filter (where list = 'sent') as "sent!",
                  count(*) filter (where list = 'connected') as "connected!",
                  count(*) filter (where list = $2 and fits) as "found!"
             from contact"#,
        wanted.viewer,
        wanted.list,
        wanted.text,
        wanted.event,
        wanted.sent_after
    )
    .fetch_one(db)
    .await
}

pub struct ContactRow {
    pub id: Uuid,
    pub other: Uuid,
    pub icebreaker: String,
    pub requested_at: OffsetDateTime,
    pub responded_at: Option<OffsetDateTime>,
    pub note: Option<String>,
    /// Where they met; the title and the days outlive the event.
    pub met_title: String,
    pub met_from: Date,
    pub met_until: Date,
    /// Where the viewer takes part in it still.
    pub met_slug: Option<String>,
    /// The event both take part in, or own, in whose light they see each other; `None` where there is none here.
    pub seen_in: Option<Uuid>,
    /// What the viewer can do in it.
    pub role_there: Option<String>,
}

/// In the order of `sort`, then by name and id.
#[expect(
    clippy::too_many_lines,
    reason = "one statement: most of it is in whose light two people see each other"
)]
pub async fn contacts(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    sort: &str,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<ContactRow>> {
    sqlx::query_as!(
        ContactRow,
        r#"select c.id, u.id as other, c.icebreaker, c.requested_at, c.responded_at,
                  case when c.user_low = $1 then c.note_low else c.note_high end as note,
                  e.title as met_title, e.start_date as met_from, e.end_date as met_until,
                  (select e.slug from event_members m
                    where m.event_id = e.id and m.user_id = $1 and m.status = 'ACTIVE'
                      and e.status not in ('DRAFT', 'DELETED')) as met_slug,
                  shared.event_id as "seen_in?", shared.role as "role_there?"
             from connections c
             join users u on u.id = case when c.user_low = $1 then c.user_high else c.user_low end
                         and u.state = 'ACTIVE'
             join events e on e.id = c.event_id
             left join lateral (
                  select s.id as event_id, case when own.role = 'OWNER' then 'ADMIN' else mine.role end as role
                    from events s
                    join organizations org on org.id = s.organization_id and org.deleted_at is null
                    left join event_members mine on mine.event_id = s.id and mine.user_id = $1
                                                and mine.status = 'ACTIVE'
                    left join organization_members own on own.organization_id = s.organization_id
                                                      and own.user_id = $1 and own.role = 'OWNER'
                   where s.id = case when $4::uuid is not null then $4
                                     when c.status <> 'ACCEPTED' then c.event_id end
                     and s.status not in ('DRAFT', 'DELETED')
                     and 2 = (select count(*) from (
                             select m.user_id from event_members m
                              where m.event_id = s.id and m.status = 'ACTIVE'
                                and m.user_id in (c.user_low, c.user_high)
                              union
                             select o.user_id from organization_members o
                              where o.organization_id = s.organization_id and o.role = 'OWNER'
                                and o.user_id in (c.user_low, c.user_high)) present)
                  ) shared on true
             cross join lateral (
                  select coalesce((select p.show_company from event_privacy p
                                    where p.user_id = u.id
                                      and p.event_id = case when $4::uuid is not null then $4
                                                            when c.status <> 'ACCEPTED' then c.event_id end),
                                  u.show_company)
                         and (c.status = 'ACCEPTED' or (c.status = 'PENDING' and c.requester_id <> $1)
                              or shared.event_id is not null) as company) shown
            where (c.user_low = $1 or c.user_high = $1)
              and case $2
                  when 'received' then c.status = 'PENDING' and c.requester_id <> $1 and c.requested_at > $5
                  when 'declined' then c.status = 'REJECTED' and c.requester_id <> $1 and c.responded_at is not null
                  when 'sent' then c.status in ('PENDING', 'REJECTED') and c.requester_id = $1
                                   and c.ended_at is null and c.requested_at > $5
                  else c.status = 'ACCEPTED' end
              and not exists (select 1 from user_blocks b
                               where (b.blocker_id = $1 and b.blocked_id = u.id)
                                  or (b.blocker_id = u.id and b.blocked_id = $1))
              and ($3 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($3)) > 0
                   or (shown.company and strpos(lower(u.company), lower($3)) > 0)
                   or strpos(lower(case when c.user_low = $1 then c.note_low else c.note_high end), lower($3)) > 0)
              and ($4::uuid is null
                   or (select count(*) from event_members m
                        where m.event_id = $4 and m.user_id in (c.user_low, c.user_high) and m.status = 'ACTIVE') = 2)
            order by case when $6 = 'date'
                          then case when c.status = 'PENDING' or c.requester_id = $1 and c.status = 'REJECTED'
                                    then c.requested_at else c.responded_at end
                     end desc nulls last,
                     lower(u.first_name), lower(u.last_name), u.id
            limit $7 offset $8"#,
        wanted.viewer,
        wanted.list,
        wanted.text,
        wanted.event,
        wanted.sent_after,
        sort,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

pub struct EventMetRow {
    pub slug: String,
    pub title: String,
}

/// The events a person takes part in with anybody they are connected with, the latest first.
pub async fn events_met(db: impl PgExecutor<'_>, viewer: Uuid) -> sqlx::Result<Vec<EventMetRow>> {
    sqlx::query_as!(
        EventMetRow,
        "select e.slug, e.title
           from event_members mine
           join events e on e.id = mine.event_id and e.status not in ('DRAFT', 'DELETED')
           join organizations org on org.id = e.organization_id and org.deleted_at is null
          where mine.user_id = $1 and mine.status = 'ACTIVE'
            and exists (select 1 from connections c
                          join event_members theirs
                            on theirs.event_id = mine.event_id and theirs.status = 'ACTIVE'
                           and theirs.user_id = case when c.user_low = $1 then c.user_high else c.user_low end
                         where (c.user_low = $1 or c.user_high = $1) and c.status = 'ACCEPTED')
          order by e.start_date desc, e.id
          limit 100",
        viewer
    )
    .fetch_all(db)
    .await
}
