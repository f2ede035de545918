use domain::accounts::{Privacy, ProfileDetails, SocialLinks};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ProfileRow {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub company: Option<String>,
    pub title: Option<String>,
    pub pronouns: Option<String>,
    pub bio: Option<String>,
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub mastodon: Option<String>,
    pub github: Option<String>,
    pub website: Option<String>,
    pub profile_version: i32,
    pub privacy_version: i32,
    pub time_zone: Option<String>,
    pub email_visibility: String,
    pub show_public_email: bool,
    pub public_email: Option<String>,
    pub allow_connection_requests: String,
    pub social_links_visibility: String,
    pub show_company: bool,
    pub show_bio: bool,
    pub show_presence: bool,
    pub send_read_receipts: bool,
}

pub async fn profile(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<ProfileRow>> {
    sqlx::query_as!(
        ProfileRow,
        "select email, first_name, last_name, avatar_file_id, company, title, pronouns, bio, linkedin, x, mastodon, github, website,
                profile_version, privacy_version, time_zone, email_visibility, show_public_email, public_email, allow_connection_requests,
                social_links_visibility, show_company, show_bio, show_presence, send_read_receipts
           from users where id = $1",
        user
    )
    .fetch_optional(db)
    .await
}

/// False when a newer version was saved meanwhile.
pub async fn update_profile(
    db: impl PgExecutor<'_>,
    user: Uuid,
    version: i32,
    details: &ProfileDetails,
    links: &SocialLinks,
    time_zone: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users
            set first_name = $3, last_name = $4, company = $5, title = $6, pronouns = $7, bio = $8, linkedin = $9,
                x = $10, mastodon = $11, github = $12, website = $13, profile_version = profile_version + 1,
                updated_at = $14, time_zone = $15
          where id = $1 and profile_version = $2 and state = 'ACTIVE'",
        user,
        version,
        details.first_name.as_str(),
        details.last_name.as_str(),
        details.company.as_deref(),
        details.title.as_deref(),
        details.pronouns.as_deref(),
        details.bio.as_deref(),
        links.linkedin.as_deref(),
        links.x.as_deref(),
        links.mastodon.as_deref(),
        links.github.as_deref(),
        links.website.as_deref(),
        now,
        time_zone
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False when a newer version was saved meanwhile.
pub async fn update_privacy(
    db: impl PgExecutor<'_>,
    user: Uuid,
    version: i32,
    privacy: &Privacy,
    [show_presence, send_read_receipts]: [bool; 2],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users
            set email_visibility = $2, show_public_email = $3, public_email = $4, allow_connection_requests = $5,
                social_links_visibility = $6, show_company = $7, show_bio = $8, show_presence = $9,
                send_read_receipts = $10, updated_at = $11, privacy_version = privacy_version + 1
          where id = $1 and privacy_version = $12 and state = 'ACTIVE'",
        user,
        privacy.email_visibility.as_str(),
        privacy.show_public_email,
        privacy.public_email.as_ref().map(domain::accounts::EmailAddress::as_str),
        privacy.connection_requests.as_str(),
        privacy.social_links.as_str(),
        privacy.show_company,
        privacy.show_bio,
        show_presence,
        send_read_receipts,
        now,
        version
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub struct PrivacyRow {
    pub email_visibility: String,
    pub show_public_email: bool,
    pub public_email: Option<String>,
    pub allow_connection_requests: String,
    pub social_links_visibility: String,
    pub show_company: bool,
    pub show_bio: bool,
}

/// What a person set inside one event, with its version.
pub struct OverrideRow {
    pub version: i64,
    pub email_visibility: String,
    pub show_public_email: bool,
    pub public_email: Option<String>,
    pub allow_connection_requests: String,
    pub social_links_visibility: String,
    pub show_company: bool,
    pub show_bio: bool,
}

pub async fn event_privacy(
    db: impl PgExecutor<'_>,
    event: Uuid,
    user: Uuid,
) -> sqlx::Result<Option<OverrideRow>> {
    sqlx::query_as!(
        OverrideRow,
        "select version, email_visibility, show_public_email, public_email, allow_connection_requests,
                social_links_visibility, show_company, show_bio
           from event_privacy where event_id = $1 and user_id = $2",
        event,
        user
    )
    .fetch_optional(db)
    .await
}

/// Saves over `version`, which is 0 where there was none; false when a newer one was saved meanwhile. A first version is
/// a number no earlier one had: settings may be removed and made again.
pub async fn set_event_privacy(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    version: i64,
    privacy: &Privacy,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into event_privacy (event_id, user_id, email_visibility, show_public_email, public_email,
                                    allow_connection_requests, social_links_visibility, show_company, show_bio,
                                    updated_at, version)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (extract(epoch from $10::timestamptz) * 1000)::bigint
          where $11::bigint = 0
             or exists (select 1 from event_privacy p where p.event_id = $1 and p.user_id = $2)
         on conflict (event_id, user_id) do update
            set email_visibility = excluded.email_visibility, show_public_email = excluded.show_public_email,
                public_email = excluded.public_email,
                allow_connection_requests = excluded.allow_connection_requests,
                social_links_visibility = excluded.social_links_visibility,
                show_company = excluded.show_company, show_bio = excluded.show_bio,
                updated_at = excluded.updated_at, version = event_privacy.version + 1
          where event_privacy.version = $11",
        event,
        user,
        privacy.email_visibility.as_str(),
        privacy.show_public_email,
        privacy.public_email.as_ref().map(domain::accounts::EmailAddress::as_str),
        privacy.connection_requests.as_str(),
        privacy.social_links.as_str(),
        privacy.show_company,
        privacy.show_bio,
        now,
        version
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn delete_event_privacy(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from event_privacy where event_id = $1 and user_id = $2", event, user)
        .execute(db)
        .await
        .map(drop)
}

pub struct EventPrivacyRow {
    pub title: String,
    pub slug: String,
    pub email_visibility: String,
    pub show_public_email: bool,
    pub public_email: Option<String>,
    pub allow_connection_requests: String,
    pub social_links_visibility: String,
    pub show_company: bool,
    pub show_bio: bool,
}

/// Where a person set something of their own.
pub async fn event_privacies(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<EventPrivacyRow>> {
    sqlx::query_as!(
        EventPrivacyRow,
        "select e.title, e.slug, p.email_visibility, p.show_public_email, p.public_email,
                p.allow_connection_requests, p.social_links_visibility, p.show_company, p.show_bio
           from event_privacy p join events e on e.id = p.event_id
          where p.user_id = $1
          order by e.start_date desc, e.id
          limit 1000",
        user
    )
    .fetch_all(db)
    .await
}
