use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct TierRow {
    pub id: Uuid,
    pub key: String,
    pub name: String,
    pub colour: String,
    pub order_key: String,
    pub max_sponsors: Option<i32>,
    pub form_key: Uuid,
    pub version: i32,
    pub editor: Option<String>,
    pub deleted_at: Option<OffsetDateTime>,
}

pub async fn tiers(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<TierRow>> {
    sqlx::query_as!(
        TierRow,
        r#"select t.id, t.key, t.name, t.colour, t.order_key, t.max_sponsors, t.form_key, t.version,
                  case when u.id is not null then trim(u.first_name || ' ' || u.last_name) end as editor,
                  t.deleted_at
             from sponsor_tiers t left join users u on u.id = t.updated_by
            where t.event_id = $1
            order by t.order_key, t.id"#,
        event
    )
    .fetch_all(db)
    .await
}

/// What the board and the order need of a sponsor.
pub struct SponsorRow {
    pub id: Uuid,
    pub tier_id: Option<Uuid>,
    pub left_tier_id: Option<Uuid>,
    pub order_key: String,
    pub name: String,
    pub is_active: bool,
    pub is_featured: bool,
    pub contact_name: Option<String>,
    pub logo_file_id: Option<Uuid>,
    pub form_key: Uuid,
    pub deleted_at: Option<OffsetDateTime>,
}

pub async fn sponsors(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<SponsorRow>> {
    sqlx::query_as!(
        SponsorRow,
        "select id, tier_id, left_tier_id, order_key, name, is_active, is_featured, contact_name, logo_file_id,
                form_key, deleted_at
           from sponsors where event_id = $1
          order by order_key, id",
        event
    )
    .fetch_all(db)
    .await
}

/// Everything organizers edit, contacts included.
pub struct FullSponsorRow {
    pub name: String,
    pub description: Option<String>,
    pub website: Option<String>,
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub youtube: Option<String>,
    pub tiktok: Option<String>,
    pub instagram: Option<String>,
    pub facebook: Option<String>,
    pub other_link: Option<String>,
    pub benefits: Option<String>,
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub contact_phone: Option<String>,
    pub version: i32,
    pub editor: Option<String>,
}

pub async fn sponsor(
    db: impl PgExecutor<'_>,
    event: Uuid,
    sponsor: Uuid,
) -> sqlx::Result<Option<FullSponsorRow>> {
    sqlx::query_as!(
        FullSponsorRow,
        r#"select s.name, s.description, s.website, s.linkedin, s.x, s.youtube, s.tiktok, s.instagram, s.facebook,
                  s.other_link, s.benefits, s.contact_name, s.contact_email, s.contact_phone, s.version,
                  case when u.id is not null then trim(u.first_name || ' ' || u.last_name) end as editor
             from sponsors s left join users u on u.id = s.updated_by
            where s.event_id = $1 and s.id = $2 and s.deleted_at is null"#,
        event,
        sponsor
    )
    .fetch_optional(db)
    .await
}

/// What everybody may see of a sponsor who sees the event: never a contact.
pub struct ShownRow {
    pub tier_id: Option<Uuid>,
    pub tier_name: Option<String>,
    pub tier_colour: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub website: Option<String>,
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub youtube: Option<String>,
    pub tiktok: Option<String>,
    pub instagram: Option<String>,
    pub facebook: Option<String>,
    pub other_link: Option<String>,
    pub benefits: Option<String>,
    pub is_featured: bool,
    pub logo_file_id: Option<Uuid>,
}

/// Active ones by the order of their tiers, then their own; those without a tier last.
pub async fn shown(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<ShownRow>> {
    sqlx::query_as!(
        ShownRow,
        r#"select t.id as "tier_id?", t.name as "tier_name?", t.colour as "tier_colour?", s.name, s.description,
                  s.website, s.linkedin, s.x, s.youtube, s.tiktok, s.instagram, s.facebook, s.other_link, s.benefits,
                  s.is_featured, s.logo_file_id
             from sponsors s
             left join sponsor_tiers t on t.event_id = s.event_id and t.id = s.tier_id
            where s.event_id = $1 and s.is_active and s.deleted_at is null
            order by t.order_key nulls last, s.order_key, s.id
            limit 500"#,
        event
    )
    .fetch_all(db)
    .await
}
