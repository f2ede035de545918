use sqlx::PgExecutor;
use uuid::Uuid;

pub struct PersonInEventRow {
    pub id: Uuid,
    /// Of an active membership, where there is one.
    pub role: Option<String>,
    pub is_listed: bool,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub company: Option<String>,
    pub title: Option<String>,
    pub event_title: Option<String>,
    pub pronouns: Option<String>,
    pub bio: Option<String>,
    pub event_bio: Option<String>,
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub mastodon: Option<String>,
    pub github: Option<String>,
    pub website: Option<String>,
    pub email_visibility: String,
    pub show_public_email: bool,
    pub public_email: Option<String>,
    pub allow_connection_requests: String,
    pub social_links_visibility: String,
    pub show_company: bool,
    pub show_bio: bool,
    pub show_presence: bool,
}

/// The privacy is that of the event, as a whole, where the person set one.
pub async fn people_in_event(
    db: impl PgExecutor<'_>,
    event: Uuid,
    users: &[Uuid],
) -> sqlx::Result<Vec<PersonInEventRow>> {
    sqlx::query_as!(
        PersonInEventRow,
        r#"select u.id, m.role as "role?", coalesce(m.show_in_directory, false) as "is_listed!", u.email, u.first_name, u.last_name, u.avatar_file_id, u.company, u.title, m.event_title,
                  u.pronouns, u.bio, m.event_bio, u.linkedin, u.x, u.mastodon, u.github, u.website,
                  coalesce(p.email_visibility, u.email_visibility) as "email_visibility!",
                  coalesce(p.show_public_email, u.show_public_email) as "show_public_email!",
                  case when p.user_id is null then u.public_email else p.public_email end as public_email,
                  coalesce(p.allow_connection_requests, u.allow_connection_requests) as "allow_connection_requests!",
                  coalesce(p.social_links_visibility, u.social_links_visibility) as "social_links_visibility!",
                  coalesce(p.show_company, u.show_company) as "show_company!",
                  coalesce(p.show_bio, u.show_bio) as "show_bio!", u.show_presence
             from users u
             join event_members m on m.event_id = $1 and m.user_id = u.id and m.status = 'ACTIVE'
             left join event_privacy p on p.event_id = $1 and p.user_id = u.id
            where u.id = any($2) and u.state = 'ACTIVE'
            order by lower(u.last_name), lower(u.first_name), u.id
            limit cardinality($2)"#,
        event,
        users
    )
    .fetch_all(db)
    .await
}

/// People with an open account, each as they stand in an event of theirs, or anywhere: where they are no active member,
/// nothing of the event counts.
pub async fn people_seen(
    db: impl PgExecutor<'_>,
    users: &[Uuid],
    events: &[Option<Uuid>],
) -> sqlx::Result<Vec<PersonInEventRow>> {
    sqlx::query_as!(
        PersonInEventRow,
        r#"select u.id, m.role as "role?", coalesce(m.show_in_directory, false) as "is_listed!", u.email, u.first_name, u.last_name, u.avatar_file_id, u.company, u.title,
                  m.event_title as "event_title?", u.pronouns, u.bio, m.event_bio as "event_bio?", u.linkedin, u.x,
                  u.mastodon, u.github, u.website,
                  coalesce(p.email_visibility, u.email_visibility) as "email_visibility!",
                  coalesce(p.show_public_email, u.show_public_email) as "show_public_email!",
                  case when p.user_id is null then u.public_email else p.public_email end as public_email,
                  coalesce(p.allow_connection_requests, u.allow_connection_requests) as "allow_connection_requests!",
                  coalesce(p.social_links_visibility, u.social_links_visibility) as "social_links_visibility!",
                  coalesce(p.show_company, u.show_company) as "show_company!",
                  coalesce(p.show_bio, u.show_bio) as "show_bio!", u.show_presence
             from unnest($1::uuid[], $2::uuid[]) as seen (user_id, event_id)
             join users u on u.id = seen.user_id and u.state = 'ACTIVE'
             left join event_members m
               on m.event_id = seen.event_id and m.user_id = seen.user_id and m.status = 'ACTIVE'
             left join event_privacy p on p.event_id = m.event_id and p.user_id = m.user_id
            order by u.id
            limit cardinality($1)"#,
        users,
        events as &[Option<Uuid>]
    )
    .fetch_all(db)
    .await
}
