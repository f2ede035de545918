use domain::accounts::full_name;
use domain::attendees::{BioHere, TitleHere};
use domain::events::EventAction;
use domain::ids::{EventId, UserId};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::held::hold;
use super::queries;
use crate::events;
use crate::{Outcome, ServiceError, Services, db};

/// What a form about a member's words for one event posts.
#[derive(Debug, Clone, Default)]
pub struct TextFields {
    pub title: String,
    pub bio: String,
    /// The version the form was opened with.
    pub version: String,
}

impl TextFields {
    fn parse(&self) -> Result<(TitleHere, BioHere, i32), FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.take("event_title", TitleHere::parse(&self.title));
        let bio = errors.take("event_bio", BioHere::parse(&self.bio));
        let version = self.version.parse().map_err(|_| "Load this page again and retry.");
        let version = errors.take("version", version);
        match (title, bio, version) {
            (Some(title), Some(bio), Some(version)) => Ok((title, bio, version)),
            _ => Err(errors),
        }
    }
}

/// Writes the texts of one member, in the caller's transaction, unless a newer version was saved meanwhile.
async fn write(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (event, user): (Uuid, Uuid),
    fields: &TextFields,
    is_listed: Option<bool>,
) -> Outcome<()> {
    let (title, bio, version) = fields.parse()?;
    let new = queries::NewTexts {
        title: title.as_deref(),
        bio: bio.as_deref(),
        is_listed,
        version,
        by: person.user.get(),
        now: services.clock.now(),
    };
    if queries::set_texts(&mut *tx, event, user, &new).await? {
        return Ok(());
    }
    let editor = queries::last_texts_editor(tx, event, user).await?;
    let by = if editor.id == person.user.get() {
        "You".to_owned()
    } else {
        full_name(&editor.first_name, &editor.last_name)
    };
    Err(Conflict::StaleEdit { by }.into())
}

/// What a member says of themselves here; nothing where the profile counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTexts {
    pub title: Option<String>,
    pub bio: Option<String>,
    /// Other members find them in the directory.
    pub is_listed: bool,
    /// Raised by each edit.
    pub version: i32,
}

/// The own words in an event the person is known to be in; `None` for owners without a membership: one statement.
///
/// # Errors
/// Database errors only.
pub async fn own_texts(services: &Services, person: &SignedIn, event: EventId) -> Outcome<Option<OwnTexts>> {
    let row = queries::texts(&services.db, event.get(), person.user.get()).await?;
    Ok(row.map(|row| OwnTexts {
        title: row.title,
        bio: row.bio,
        is_listed: row.is_listed,
        version: row.version,
    }))
}

/// Saves the own title and biography for an event, empty for those of the profile, and whether others find the person
/// in the directory.
///
/// # Errors
/// As the policy for [`EventAction::SeeMemberPages`], also for who has no membership; [`FieldErrors`] on `event_title`,
/// `event_bio` and `version`; [`Conflict::StaleEdit`]; [`Conflict::EventArchived`].
pub async fn save_own_texts(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &TextFields,
    is_listed: bool,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::SaveOwnTexts)?;
    if !event.standing.has_membership_row() {
        return Err(ServiceError::NOT_FOUND);
    }
    write(services, &mut tx, person, (event.id, person.user.get()), fields, Some(is_listed)).await?;
    Ok(tx.commit().await?)
}

/// Saves another's title and biography for an event.
///
/// # Errors
/// As the policy for [`EventAction::EditMemberTexts`]; [`domain::AppError::NotFound`]; [`FieldErrors`] on `event_title`,
/// `event_bio` and `version`; [`Conflict::StaleEdit`].
pub async fn save_texts(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    fields: &TextFields,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, user, EventAction::EditMemberTexts).await?;
    write(services, &mut tx, person, (held.event.id, held.user.get()), fields, None).await?;
    Ok(tx.commit().await?)
}
