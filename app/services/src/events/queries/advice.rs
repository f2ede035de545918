//! What an event lacks that isn't needed.

use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct AdviceRow {
    pub advice: String,
    pub count: i64,
    pub first: Option<Uuid>,
}

/// What its page, its sponsors and its invitations lack, once each: how many there are, and the first of them where each
/// has a page.
pub async fn advice_on_page(
    db: impl PgExecutor<'_>,
    event: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<AdviceRow>> {
    sqlx::query_as!(
        AdviceRow,
        r#"with e as (select * from events where id = $1),
           picture as (select purpose from files where event_id = $1),
           invited as (select id, delivery from invitations where event_id = $1 and status = 'PENDING' and expires_at > $2),
           lacking (advice, id, rank) as (
               select 'NO_WELCOME', null::uuid, ''::text from e where hero_text is null
               union all select 'NO_DESCRIPTION', null, '' from e where description is null
               union all select 'NO_LOGO', null, '' where not exists (select 1 from picture where purpose = 'EVENT_LOGO')
               union all select 'NO_BANNER', null, '' where not exists (
                   select 1 from picture where purpose in ('EVENT_BANNER', 'EVENT_HERO_DESKTOP', 'EVENT_HERO_MOBILE'))
               union all select 'NO_CONTACT', null, '' from e where contact_email is null
               union all select 'NO_CONDUCT', null, '' from e where conduct is null
               union all select 'SPONSOR_WITHOUT_LOGO', s.id, s.order_key from sponsors s
                where s.event_id = $1 and s.deleted_at is null and s.is_active and s.logo_file_id is null
               union all select 'FAILED_INVITATION', id, '' from invited where delivery = 'FAILED'
               union all select 'OPEN_INVITATION', id, '' from invited)
           select advice as "advice!", count(*) as "count!", (array_agg(id order by rank collate "C", id))[1] as first
             from lacking
            group by advice"#,
        event,
        now
    )
    .fetch_all(db)
    .await
}

/// The same of its sessions, rooms and speakers.
pub async fn advice_on_agenda(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<AdviceRow>> {
    sqlx::query_as!(
        AdviceRow,
        r#"with e as (select format from events where id = $1),
           session as materialized (
               select s.id, s.starts_at, s.ends_at, s.venue_room_id, s.kind, s.streaming_platform from agenda_sessions s
                where s.event_id = $1 and s.deleted_at is null and s.status <> 'CANCELLED'),
           speaking as materialized (
               select p.session_id, p.user_id, session.starts_at, session.ends_at
                 from session_speakers p join session on session.id = p.session_id),
           speaker as materialized (
               select m.user_id as id, m.sort_name, coalesce(m.event_bio, u.bio, '') = '' as is_silent, u.avatar_file_id,
                      exists (select 1 from speaking where speaking.user_id = m.user_id) as speaks
                 from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
                where m.event_id = $1 and m.status = 'ACTIVE'
                  and (m.role = 'SPEAKER' or exists (select 1 from speaking where speaking.user_id = m.user_id))),
           clash as (
               select one.id, one.starts_at from session one
                where exists (select 1 from session other
                               where other.id <> one.id and other.venue_room_id = one.venue_room_id
                                 and other.starts_at < one.ends_at and one.starts_at < other.ends_at)
                   or exists (select 1 from speaking mine
                                join speaking other on other.user_id = mine.user_id and other.session_id <> mine.session_id
                               where mine.session_id = one.id
                                 and other.starts_at < mine.ends_at and mine.starts_at < other.ends_at)),
           lacking (advice, id, rank) as (
               select 'NO_SESSIONS', null::uuid, ''::text where not exists (select 1 from session)
               union all select 'UNSCHEDULED', id, '' from session where starts_at is null
               union all select 'CLASH', id, starts_at::text from clash
               union all select 'SESSION_WITHOUT_SPEAKER', id, coalesce(starts_at::text, 'z') from session
                where kind not in ('BREAK', 'NETWORKING') and id not in (select session_id from speaking)
               union all select 'SESSION_WITHOUT_ROOM', id, starts_at::text from session, e
                where format <> 'VIRTUAL' and venue_room_id is null and starts_at is not null and kind <> 'BREAK'
               union all select 'SESSION_WITHOUT_STREAM', id, starts_at::text from session, e
                where format <> 'IN_PERSON' and streaming_platform is null and starts_at is not null
                  and kind not in ('BREAK', 'NETWORKING')
               union all select 'ROOM_WITHOUT_SESSION', r.id, r.order_key from venue_rooms r
                where r.event_id = $1 and not exists (select 1 from session where session.venue_room_id = r.id)
               union all select 'SPEAKER_WITHOUT_SESSION', id, sort_name from speaker where not speaks
               union all select 'SPEAKER_WITHOUT_PICTURE', id, sort_name from speaker where avatar_file_id is null
               union all select 'SPEAKER_WITHOUT_BIO', id, sort_name from speaker where is_silent)
           select advice as "advice!", count(*) as "count!", (array_agg(id order by rank collate "C", id))[1] as first
             from lacking group by advice"#,
        event
    )
    .fetch_all(db)
    .await
}
