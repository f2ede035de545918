//! What an event's page says beside its details: welcome, highlights, questions, conduct, contact, icebreakers.

use domain::accounts::EmailAddress;
use domain::events::{EventAction, Faq, HeroText, Highlight};
use domain::ids::{EventId, UserId};
use domain::text::{self, Lines};
use domain::{Conflict, FieldErrors, SignedIn};

use super::{EventHead, hold, page, queries};
use crate::{Outcome, Services, db};

/// What an event's page says, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventContent {
    pub hero_text: Option<String>,
    pub welcome_title: Option<String>,
    /// Markdown, as `conduct` and the answers of `faqs`.
    pub welcome_content: Option<String>,
    pub highlights: Vec<Highlight>,
    pub faqs: Vec<Faq>,
    pub conduct: Option<String>,
    pub contact_email: Option<String>,
    pub icebreakers: Vec<String>,
    pub waitlisted: i64,
    /// Which of them the viewer is, from 1; `None` for who doesn't wait.
    pub place_in_line: Option<i64>,
    pub version: i32,
}

/// The texts that are saved together, as typed.
#[derive(Debug, Clone, Default)]
pub struct SectionFields {
    pub hero_text: String,
    pub welcome_title: String,
    pub welcome_content: String,
    pub conduct: String,
    pub contact_email: String,
}

/// What a page of an event says, for whom the caller has let in: one statement.
///
/// # Errors
/// Database errors only.
pub async fn content(services: &Services, viewer: Option<UserId>, event: EventId) -> Outcome<EventContent> {
    Ok(queries::content(&services.db, event.get(), viewer.map(UserId::get)).await?.into())
}

/// The same for its organizers: two statements.
///
/// # Errors
/// As the policy for [`EventAction::SeeDashboard`].
pub async fn content_to_edit(
    services: &Services,
    person: &SignedIn,
    slug: &str,
) -> Outcome<(EventHead, domain::attendees::EventRole, EventContent)> {
    let (head, role) = page::open_for_organizers(services, person, slug).await?;
    let content = content(services, None, head.id).await?;
    Ok((head, role, content))
}

/// Saves the texts, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save_sections(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &SectionFields,
    version: i32,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::EditDetails)?;
    let sections = fields.parse()?;
    if !queries::save_sections(&mut tx, event.id, person.user.get(), version, &sections, now).await? {
        let by = queries::last_editor(&mut tx, event.id).await?.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    Ok(tx.commit().await?)
}

impl SectionFields {
    fn parse(&self) -> Result<queries::Sections, FieldErrors> {
        let mut errors = FieldErrors::default();
        let hero_text = errors.take("hero_text", HeroText::parse(&self.hero_text));
        let title = errors.take("welcome_title", text::clean_optional(&self.welcome_title, Lines::One, 150));
        let welcome = text::clean_optional(&self.welcome_content, Lines::Many, 5_000);
        let welcome = errors.take("welcome_content", welcome);
        let conduct = errors.take("conduct", text::clean_optional(&self.conduct, Lines::Many, 5_000));
        let email = match self.contact_email.trim() {
            "" => Some(None),
            email => {
                errors.take("contact_email", EmailAddress::parse(email)).map(|email| Some(email.to_string()))
            }
        };
        match (hero_text, title, welcome, conduct, email) {
            (
                Some(hero_text),
                Some(welcome_title),
                Some(welcome_content),
                Some(conduct),
                Some(contact_email),
            ) => Ok(queries::Sections {
                hero_text: hero_text.as_deref().map(ToOwned::to_owned),
                welcome_title,
                welcome_content,
                conduct,
                contact_email,
            }),
            _ => Err(errors),
        }
    }
}

impl From<queries::ContentRow> for EventContent {
    fn from(row: queries::ContentRow) -> Self {
        Self {
            hero_text: row.hero_text,
            welcome_title: row.welcome_title,
            welcome_content: row.welcome_content,
            highlights: row.highlights.0,
            faqs: row.faqs.0,
            conduct: row.conduct,
            contact_email: row.contact_email,
            icebreakers: row.icebreakers,
            waitlisted: row.waitlisted,
            place_in_line: row.place_in_line,
            version: row.version,
        }
    }
}
