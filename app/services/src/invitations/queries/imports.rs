use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ImportRow {
    pub import_id: Uuid,
    pub open: i64,
}

/// The newest list of a target with open invitations left, and how many those are.
pub async fn last_import(
    tx: &mut PgConnection,
    organization: Option<Uuid>,
    event: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<ImportRow>> {
    sqlx::query_as!(
        ImportRow,
        r#"select import_id as "import_id!", count(*) as "open!"
             from invitations
            where (organization_id = $1 or event_id = $2) and import_id is not null
              and status = 'PENDING' and expires_at > $3
            group by import_id
            order by max(created_at) desc, import_id desc
            limit 1"#,
        organization,
        event,
        now
    )
    .fetch_optional(tx)
    .await
}

pub struct ImportRoleRow {
    pub role: String,
    /// Invitations of it wait for an answer.
    pub is_open: bool,
}

/// As what a list invited; nothing where it was sent to something else.
pub async fn roles_of_import(
    tx: &mut PgConnection,
    import: Uuid,
    organization: Option<Uuid>,
    event: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ImportRoleRow>> {
    sqlx::query_as!(
        ImportRoleRow,
        r#"select role, bool_or(status = 'PENDING' and expires_at > $4) as "is_open!"
             from invitations
            where import_id = $1 and (organization_id = $2 or event_id = $3)
            group by role
            order by role
            limit 10"#,
        import,
        organization,
        event,
        now
    )
    .fetch_all(tx)
    .await
}

pub struct CancelledRow {
    pub id: Uuid,
    pub address: String,
    pub mail_id: Option<Uuid>,
}

pub async fn cancel_import(
    tx: &mut PgConnection,
    import: Uuid,
    organization: Option<Uuid>,
    event: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<CancelledRow>> {
    sqlx::query_as!(
        CancelledRow,
        "update invitations set status = 'CANCELLED', ended_at = $4
          where id in (select id from invitations
                        where import_id = $1 and (organization_id = $2 or event_id = $3) and status = 'PENDING'
                          and expires_at > $4
                        order by id
                          for update)
         returning id, address, mail_id",
        import,
        organization,
        event,
        now
    )
    .fetch_all(tx)
    .await
}
