//! The lists of an event's page that people order: highlights, questions, icebreakers.

use domain::events::{
    EventAction, Faq, Highlight, Icebreaker, MAX_FAQS, MAX_HIGHLIGHTS, MAX_ICEBREAKERS, Shift,
};
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::content::EventContent;
use super::{hold, queries};
use crate::{Outcome, ServiceError, Services, db};

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

/// Adds an entry to a list: to its front (`first`), behind another (`after.2`), or at its end.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field of the entry, under `title` also when the list is full;
/// [`Conflict::OrderChanged`] for a place that isn't there.
pub async fn add_entry(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    (list, place): (ContentList, &str),
    fields: &EntryFields,
) -> Outcome<()> {
    change(services, person, slug, None, |lists| {
        lists.put(list, None, fields)?;
        match place {
            "" => Ok(list),
            place => lists.shift(list, lists.entries(list).len() - 1, Shift::parse(place)?),
        }
    })
    .await
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
/// (`remove`), unless the list was changed meanwhile. Answers what was removed.
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
) -> Outcome<Option<EntryFields>> {
    let mut removed = None;
    change(services, person, slug, Some(version), |lists| {
        let shift = Shift::parse(shift)?;
        removed = (shift == Shift::Remove).then(|| lists.entries(list).into_iter().nth(at)).flatten();
        lists.shift(list, at, shift)
    })
    .await?;
    Ok(removed)
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
    /// One of the lists, as its forms show it.
    #[must_use]
    pub fn entries(&self, list: ContentList) -> Vec<EntryFields> {
        let highlight =
            |entry: Highlight| EntryFields { title: entry.title, text: entry.description, icon: entry.icon };
        let faq = |entry: Faq| EntryFields { title: entry.question, text: entry.answer, icon: String::new() };
        let icebreaker = |title: String| EntryFields { title, ..EntryFields::default() };
        match list {
            ContentList::Highlights => self.highlights.iter().cloned().map(highlight).collect(),
            ContentList::Faqs => self.faqs.iter().cloned().map(faq).collect(),
            ContentList::Icebreakers => self.icebreakers.iter().cloned().map(icebreaker).collect(),
        }
    }

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
