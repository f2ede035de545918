//! Copies of rows for a duplicate. The agenda's tables are copied here too: a copy is one statement per table, and
//! nothing of their rules is decided anew.

use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What is new about the copy.
pub struct Copy<'a> {
    pub source: Uuid,
    pub id: Uuid,
    pub by: Uuid,
    pub form_key: Uuid,
    pub title: &'a str,
    pub start: Date,
    pub end: Date,
    pub now: OffsetDateTime,
}

/// Old id and new id of each row.
pub struct Pairs<'a> {
    pub old: &'a [Uuid],
    pub new: &'a [Uuid],
}

/// False when the address is taken; the transaction stays usable.
pub async fn insert_copy(tx: &mut PgConnection, copy: &Copy<'_>, slug: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into events (id, organization_id, slug, title, start_date, end_date, created_by, form_key, created_at,
                             updated_at, description, format, visibility, time_zone, host_name, venue_name,
                             venue_address, venue_city, venue_region, venue_country, online_note, max_attendees,
                             accent_color, event_type, hero_text, welcome_title, welcome_content, highlights, faqs,
                             conduct, contact_email, icebreakers, session_status_mode, rooms_open_before_minutes,
                             rooms_close_after_minutes, hold_agenda_changes, profanity_mode, profanity_words,
                             auto_archive_days)
         select $2, e.organization_id, $3, $4, $5, $6, $7, $8, $9, $9, e.description, e.format, e.visibility, e.time_zone,
                e.host_name, e.venue_name, e.venue_address, e.venue_city, e.venue_region, e.venue_country,
                e.online_note, e.max_attendees, e.accent_color, e.event_type, e.hero_text, e.welcome_title,
                e.welcome_content, e.highlights, e.faqs, e.conduct, e.contact_email, e.icebreakers,
                e.session_status_mode, e.rooms_open_before_minutes, e.rooms_close_after_minutes,
                e.hold_agenda_changes, e.profanity_mode, e.profanity_words, e.auto_archive_days
           from events e where e.id = $1
         on conflict on constraint events_slug_unique do nothing",
        copy.source,
        copy.id,
        slug,
        copy.title,
        copy.start,
        copy.end,
        copy.by,
        copy.form_key,
        copy.now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn tiers_to_copy(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from sponsor_tiers where event_id = $1 and deleted_at is null order by id limit 100",
        event
    )
    .fetch_all(db)
    .await
}

pub async fn copy_tiers(tx: &mut PgConnection, copy: &Copy<'_>, ids: &Pairs<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sponsor_tiers (id, event_id, key, name, colour, order_key, max_sponsors, form_key, updated_by,
                                    created_at, updated_at)
         select n.new, $1, t.key, t.name, t.colour, t.order_key, t.max_sponsors, n.new, $4, $5, $5
           from unnest($2::uuid[], $3::uuid[]) as n (old, new) join sponsor_tiers t on t.id = n.old",
        copy.id,
        ids.old,
        ids.new,
        copy.by,
        copy.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn sponsors_to_copy(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from sponsors where event_id = $1 and deleted_at is null order by id limit 500",
        event
    )
    .fetch_all(db)
    .await
}

pub async fn copy_sponsors(
    tx: &mut PgConnection,
    copy: &Copy<'_>,
    ids: &Pairs<'_>,
    tiers: &Pairs<'_>,
    files: &Pairs<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sponsors (id, event_id, tier_id, order_key, name, description, website, linkedin, x, youtube,
                               tiktok, instagram, facebook, other_link, benefits, is_active, is_featured, contact_name,
                               contact_email, contact_phone, form_key, updated_by, created_at, updated_at, logo_file_id)
         select n.new, $1, t.new, s.order_key, s.name, s.description, s.website, s.linkedin, s.x, s.youtube, s.tiktok,
                s.instagram, s.facebook, s.other_link, s.benefits, s.is_active, s.is_featured, s.contact_name,
                s.contact_email, s.contact_phone, n.new, $6, $7, $7, logo.id
           from unnest($2::uuid[], $3::uuid[]) as n (old, new)
           join sponsors s on s.id = n.old
           left join unnest($4::uuid[], $5::uuid[]) as t (old, new) on t.old = s.tier_id
           left join unnest($8::uuid[], $9::uuid[]) as f (old, new) on f.old = s.logo_file_id
           left join files logo on logo.id = f.new",
        copy.id,
        ids.old,
        ids.new,
        tiers.old,
        tiers.new,
        copy.by,
        copy.now,
        files.old,
        files.new
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn venue_rooms_to_copy(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from venue_rooms where event_id = $1 order by id limit 100", event)
        .fetch_all(db)
        .await
}

pub async fn copy_venue_rooms(tx: &mut PgConnection, copy: &Copy<'_>, ids: &Pairs<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into venue_rooms (id, event_id, name, description, capacity, order_key, form_key, updated_by, created_at,
                                  updated_at)
         select n.new, $1, r.name, r.description, r.capacity, r.order_key, n.new, $4, $5, $5
           from unnest($2::uuid[], $3::uuid[]) as n (old, new) join venue_rooms r on r.id = n.old",
        copy.id,
        ids.old,
        ids.new,
        copy.by,
        copy.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn tracks_to_copy(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from tracks where event_id = $1 order by id limit 50", event)
        .fetch_all(db)
        .await
}

pub async fn copy_tracks(tx: &mut PgConnection, copy: &Copy<'_>, ids: &Pairs<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into tracks (id, event_id, name, colour, order_key, form_key, updated_by, created_at, updated_at)
         select n.new, $1, t.name, t.colour, t.order_key, n.new, $4, $5, $5
           from unnest($2::uuid[], $3::uuid[]) as n (old, new) join tracks t on t.id = n.old",
        copy.id,
        ids.old,
        ids.new,
        copy.by,
        copy.now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Without speakers, streams, sign-ups and what became of them: all are to come again.
pub async fn copy_sessions(
    tx: &mut PgConnection,
    copy: &Copy<'_>,
    ids: &Pairs<'_>,
    (starts, ends): (&[Option<OffsetDateTime>], &[Option<OffsetDateTime>]),
    rooms: &Pairs<'_>,
    tracks: &Pairs<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into agenda_sessions (id, event_id, title, short_description, description, kind, language, tags,
                                      starts_at, ends_at, venue_room_id, track_id, capacity, sign_up_required, chat_mode,
                                      opens_before_minutes, form_key, created_by, created_at, updated_at)
         select n.new, $1, s.title, s.short_description, s.description, s.kind, s.language, s.tags, n.starts_at, n.ends_at,
                r.new, t.new, s.capacity, s.sign_up_required, s.chat_mode, s.opens_before_minutes, n.new, $10, $11, $11
           from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[]) as n (old, new, starts_at, ends_at)
           join agenda_sessions s on s.id = n.old
           left join unnest($6::uuid[], $7::uuid[]) as r (old, new) on r.old = s.venue_room_id
           left join unnest($8::uuid[], $9::uuid[]) as t (old, new) on t.old = s.track_id",
        copy.id,
        ids.old,
        ids.new,
        starts as &[Option<OffsetDateTime>],
        ends as &[Option<OffsetDateTime>],
        rooms.old,
        rooms.new,
        tracks.old,
        tracks.new,
        copy.by,
        copy.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn copy_main_session(tx: &mut PgConnection, copy: &Copy<'_>, ids: &Pairs<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update events c
            set main_session_id = n.new
           from events e, unnest($3::uuid[], $4::uuid[]) as n (old, new)
          where c.id = $1 and e.id = $2 and n.old = e.main_session_id",
        copy.id,
        copy.source,
        ids.old,
        ids.new
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Those of the event itself and of its sessions.
pub async fn chat_rooms_to_copy(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select r.id
           from chat_rooms r left join agenda_sessions s on s.id = r.session_id
          where r.event_id = $1 and r.deleted_at is null and (r.session_id is null or s.deleted_at is null)
          order by r.id
          limit 5000",
        event
    )
    .fetch_all(db)
    .await
}

/// Without messages; all of them are open.
pub async fn copy_chat_rooms(
    tx: &mut PgConnection,
    copy: &Copy<'_>,
    ids: &Pairs<'_>,
    sessions: &Pairs<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into chat_rooms (id, event_id, kind, name, description, position, session_id, slow_mode_seconds, created_at)
         select n.new, $1, r.kind, r.name, r.description, r.position, s.new, r.slow_mode_seconds, $6
           from unnest($2::uuid[], $3::uuid[]) as n (old, new)
           join chat_rooms r on r.id = n.old
           left join unnest($4::uuid[], $5::uuid[]) as s (old, new) on s.old = r.session_id",
        copy.id,
        ids.old,
        ids.new,
        sessions.old,
        sessions.new,
        copy.now
    )
    .execute(tx)
    .await
    .map(drop)
}
