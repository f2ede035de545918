use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct MembershipRow {
    pub title: String,
    /// Only where the person may still open it.
    pub slug: Option<String>,
    pub role: String,
    pub status: String,
    pub joined_at: OffsetDateTime,
    pub title_here: Option<String>,
    pub bio_here: Option<String>,
}

/// A person's memberships of events, former ones too.
pub async fn memberships(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<MembershipRow>> {
    sqlx::query_as!(
        MembershipRow,
        "select e.title, case when m.status in ('ACTIVE', 'WAITLISTED') and e.status <> 'DELETED' then e.slug end as slug,
                m.role, m.status, m.joined_at, m.event_title as title_here, m.event_bio as bio_here
           from event_members m join events e on e.id = m.event_id
          where m.user_id = $1
          order by m.joined_at, e.id
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}
