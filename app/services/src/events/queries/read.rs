use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct StandingRow {
    pub id: Uuid,
    pub visibility: String,
    pub status: String,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub muted_at: Option<OffsetDateTime>,
    pub muted_until: Option<OffsetDateTime>,
    pub organization_role: Option<String>,
}

pub async fn standing(
    tx: &mut PgConnection,
    user: Option<Uuid>,
    slug: &str,
) -> sqlx::Result<Option<StandingRow>> {
    sqlx::query_as!(
        StandingRow,
        r#"select e.id, e.visibility, e.status, m.role as "role?", m.status as "membership?",
                  m.muted_at as "muted_at?", m.muted_until as "muted_until?", o.role as "organization_role?"
             from events e
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members m on m.event_id = e.id and m.user_id = $1
             left join organization_members o on o.organization_id = e.organization_id and o.user_id = $1
            where e.slug = $2 and e.status <> 'DELETED'"#,
        user,
        slug
    )
    .fetch_optional(tx)
    .await
}

pub struct HeadRow {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
    pub description: Option<String>,
    pub format: String,
    pub visibility: String,
    pub status: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub host_name: String,
    pub venue_name: Option<String>,
    pub venue_address: Option<String>,
    pub venue_city: Option<String>,
    pub venue_region: Option<String>,
    pub venue_country: Option<String>,
    pub online_note: Option<String>,
    pub max_attendees: Option<i32>,
    pub seats_taken: i32,
    pub version: i32,
    pub accent_color: Option<String>,
    pub event_type: String,
    pub main_session_id: Option<Uuid>,
    pub hero_text: Option<String>,
    pub registration_opens_at: Option<OffsetDateTime>,
    pub registration_closes_at: Option<OffsetDateTime>,
    pub cancel_reason: Option<String>,
    pub organization_slug: String,
    pub has_sessions: bool,
    pub has_sponsors: bool,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub muted_at: Option<OffsetDateTime>,
    pub muted_until: Option<OffsetDateTime>,
    pub organization_role: Option<String>,
}

pub async fn head(db: impl PgExecutor<'_>, user: Option<Uuid>, slug: &str) -> sqlx::Result<Option<HeadRow>> {
    sqlx::query_as!(
        HeadRow,
        r#"select e.id, e.slug, e.title, e.description, e.format, e.visibility, e.status, e.start_date, e.end_date,
                  e.time_zone, e.host_name, e.venue_name, e.venue_address, e.venue_city, e.venue_region,
                  e.venue_country, e.online_note, e.max_attendees, e.seats_taken, e.version, e.accent_color,
                  e.event_type,
                  (select a.id from agenda_sessions a
                    where a.id = e.main_session_id and a.starts_at is not null and a.deleted_at is null)
                      as "main_session_id?",
                  e.hero_text, e.registration_opens_at, e.registration_closes_at,
                  e.cancel_reason, org.slug as organization_slug,
                  exists (select 1 from agenda_sessions a
                           where a.event_id = e.id and a.starts_at is not null and a.deleted_at is null)
                      as "has_sessions!",
                  exists (select 1 from sponsors s
                           where s.event_id = e.id and s.is_active and s.deleted_at is null) as "has_sponsors!",
                  m.role as "role?", m.status as "membership?", m.muted_at as "muted_at?",
                  m.muted_until as "muted_until?", o.role as "organization_role?"
             from events e
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members m on m.event_id = e.id and m.user_id = $1
             left join organization_members o on o.organization_id = e.organization_id and o.user_id = $1
            where e.slug = $2 and e.status <> 'DELETED'"#,
        user,
        slug
    )
    .fetch_optional(db)
    .await
}

pub struct ReadinessRow {
    pub end_date: Date,
    pub time_zone: String,
    pub format: String,
    pub has_venue_name: bool,
    pub has_venue_city: bool,
    pub has_venue_country: bool,
    pub organizer_count: i64,
}

pub async fn readiness(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<ReadinessRow> {
    sqlx::query_as!(
        ReadinessRow,
        r#"select e.end_date, e.time_zone, e.format,
                  e.venue_name is not null as "has_venue_name!", e.venue_city is not null as "has_venue_city!",
                  e.venue_country is not null as "has_venue_country!",
                  (select count(*) from event_members m where m.event_id = e.id and m.status = 'ACTIVE'
                      and m.role in ('ORGANIZER', 'ADMIN')) as "organizer_count!"
             from events e where e.id = $1"#,
        event
    )
    .fetch_one(db)
    .await
}

pub struct MyRow {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub status: String,
    pub role: String,
    pub membership: String,
}

pub async fn of_user(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<MyRow>> {
    sqlx::query_as!(
        MyRow,
        "select e.slug, e.title, e.start_date, e.end_date, e.time_zone, e.status, m.role, m.status as membership
           from event_members m
           join events e on e.id = m.event_id
           join organizations o on o.id = e.organization_id and o.deleted_at is null
          where m.user_id = $1 and m.status in ('ACTIVE', 'WAITLISTED') and e.status <> 'DELETED'
          order by e.start_date, e.id
          limit 100",
        user
    )
    .fetch_all(db)
    .await
}

pub struct ListRow {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub status: String,
    pub visibility: String,
    /// Of all this member may list, also beyond the limit.
    pub live: i64,
    pub drafts: i64,
}

/// A MEMBER lists public ones that are not drafts, and those they belong to.
pub async fn of_organization(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    user: Uuid,
    sees_all: bool,
) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"select e.slug, e.title, e.start_date, e.end_date, e.status, e.visibility,
                  count(*) filter (where e.status = 'PUBLISHED') over () as "live!",
                  count(*) filter (where e.status = 'DRAFT') over () as "drafts!"
             from events e
            where e.organization_id = $1 and e.status <> 'DELETED'
              and ($3 or (e.visibility = 'PUBLIC' and e.status <> 'DRAFT')
                   or exists (select 1 from event_members m
                               where m.event_id = e.id and m.user_id = $2 and m.status = 'ACTIVE'))
            order by e.start_date desc, e.id
            limit 100"#,
        organization,
        user,
        sees_all
    )
    .fetch_all(db)
    .await
}

pub async fn slug_by_form_key(
    tx: &mut PgConnection,
    user: Uuid,
    form_key: Uuid,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select slug from events where created_by = $1 and form_key = $2", user, form_key)
        .fetch_optional(tx)
        .await
}

pub async fn last_editor(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"select trim(u.first_name || ' ' || u.last_name) as "name!"
             from events e join users u on u.id = coalesce(e.updated_by, e.created_by) where e.id = $1"#,
        event
    )
    .fetch_optional(tx)
    .await
}
