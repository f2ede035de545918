use domain::accounts::{Privacy, Profile, SocialLinks, full_name};
use domain::ids::{EventId, FileId, UserId};
use uuid::Uuid;

use super::profile::read_privacy;
use super::queries;
use crate::{Outcome, Services};

/// A member of an event as it knows them. It leaves the server only through [`Profile::shown_to`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonInEvent {
    /// Title and biography are those for the event where there are any.
    pub(crate) profile: Profile,
    /// In force in this event.
    pub(crate) privacy: Privacy,
}

/// Those of these people who are active members, by last, then first name: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn people_in_event(
    services: &Services,
    event: EventId,
    users: &[UserId],
) -> Outcome<Vec<PersonInEvent>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.get()).collect();
    let rows = queries::people_in_event(&services.db, event.get(), &ids).await?;
    rows.into_iter().map(read).collect()
}

fn read(row: queries::PersonInEventRow) -> Outcome<PersonInEvent> {
    Ok(PersonInEvent {
        profile: Profile {
            user: UserId::new(row.id),
            full_name: full_name(&row.first_name, &row.last_name),
            avatar: row.avatar_file_id.map(FileId::new),
            pronouns: row.pronouns,
            email: row.email,
            company: row.company,
            title: row.event_title.or(row.title),
            bio: row.event_bio.or(row.bio),
            links: SocialLinks {
                linkedin: row.linkedin,
                x: row.x,
                mastodon: row.mastodon,
                github: row.github,
                website: row.website,
            },
            show_presence: row.show_presence,
        },
        privacy: read_privacy(queries::PrivacyRow {
            email_visibility: row.email_visibility,
            show_public_email: row.show_public_email,
            public_email: row.public_email,
            allow_connection_requests: row.allow_connection_requests,
            social_links_visibility: row.social_links_visibility,
            show_company: row.show_company,
            show_bio: row.show_bio,
        })?,
    })
}
