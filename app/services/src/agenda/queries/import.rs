use sqlx::PgConnection;
use uuid::Uuid;

pub struct AddressRow {
    pub email: String,
    pub user_id: Uuid,
    pub role: String,
}

/// Active members of an event with these addresses.
pub async fn members_by_address(
    tx: &mut PgConnection,
    event: Uuid,
    addresses: &[String],
) -> sqlx::Result<Vec<AddressRow>> {
    sqlx::query_as!(
        AddressRow,
        "select u.email, u.id as user_id, m.role
           from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
          where m.event_id = $1 and m.status = 'ACTIVE' and u.email = any($2)",
        event,
        addresses
    )
    .fetch_all(tx)
    .await
}

/// Which of these forms made a session already.
pub async fn sessions_by_form_keys(
    tx: &mut PgConnection,
    event: Uuid,
    keys: &[Uuid],
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select form_key from agenda_sessions where event_id = $1 and form_key = any($2)",
        event,
        keys
    )
    .fetch_all(tx)
    .await
}
