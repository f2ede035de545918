//! The picture that link previews show of an event or a session, 1200 × 630, drawn from its own words. The same for
//! everybody, so only what everybody may see has one.

mod canvas;
mod draw;
mod drawn;
mod words;

use std::fmt::Write as _;

use bytes::Bytes;
use domain::Viewer;
use domain::agenda::{LocalTimes, SessionStatus};
use domain::events::{EventAction, EventStatus, EventVisibility};
use domain::ids::AgendaSessionId;
use domain::text::capitalized;
use sha2::{Digest as _, Sha256};

use crate::agenda;
use crate::events::{self, EventHead};
use crate::uploads::{self, EventLogo};
use crate::{Outcome, ServiceError, Services, dates};
pub use drawn::DrawnPictures;
use words::Words;

/// Raised with the drawing itself, so that browsers ask for it anew.
const LAYOUT: &[u8] = b"1";

/// What is drawn, and under which name browsers keep it.
#[derive(Debug, Clone)]
pub struct SharePicture {
    words: Words,
    logo: Option<EventLogo>,
    etag: String,
}

/// The picture of an event: two statements.
///
/// # Errors
/// [`domain::AppError::NotFound`] unless anybody may open its page.
pub async fn of_event(services: &Services, slug: &str) -> Outcome<SharePicture> {
    let head = events::open(services, &Viewer::Anonymous, slug).await?.head;
    is_public(&head)?;
    let when = dates::range(head.start_date, head.end_date);
    let words = Words {
        kicker: format!("{} invites", head.host_name),
        title: head.title.clone(),
        instead: vec![head.host_name.clone(), "An event on Atria".to_owned()],
        when: if head.status == EventStatus::Cancelled { format!("Cancelled: {when}") } else { when },
        place: capitalized(&head.place_in_words()),
        accent: head.accent,
    };
    picture(services, &head, words).await
}

/// The picture of a session: five statements at most.
///
/// # Errors
/// [`domain::AppError::NotFound`] unless anybody may open its page.
pub async fn of_session(services: &Services, slug: &str, session: AgendaSessionId) -> Outcome<SharePicture> {
    let page = agenda::look_up(services, &Viewer::Anonymous, slug, session).await?;
    is_public(&page.head)?;
    let times = page.session.times.ok_or(ServiceError::NOT_FOUND)?;
    let local =
        LocalTimes { start: page.zone.local_at(times.starts_at()), end: page.zone.local_at(times.ends_at()) };
    let when = dates::times(local);
    let room = page.session.room.map(|room| room.name);
    let place = room.into_iter().chain([page.head.place_in_words()]).collect::<Vec<_>>().join(", ");
    let is_cancelled = page.session.status == SessionStatus::Cancelled;
    let words = Words {
        kicker: page.head.title.clone(),
        title: page.session.title,
        instead: vec![page.head.title.clone(), "A session on Atria".to_owned()],
        when: if is_cancelled { format!("Cancelled: {when}") } else { when },
        place: capitalized(&place),
        accent: page.head.accent,
    };
    picture(services, &page.head, words).await
}

fn is_public(head: &EventHead) -> Outcome<()> {
    let policy = domain::attendees::Standing::visitor(head.status);
    match head.visibility {
        EventVisibility::Public => Ok(domain::events::may(EventAction::SeeAgenda, head.visibility, &policy)?),
        EventVisibility::Private => Err(ServiceError::NOT_FOUND),
    }
}

async fn picture(services: &Services, head: &EventHead, words: Words) -> Outcome<SharePicture> {
    let logo = uploads::event_logo(services, head.id, head.visibility, head.status).await?;
    let etag = etag(&words, logo.as_ref());
    Ok(SharePicture { words, logo, etag })
}

/// Names all that is drawn.
fn etag(words: &Words, logo: Option<&EventLogo>) -> String {
    let mut hash = Sha256::new_with_prefix(LAYOUT);
    let accent = words.accent.map(|accent| accent.to_string()).unwrap_or_default();
    let logo = logo.map(|logo| logo.file.to_string()).unwrap_or_default();
    let parts = [&words.kicker, &words.title, &words.when, &words.place, &accent, &logo];
    for part in parts.into_iter().chain(&words.instead) {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut etag = String::from("\"");
    for byte in digest.iter().take(12) {
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    etag
}

impl SharePicture {
    /// With its quotation marks, as the header has it.
    #[must_use]
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// The PNG: drawn in its turn, unless it was drawn lately.
    ///
    /// # Errors
    /// [`domain::AppError::Busy`] when no turn comes within 10 s; [`ServiceError::Broken`].
    pub async fn png(self, services: &Services) -> Outcome<Bytes> {
        if let Some(png) = services.drawn.find(&self.etag) {
            return Ok(png);
        }
        // One at a time, in turns of their own: whoever asks for many keeps no upload waiting.
        let turn = services.drawn.turn().await?;
        if let Some(png) = services.drawn.find(&self.etag) {
            return Ok(png);
        }
        let logo = match &self.logo {
            Some(logo) => logo.read(services).await?,
            None => None,
        };
        // On its way to another bucket: the next one to ask gets it with its logo.
        let is_whole = logo.is_some() || self.logo.is_none();
        let words = self.words;
        let png = turn.run(move || draw::draw(&words, logo.as_deref())).await?;
        let png = Bytes::from(png);
        if is_whole {
            services.drawn.keep(self.etag, png.clone());
        }
        Ok(png)
    }
}
