use domain::attendees::{BioHere, TitleHere};
use domain::events::EventAction;
use domain::ids::{EventId, UserId};
use domain::{FieldErrors, SignedIn};

use super::held::hold;
use super::queries;
use crate::events;
use crate::{Outcome, ServiceError, Services};

/// What a form about a member's words for one event posts.
#[derive(Debug, Clone, Default)]
pub struct TextFields {
    pub title: String,
    pub bio: String,
}

impl TextFields {
    fn parse(&self) -> Result<(TitleHere, BioHere), FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.take("event_title", TitleHere::parse(&self.title));
        let bio = errors.take("event_bio", BioHere::parse(&self.bio));
        match (title, bio) {
            (Some(title), Some(bio)) => Ok((title, bio)),
            _ => Err(errors),
        }
    }
}

/// What a member says of themselves here; nothing where the profile counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTexts {
    pub title: Option<String>,
    pub bio: Option<String>,
    /// Other members find them in the directory.
    pub is_listed: bool,
}

/// The own words in an event the person is known to be in; `None` for owners without a membership: one statement.
///
/// # Errors
/// Database errors only.
pub async fn own_texts(services: &Services, person: &SignedIn, event: EventId) -> Outcome<Option<OwnTexts>> {
    let row = queries::texts(&services.db, event.get(), person.user.get()).await?;
    Ok(row.map(|row| OwnTexts { title: row.title, bio: row.bio, is_listed: row.is_listed }))
}

/// Saves the own title and biography for an event, empty for those of the profile, and whether others find the person
/// in the directory.
///
/// # Errors
/// As the policy for [`EventAction::SeeMemberPages`], also for who has no membership; [`FieldErrors`] on `event_title` and
/// `event_bio`; [`domain::Conflict::EventArchived`].
pub async fn save_own_texts(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &TextFields,
    is_listed: bool,
) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::SaveOwnTexts)?;
    if !event.standing.has_membership_row() {
        return Err(ServiceError::NOT_FOUND);
    }
    let (title, bio) = fields.parse()?;
    let texts = (title.as_deref(), bio.as_deref());
    let (user, now) = (person.user.get(), services.clock.now());
    queries::set_texts(&mut tx, event.id, user, texts, Some(is_listed), now).await?;
    Ok(tx.commit().await?)
}

/// Saves another's title and biography for an event.
///
/// # Errors
/// As the policy for [`EventAction::EditMemberTexts`]; [`domain::AppError::NotFound`]; [`FieldErrors`] on `event_title` and
/// `event_bio`.
pub async fn save_texts(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    fields: &TextFields,
) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let held = hold(services, &mut tx, person, slug, user, EventAction::EditMemberTexts).await?;
    let (title, bio) = fields.parse()?;
    let texts = (title.as_deref(), bio.as_deref());
    let now = services.clock.now();
    queries::set_texts(&mut tx, held.event.id, held.user.get(), texts, None, now).await?;
    Ok(tx.commit().await?)
}
