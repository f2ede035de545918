use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct SessionRow {
    pub organization_id: Uuid,
    pub event_id: Uuid,
    pub event_title: String,
    pub visibility: String,
    pub event_status: String,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub organization_role: Option<String>,
    pub title: String,
    pub time_zone: String,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub capacity: Option<i32>,
    pub sign_up_required: bool,
    pub sign_up_count: i32,
    pub star_count: i64,
    pub status: String,
    pub opens_before_minutes: i32,
    pub is_streamed: bool,
    pub is_speaker: bool,
    pub is_signed_up: bool,
    pub is_starred: bool,
}

/// A session that is not deleted, with what one person (or a visitor) is in its event and in itself. Where it is
/// streamed is not part of it.
pub async fn session(
    tx: &mut PgConnection,
    user: Option<Uuid>,
    slug: &str,
    session: Uuid,
) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"select e.organization_id, e.id as event_id, e.title as event_title, e.visibility, e.status as event_status,
                  m.role as "role?", m.status as "membership?", o.role as "organization_role?",
                  s.title, e.time_zone, s.starts_at, s.ends_at, s.capacity, s.sign_up_required, s.sign_up_count,
                  (select count(*) from session_stars star where star.session_id = s.id) as "star_count!",
                  s.status, s.opens_before_minutes, s.streaming_platform is not null as "is_streamed!",
                  exists (select 1 from session_speakers p where p.session_id = s.id and p.user_id = $1)
                      as "is_speaker!",
                  exists (select 1 from session_sign_ups u
                           where u.session_id = s.id and u.user_id = $1 and u.status = 'SIGNED_UP')
                      as "is_signed_up!",
                  exists (select 1 from session_stars star where star.session_id = s.id and star.user_id = $1)
                      as "is_starred!"
             from events e
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             join agenda_sessions s on s.event_id = e.id and s.deleted_at is null
             left join event_members m on m.event_id = e.id and m.user_id = $1
             left join organization_members o on o.organization_id = e.organization_id and o.user_id = $1
            where e.slug = $2 and e.status <> 'DELETED' and s.id = $3"#,
        user,
        slug,
        session
    )
    .fetch_optional(tx)
    .await
}
