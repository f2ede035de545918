use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn lock_organization(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select id from organizations where id = $1 for no key update", id)
        .fetch_optional(tx)
        .await
        .map(drop)
}

/// As registering does: seats are taken one after another.
pub async fn lock_event(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select id from events where id = $1 for no key update", id)
        .fetch_optional(tx)
        .await
        .map(drop)
}

/// An invitation somebody answers.
pub struct LockedRow {
    pub role: String,
    pub status: String,
    pub expires_at: OffsetDateTime,
    pub token_hash: Vec<u8>,
    pub invited_by: Uuid,
    pub mail_id: Option<Uuid>,
}

pub async fn lock(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<LockedRow>> {
    sqlx::query_as!(
        LockedRow,
        "select role, status, expires_at, token_hash, invited_by, mail_id from invitations where id = $1 for update",
        id
    )
    .fetch_optional(tx)
    .await
}

/// Conditional: of parallel answers exactly one ends it, and none that was looked at before a newer link was sent.
pub async fn end(
    tx: &mut PgConnection,
    id: Uuid,
    token_hash: &[u8],
    status: &str,
    user: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update invitations
            set status = $2, user_id = coalesce($3, user_id),
                ended_at = case when $2 = 'EXPIRED' then expires_at else $4 end,
                responded_at = case when $2 in ('ACCEPTED', 'DECLINED') then $4 end
          where id = $1 and status = 'PENDING' and token_hash = $5",
        id,
        status,
        user,
        now,
        token_hash
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Where inviter and invited person stand now.
pub struct EntryFacts {
    pub inviter_state: String,
    pub inviter_organization_role: Option<String>,
    pub inviter_role: Option<String>,
    pub inviter_membership: Option<String>,
    pub organization_role: Option<String>,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub is_deleted: bool,
    pub event_status: Option<String>,
    pub visibility: Option<String>,
}

pub async fn entry_facts(tx: &mut PgConnection, id: Uuid, user: Option<Uuid>) -> sqlx::Result<EntryFacts> {
    sqlx::query_as!(
        EntryFacts,
        r#"select b.state as inviter_state, bo.role as "inviter_organization_role?", bm.role as "inviter_role?",
                  bm.status as "inviter_membership?", po.role as "organization_role?", pm.role as "role?",
                  pm.status as "membership?", org.deleted_at is not null as "is_deleted!",
                  e.status as "event_status?", e.visibility as "visibility?"
             from invitations i
             left join events e on e.id = i.event_id
             join organizations org on org.id = coalesce(i.organization_id, e.organization_id)
             join users b on b.id = i.invited_by
             left join organization_members bo on bo.organization_id = org.id and bo.user_id = b.id
             left join event_members bm on bm.event_id = e.id and bm.user_id = b.id
             left join organization_members po on po.organization_id = org.id and po.user_id = $2
             left join event_members pm on pm.event_id = e.id and pm.user_id = $2
            where i.id = $1"#,
        id,
        user
    )
    .fetch_one(tx)
    .await
}

/// The mails of those it ended.
pub async fn cancel_all_of_event(
    tx: &mut PgConnection,
    event: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Option<Uuid>>> {
    sqlx::query_scalar!(
        "update invitations set status = 'CANCELLED', ended_at = $2
          where id in (select id from invitations where event_id = $1 and status = 'PENDING' order by id for update)
         returning mail_id",
        event,
        now
    )
    .fetch_all(tx)
    .await
}

/// Those to its events too; the mails of those it ended.
pub async fn cancel_all_of_organization(
    tx: &mut PgConnection,
    organization: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Option<Uuid>>> {
    sqlx::query_scalar!(
        "update invitations set status = 'CANCELLED', ended_at = $2, cancelled_with_organization = true
          where id in (select id from invitations
                        where status = 'PENDING'
                          and (organization_id = $1 or event_id in (select id from events where organization_id = $1))
                        order by id
                          for update)
         returning mail_id",
        organization,
        now
    )
    .fetch_all(tx)
    .await
}

/// Opens again what was cancelled with the organization and has time left; the rest stays cancelled for good. A mail that
/// was taken back then has to be sent again by hand.
pub async fn restore_all_of_organization(
    tx: &mut PgConnection,
    organization: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitations i
            set status = case when opens.again then 'PENDING' else i.status end,
                ended_at = case when opens.again then null else i.ended_at end, cancelled_with_organization = false,
                delivery = case when opens.again and i.delivery = 'QUEUED' and i.mail_id is null then 'FAILED'
                                else i.delivery end
           from (select old.id,
                        old.status = 'CANCELLED' and old.expires_at > $2
                        and (old.organization_id = $1 or e.status in ('DRAFT', 'PUBLISHED')) as again
                   from invitations old
                   left join events e on e.id = old.event_id
                  where old.cancelled_with_organization and (old.organization_id = $1 or e.organization_id = $1)
                  order by old.id
                    for update of old) opens
          where i.id = opens.id",
        organization,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Locks all invitations of these people, in the order of their ids, before the people themselves.
pub async fn lock_invited(tx: &mut PgConnection, users: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from invitations
          where user_id = any($1) or address in (select email from users where id = any($1))
          order by id
            for update",
        users
    )
    .fetch_all(tx)
    .await
    .map(drop)
}

/// Puts a newer link into an open invitation, which goes on until it would have. What its inviters see stays: the
/// mail tells them nothing, unless it takes the place of one they wait for.
pub async fn renew_link(tx: &mut PgConnection, id: Uuid, token_hash: &[u8], mail: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitations
            set token_hash = $2, mail_id = $3, is_mailed_quietly = (delivery <> 'QUEUED')
          where id = $1 and status = 'PENDING'",
        id,
        token_hash,
        mail
    )
    .execute(tx)
    .await
    .map(drop)
}
