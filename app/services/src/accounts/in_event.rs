use std::collections::HashMap;

use domain::accounts::{Privacy, Profile, Relation, SocialLinks, VisibleProfile, full_name};
use domain::attendees::EventRole;
use domain::ids::{EventId, FileId, UserId};
use uuid::Uuid;

use super::profile::read_privacy;
use super::queries;
use crate::{Outcome, ServiceError, Services};

/// A person as one of their events knows them, or as they are anywhere. They leave the server only through
/// [`Self::shown_to`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonInEvent {
    /// Title and biography are those for the event where there are any.
    pub(crate) profile: Profile,
    /// In force in this event.
    pub(crate) privacy: Privacy,
    /// Whether members find them in the directory there.
    pub(crate) is_listed: bool,
    /// `None` where they are no active member, and anywhere.
    pub(crate) role: Option<EventRole>,
    /// What a speaker says of themselves for the event is for everybody who sees them there.
    on_stage: [Option<String>; 2],
}

impl PersonInEvent {
    /// What one viewer gets. Whether they may see the person at all is decided before.
    pub(crate) fn shown_to(&self, relation: Relation) -> VisibleProfile {
        let shown = self.profile.shown_to(&self.privacy, relation);
        let [title, bio] = self.on_stage.clone();
        VisibleProfile { title: title.or(shown.title), bio: bio.or(shown.bio), ..shown }
    }

    /// What is left for somebody who had to do with the person, and doesn't see them any more.
    pub(crate) fn name_alone(&self) -> VisibleProfile {
        VisibleProfile::name_alone(self.profile.user, self.profile.full_name.clone())
    }
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

/// People with an open account, each as they stand in an event, or anywhere: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn people_seen(
    services: &Services,
    seen: &[(UserId, Option<EventId>)],
) -> Outcome<HashMap<UserId, PersonInEvent>> {
    let users: Vec<Uuid> = seen.iter().map(|(user, _)| user.get()).collect();
    let events: Vec<Option<Uuid>> = seen.iter().map(|(_, event)| event.map(EventId::get)).collect();
    let rows = queries::people_seen(&services.db, &users, &events).await?;
    rows.into_iter().map(|row| Ok((UserId::new(row.id), read(row)?))).collect()
}

fn read(row: queries::PersonInEventRow) -> Outcome<PersonInEvent> {
    let role = row.role.as_deref().map(|role| {
        EventRole::from_stored(role).ok_or_else(|| ServiceError::unknown_value("event_members.role", role))
    });
    let role = role.transpose()?;
    let on_stage = match role {
        Some(EventRole::Speaker) => [row.event_title.clone(), row.event_bio.clone()],
        Some(EventRole::Attendee | EventRole::Moderator | EventRole::Organizer | EventRole::Admin) | None => {
            [None, None]
        }
    };
    Ok(PersonInEvent {
        role,
        is_listed: row.is_listed,
        on_stage,
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
