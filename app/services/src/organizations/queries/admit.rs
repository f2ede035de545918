use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A member keeps since when and by whom they are one.
pub async fn admit_member(
    tx: &mut PgConnection,
    organization: Uuid,
    user: Uuid,
    role: &str,
    invited_by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organization_members (organization_id, user_id, role, joined_at, invited_by)
         values ($1, $2, $3, $5, $4)
         on conflict (organization_id, user_id) do update set role = excluded.role",
        organization,
        user,
        role,
        invited_by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
