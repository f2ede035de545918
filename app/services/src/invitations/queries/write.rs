use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// New invitations to one target that differ in address, token and mail.
pub struct NewInvitations<'a> {
    pub organization: Option<Uuid>,
    pub event: Option<Uuid>,
    pub role: &'a str,
    pub message: Option<&'a str>,
    pub invited_by: Uuid,
    pub now: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub ids: Vec<Uuid>,
    pub addresses: Vec<String>,
    /// Empty where nobody wrote one.
    pub names: Vec<String>,
    pub token_hashes: Vec<Vec<u8>>,
    pub mails: Vec<Uuid>,
    /// Of the list they stand in.
    pub import: Option<Uuid>,
}

pub async fn insert(tx: &mut PgConnection, new: &NewInvitations<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitations (id, organization_id, event_id, address, name, role, message, invited_by, user_id,
                                  token_hash, mail_id, created_at, expires_at, import_id)
         select n.id, $5, $6, n.address, nullif(n.name, ''), $7, $8, $9, u.id, n.token_hash, n.mail_id, $10, $11, $13
           from unnest($1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $12::text[])
                  as n (id, address, token_hash, mail_id, name)
           left join users u on u.email = n.address",
        &new.ids,
        &new.addresses,
        &new.token_hashes,
        &new.mails,
        new.organization,
        new.event,
        new.role,
        new.message,
        new.invited_by,
        new.now,
        new.expires_at,
        &new.names,
        new.import
    )
    .execute(tx)
    .await
    .map(drop)
}

/// An invitation as its inviters change it.
pub struct OwnRow {
    pub address: String,
    pub name: Option<String>,
    pub role: String,
    pub message: Option<String>,
    pub status: String,
    pub expires_at: OffsetDateTime,
    pub token_hash: Vec<u8>,
    pub mail_id: Option<Uuid>,
}

/// Locks one invitation of one target; there is none under another.
pub async fn lock_of_target(
    tx: &mut PgConnection,
    id: Uuid,
    organization: Option<Uuid>,
    event: Option<Uuid>,
) -> sqlx::Result<Option<OwnRow>> {
    sqlx::query_as!(
        OwnRow,
        "select address, name, role, message, status, expires_at, token_hash, mail_id from invitations
          where id = $1 and (organization_id = $2 or event_id = $3)
            for update",
        id,
        organization,
        event
    )
    .fetch_optional(tx)
    .await
}

pub async fn set_role(tx: &mut PgConnection, id: Uuid, role: &str, by: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitations set role = $2, invited_by = $3 where id = $1 and status = 'PENDING'",
        id,
        role,
        by
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn replace_token(tx: &mut PgConnection, id: Uuid, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitation_replaced_tokens (token_hash, invitation_id) values ($1, $2)",
        token_hash,
        id
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A new link for an invitation.
pub struct Resent<'a> {
    pub id: Uuid,
    pub token_hash: &'a [u8],
    pub mail: Uuid,
    pub by: Uuid,
    pub expires_at: OffsetDateTime,
}

pub async fn resend(tx: &mut PgConnection, new: &Resent<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitations i
            set token_hash = $2, mail_id = $3, invited_by = $4, expires_at = $5, status = 'PENDING', ended_at = null,
                delivery = 'QUEUED', delivery_answer = null, sent_at = null, is_mailed_quietly = false,
                user_id = (select u.id from users u where u.email = i.address)
          where i.id = $1 and i.status in ('PENDING', 'EXPIRED')",
        new.id,
        new.token_hash,
        new.mail,
        new.by,
        new.expires_at
    )
    .execute(tx)
    .await
    .map(drop)
}
