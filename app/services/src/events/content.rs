//! What an event's page says beside its details: welcome, highlights, questions, conduct, contact, icebreakers.

use domain::accounts::EmailAddress;
use domain::events::{
    EventAction, Faq, HeroText, Highlight, Icebreaker, MAX_FAQS, MAX_HIGHLIGHTS, MAX_ICEBREAKERS, Shift,
};
use domain::ids::{EventId, UserId};
use domain::text::{self, Lines};
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{EventHead, hold, page, queries};
use crate::{Outcome, ServiceError, Services, db};

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

/// A list of an event that people order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentList {
    Highlights,
    Faqs,
    Icebreakers,
}

/// An entry of one of them, as typed: a highlight's title, text and icon; question and answer; an icebreaker's text.
#[derive(Debug, Clone, Default)]
pub struct EntryFields {
    pub title: String,
    pub text: String,
    pub icon: String,
}

impl ContentList {
    /// # Errors
    /// [`AppError::NotFound`] for another list.
    pub fn parse(input: &str) -> Result<Self, AppError> {
        match input {
            "highlights" => Ok(Self::Highlights),
            "faqs" => Ok(Self::Faqs),
            "icebreakers" => Ok(Self::Icebreakers),
            _ => Err(AppError::NotFound),
        }
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Highlights => "highlights",
            Self::Faqs => "faqs",
            Self::Icebreakers => "icebreakers",
        }
    }
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

/// Adds an entry at the end of a list.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field of the entry, under `title` also when the list is full.
pub async fn add_entry(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    list: ContentList,
    fields: &EntryFields,
) -> Outcome<()> {
    change(services, person, slug, None, |lists| lists.put(list, None, fields)).await
}

/// Writes an entry anew, unless the list was changed meanwhile.
///
/// # Errors
/// As [`add_entry`]; [`Conflict::OrderChanged`].
pub async fn save_entry(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    (list, at): (ContentList, usize),
    fields: &EntryFields,
    version: i32,
) -> Outcome<()> {
    change(services, person, slug, Some(version), |lists| lists.put(list, Some(at), fields)).await
}

/// Moves an entry one place (`up`, `down`), to the front (`first`) or behind another (`after.2`), or removes it
/// (`remove`), unless the list was changed meanwhile.
///
/// # Errors
/// As the policy; [`Conflict::OrderChanged`]; [`FieldErrors`] for the last icebreaker.
pub async fn shift_entry(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    (list, at): (ContentList, usize),
    shift: &str,
    version: i32,
) -> Outcome<()> {
    change(services, person, slug, Some(version), |lists| lists.shift(list, at, Shift::parse(shift)?)).await
}

async fn change(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    version: Option<i32>,
    edit: impl FnOnce(&mut EventContent) -> Result<ContentList, AppError>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::EditDetails)?;
    let mut content: EventContent = queries::content(&mut *tx, event.id, None).await?.into();
    if version.is_some_and(|version| version != content.version) {
        return Err(Conflict::OrderChanged.into());
    }
    let changed = edit(&mut content)?;
    write(services, &mut tx, person, event.id, changed, &content).await?;
    Ok(tx.commit().await?)
}

async fn write(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    event: Uuid,
    changed: ContentList,
    content: &EventContent,
) -> Result<(), ServiceError> {
    let (by, now) = (person.user.get(), services.clock.now());
    match changed {
        ContentList::Highlights => queries::save_highlights(tx, event, by, &content.highlights, now).await?,
        ContentList::Faqs => queries::save_faqs(tx, event, by, &content.faqs, now).await?,
        ContentList::Icebreakers => {
            queries::save_icebreakers(tx, event, by, &content.icebreakers, now).await?;
        }
    }
    Ok(())
}

impl EventContent {
    /// Puts an entry in place of the one at `at`, or at the end.
    fn put(
        &mut self,
        list: ContentList,
        at: Option<usize>,
        fields: &EntryFields,
    ) -> Result<ContentList, AppError> {
        let EntryFields { title, text, icon } = fields;
        match list {
            ContentList::Highlights => {
                let entry = Highlight::parse(title, text, icon).map_err(|errors| renamed(&errors))?;
                put(&mut self.highlights, at, entry, MAX_HIGHLIGHTS)?;
            }
            ContentList::Faqs => {
                let entry = Faq::parse(title, text).map_err(|errors| renamed(&errors))?;
                put(&mut self.faqs, at, entry, MAX_FAQS)?;
            }
            ContentList::Icebreakers => {
                let entry = Icebreaker::parse(title).map_err(|error| FieldErrors::one("title", error))?;
                put(&mut self.icebreakers, at, entry.into_inner(), MAX_ICEBREAKERS)?;
            }
        }
        Ok(list)
    }

    fn shift(&mut self, list: ContentList, at: usize, shift: Shift) -> Result<ContentList, AppError> {
        if list == ContentList::Icebreakers && shift == Shift::Remove && self.icebreakers.len() == 1 {
            return Err(FieldErrors::one("title", "Keep at least one icebreaker.").into());
        }
        let found = match list {
            ContentList::Highlights => shift.apply(&mut self.highlights, at),
            ContentList::Faqs => shift.apply(&mut self.faqs, at),
            ContentList::Icebreakers => shift.apply(&mut self.icebreakers, at),
        };
        if found { Ok(list) } else { Err(Conflict::OrderChanged.into()) }
    }
}

fn put<T>(list: &mut Vec<T>, at: Option<usize>, entry: T, max: usize) -> Result<(), AppError> {
    match at {
        Some(at) => *list.get_mut(at).ok_or(Conflict::OrderChanged)? = entry,
        None if list.len() >= max => {
            return Err(FieldErrors::one("title", format_args!("This list holds at most {max}.")).into());
        }
        None => list.push(entry),
    }
    Ok(())
}

/// The forms of all lists name their fields alike.
fn renamed(errors: &FieldErrors) -> FieldErrors {
    let mut renamed = FieldErrors::default();
    for (field, message) in errors.iter() {
        let field = match field {
            "question" => "title",
            "description" | "answer" => "text",
            field => field,
        };
        renamed.add(field, message);
    }
    renamed
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
