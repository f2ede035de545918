use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// An invitation somebody sent or got.
pub struct OfPersonRow {
    pub id: Uuid,
    pub is_sent: bool,
    pub target: String,
    pub address: String,
    pub name: Option<String>,
    pub role: String,
    pub message: Option<String>,
    pub status: String,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub responded_at: Option<OffsetDateTime>,
}

/// In the order of the ids, which begin with the time.
pub async fn of_person(
    db: impl PgExecutor<'_>,
    user: Uuid,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<OfPersonRow>> {
    sqlx::query_as!(
        OfPersonRow,
        r#"select i.id, i.invited_by = $1 as "is_sent!", coalesce(e.title, o.name) as "target!", i.address, i.name,
                  i.role, i.message, i.status, i.created_at, i.expires_at, i.responded_at
             from invitations i
             left join events e on e.id = i.event_id
             left join organizations o on o.id = i.organization_id
            where (i.invited_by = $1 or i.user_id = $1 or i.address = (select u.email from users u where u.id = $1))
              and i.id > $2
            order by i.id
            limit $3"#,
        user,
        after,
        limit
    )
    .fetch_all(db)
    .await
}
