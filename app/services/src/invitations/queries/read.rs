use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct JudgedRow {
    pub address: String,
    /// Of the account or placeholder, if there is one.
    pub state: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// ACTIVE for every member of an organization.
    pub membership: Option<String>,
    pub is_invited: bool,
}

/// Where each address stands with one target: one statement, however many.
pub async fn judge(
    tx: &mut PgConnection,
    organization: Option<Uuid>,
    event: Option<Uuid>,
    addresses: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<JudgedRow>> {
    sqlx::query_as!(
        JudgedRow,
        r#"select a.address as "address!", u.state as "state?", u.first_name as "first_name?",
                  u.last_name as "last_name?",
                  coalesce(e.status, case when m.role is not null then 'ACTIVE' end) as "membership?",
                  exists (select 1 from invitations i
                           where i.address = a.address and i.status = 'PENDING' and i.expires_at > $4
                             and (i.organization_id = $1 or i.event_id = $2)) as "is_invited!"
             from unnest($3::text[]) as a (address)
             left join users u on u.email = a.address
             left join organization_members m on m.organization_id = $1 and m.user_id = u.id
             left join event_members e on e.event_id = $2 and e.user_id = u.id
            order by a.address
            limit cardinality($3)"#,
        organization,
        event,
        addresses,
        now
    )
    .fetch_all(tx)
    .await
}

/// An invitation with everything its link page tells, and whose address it is for.
pub struct FoundRow {
    pub id: Uuid,
    pub organization_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub owner_id: Uuid,
    pub organization_name: String,
    pub organization_slug: String,
    /// Whether the target still takes people in.
    pub is_open: bool,
    pub address: String,
    pub name: Option<String>,
    pub role: String,
    pub message: Option<String>,
    pub status: String,
    pub expires_at: OffsetDateTime,
    pub token_hash: Vec<u8>,
    pub mail_id: Option<Uuid>,
    pub inviter_first_name: String,
    pub inviter_last_name: String,
    pub account_id: Option<Uuid>,
    pub account_state: Option<String>,
    pub event_slug: Option<String>,
    pub title: Option<String>,
    pub host_name: Option<String>,
    pub start_date: Option<Date>,
    pub end_date: Option<Date>,
    pub time_zone: Option<String>,
    pub format: Option<String>,
    pub venue_name: Option<String>,
    pub venue_city: Option<String>,
    pub venue_country: Option<String>,
}

/// By the hash of its token, or by its id.
pub async fn find(
    db: impl PgExecutor<'_>,
    token_hash: Option<&[u8]>,
    id: Option<Uuid>,
) -> sqlx::Result<Option<FoundRow>> {
    sqlx::query_as!(
        FoundRow,
        r#"select i.id, i.organization_id, i.event_id, org.id as owner_id, org.name as organization_name,
                  org.slug as organization_slug,
                  (org.deleted_at is null and (e.id is null or e.status in ('DRAFT', 'PUBLISHED'))) as "is_open!",
                  i.address, i.name, i.role, i.message, i.status, i.expires_at, i.token_hash, i.mail_id,
                  b.first_name as inviter_first_name, b.last_name as inviter_last_name,
                  u.id as "account_id?", u.state as "account_state?",
                  e.slug as "event_slug?", e.title as "title?", e.host_name as "host_name?",
                  e.start_date as "start_date?", e.end_date as "end_date?", e.time_zone as "time_zone?",
                  e.format as "format?", e.venue_name as "venue_name?", e.venue_city as "venue_city?",
                  e.venue_country as "venue_country?"
             from invitations i
             left join events e on e.id = i.event_id
             join organizations org on org.id = coalesce(i.organization_id, e.organization_id)
             join users b on b.id = i.invited_by
             left join users u on u.email = i.address
            where i.token_hash = $1 or i.id = $2"#,
        token_hash,
        id
    )
    .fetch_optional(db)
    .await
}

/// Whether a newer link took the place of this one.
pub async fn was_replaced(db: impl PgExecutor<'_>, token_hash: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from invitation_replaced_tokens where token_hash = $1) as "found!""#,
        token_hash
    )
    .fetch_one(db)
    .await
}

/// One of a person's open invitations.
pub struct PendingRow {
    pub id: Uuid,
    pub role: String,
    pub message: Option<String>,
    pub expires_at: OffsetDateTime,
    pub inviter_first_name: String,
    pub inviter_last_name: String,
    pub organization_name: String,
    pub organization_slug: String,
    pub event_slug: Option<String>,
    pub title: Option<String>,
    pub host_name: Option<String>,
    pub start_date: Option<Date>,
    pub end_date: Option<Date>,
    pub time_zone: Option<String>,
    pub format: Option<String>,
    pub venue_name: Option<String>,
    pub venue_city: Option<String>,
    pub venue_country: Option<String>,
}

/// Newest first.
pub async fn pending_for(
    db: impl PgExecutor<'_>,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<PendingRow>> {
    sqlx::query_as!(
        PendingRow,
        r#"select i.id, i.role, i.message, i.expires_at,
                  b.first_name as inviter_first_name, b.last_name as inviter_last_name,
                  org.name as organization_name, org.slug as organization_slug,
                  e.slug as "event_slug?", e.title as "title?", e.host_name as "host_name?",
                  e.start_date as "start_date?", e.end_date as "end_date?", e.time_zone as "time_zone?",
                  e.format as "format?", e.venue_name as "venue_name?", e.venue_city as "venue_city?",
                  e.venue_country as "venue_country?"
             from users u
             join invitations i on i.address = u.email and i.ended_at is null and i.expires_at > $2
             left join events e on e.id = i.event_id
             join organizations org on org.id = coalesce(i.organization_id, e.organization_id)
             join users b on b.id = i.invited_by
            where u.id = $1 and org.deleted_at is null and (e.id is null or e.status in ('DRAFT', 'PUBLISHED'))
            order by i.created_at desc, i.id desc
            limit 50"#,
        user,
        now
    )
    .fetch_all(db)
    .await
}

/// What to look for among the invitations of one target.
pub struct WantedList<'a> {
    pub organization: Option<Uuid>,
    pub event: Option<Uuid>,
    pub text: &'a str,
    pub status: Option<&'a str>,
    pub delivery: Option<&'a str>,
    pub now: OffsetDateTime,
}

pub async fn count(db: impl PgExecutor<'_>, wanted: &WantedList<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from invitations i
            where (i.organization_id = $1 or i.event_id = $2) and strpos(i.address, lower($3)) > 0
              and ($4::text is null or $4 = case when i.status = 'PENDING' and i.expires_at <= $6 then 'EXPIRED'
                                                 else i.status end)
              and ($5::text is null or i.delivery = $5)"#,
        wanted.organization,
        wanted.event,
        wanted.text,
        wanted.status,
        wanted.delivery,
        wanted.now
    )
    .fetch_one(db)
    .await
}

pub struct ListRow {
    pub id: Uuid,
    pub address: String,
    pub role: String,
    pub status: String,
    pub delivery: String,
    pub delivery_answer: Option<String>,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub inviter_first_name: String,
    pub inviter_last_name: String,
}

/// Newest first.
pub async fn invitations(
    db: impl PgExecutor<'_>,
    wanted: &WantedList<'_>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"select i.id, i.address, i.role,
                  case when i.status = 'PENDING' and i.expires_at <= $6 then 'EXPIRED' else i.status end as "status!",
                  i.delivery, i.delivery_answer, i.created_at, i.expires_at,
                  b.first_name as inviter_first_name, b.last_name as inviter_last_name
             from invitations i join users b on b.id = i.invited_by
            where (i.organization_id = $1 or i.event_id = $2) and strpos(i.address, lower($3)) > 0
              and ($4::text is null or $4 = case when i.status = 'PENDING' and i.expires_at <= $6 then 'EXPIRED'
                                                 else i.status end)
              and ($5::text is null or i.delivery = $5)
            order by i.created_at desc, i.id desc
            limit $7 offset $8"#,
        wanted.organization,
        wanted.event,
        wanted.text,
        wanted.status,
        wanted.delivery,
        wanted.now,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

/// How many wait for an answer.
pub async fn pending(
    db: impl PgExecutor<'_>,
    organization: Option<Uuid>,
    event: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from invitations i
            where (i.organization_id = $1 or i.event_id = $2) and i.status = 'PENDING' and i.expires_at > $3"#,
        organization,
        event,
        now
    )
    .fetch_one(db)
    .await
}

/// The open invitations of an address, the newest first.
pub async fn open_of_address(
    db: impl PgExecutor<'_>,
    address: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from invitations where address = $1 and ended_at is null and expires_at > $2
          order by created_at desc, id desc
          limit 10",
        address,
        now
    )
    .fetch_all(db)
    .await
}
