use domain::attendees::EventRole;
use domain::events::{EventAction, may};
use domain::ids::{EventId, UserId};
use domain::limits::{Pause, Rule};
use domain::moderation::{ModerationAction, MuteDuration};
use domain::paging::{Keyset, PageSize};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{FieldErrors, SignedIn};
use time::Duration;

use super::queries::{self, EntryRow, WantedEntries};
use crate::cursor::Cursor;
use crate::events::{self, EventHead};
use crate::limits::{self, Limit};
use crate::spreadsheet::{Sheet, in_utc};
use crate::{Outcome, ServiceError, Services};

/// The most rows one file holds.
const MAX_CSV_ROWS: i64 = 100_000;
/// Specification 21.2.
const EXPORTS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };

/// What somebody looks for in the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogFilter {
    pub action: Option<ModerationAction>,
    /// Whom it was done to, whatever they are called.
    pub person: Option<UserId>,
    /// In the names of who did it and to whom.
    pub text: SearchText,
}

impl LogFilter {
    /// # Errors
    /// On `action`, `person` or `search`.
    pub fn parse(
        action: Option<&str>,
        person: Option<&str>,
        search: Option<&str>,
    ) -> Result<Self, FieldErrors> {
        let text = SearchText::parse(search)?;
        let action = match action.filter(|action| !action.is_empty()) {
            None => None,
            Some(asked) => Some(
                ModerationAction::from_stored(asked)
                    .ok_or_else(|| FieldErrors::one("action", "Choose one of these."))?,
            ),
        };
        let person = match person.filter(|person| !person.is_empty()) {
            None => None,
            Some(asked) => {
                Some(asked.parse().map_err(|_| FieldErrors::one("person", "Open the log from their page."))?)
            }
        };
        Ok(Self { action, person, text })
    }

    fn wanted(&self, event: EventId, viewer: &SignedIn, role: EventRole) -> WantedEntries<'_> {
        WantedEntries {
            event: event.get(),
            action: self.action.map(ModerationAction::as_str),
            person: self.person.map(UserId::get),
            text: self.text.as_str(),
            viewer: viewer.user.get(),
            is_organizer: role.is_organizer(),
        }
    }
}

/// One line of the log as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedModeration {
    pub actor_name: String,
    pub action: ModerationAction,
    pub subject: String,
    pub reason: Option<String>,
    /// Of a ban, for the other moderators.
    pub note: Option<String>,
    pub duration: Option<MuteDuration>,
    pub at: Timestamp,
}

/// A part of the log, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ModerationLog {
    pub head: EventHead,
    pub role: EventRole,
    pub entries: Keyset<LoggedModeration>,
}

/// The log from `cursor` on, or its newest part: two statements.
///
/// # Errors
/// As the policy for [`EventAction::Moderate`]; [`FieldErrors`] on `cursor` when it is malformed or made for another list
/// or viewer.
pub async fn moderation_log(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &LogFilter,
    cursor: Option<&str>,
    limit: PageSize,
) -> Outcome<ModerationLog> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::Moderate, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let list = format!("moderation {}", head.id);
    let cursor = cursor.map(|sealed| Cursor::open(services, &list, person.user, sealed)).transpose()?;
    // One more than is shown tells whether there is more.
    let (db, wanted, rows) = (&services.db, filter.wanted(head.id, person, role), limit.get() + 1);
    let mut rows = match cursor {
        None => queries::entries_before(db, wanted, None, rows).await?,
        Some(Cursor::Before(below)) => queries::entries_before(db, wanted, Some(below), rows).await?,
        Some(Cursor::After(above)) => queries::entries_after(db, wanted, above, rows).await?,
    };
    let shown = usize::try_from(limit.get()).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let (has_newer, has_older) = match cursor {
        None => (false, has_more),
        Some(Cursor::Before(_)) => (true, has_more),
        Some(Cursor::After(_)) => {
            rows.reverse();
            (has_more, true)
        }
    };
    let seal = |cursor: Cursor| cursor.seal(services, &list, person.user);
    let newer = rows.first().filter(|_| has_newer).map(|row| seal(Cursor::After(row.position)));
    let older = rows.last().filter(|_| has_older).map(|row| seal(Cursor::Before(row.position)));
    let items = rows.into_iter().map(logged).collect::<Outcome<Vec<_>>>()?;
    Ok(ModerationLog { head, role, entries: Keyset { items, newer, older } })
}

/// The newest 100,000 lines that the filter finds, as CSV; times in UTC.
///
/// # Errors
/// As [`moderation_log`]; [`domain::AppError::TooMany`] after ten exports an hour.
pub async fn log_csv(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &LogFilter,
) -> Outcome<String> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::Moderate, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    limits::take(services, &[Limit::new(EXPORTS, "exports", &[&person.user.to_string()])]).await?;
    let wanted = filter.wanted(head.id, person, role);
    let mut sheet = Sheet::new(["At", "By", "Action", "About", "For", "Reason", "Note"])?;
    for row in queries::entries_before(&services.db, wanted, None, MAX_CSV_ROWS).await? {
        let at = in_utc(Some(row.created_at));
        let entry = logged(row)?;
        sheet.row([
            at,
            entry.actor_name,
            entry.action.name().to_owned(),
            entry.subject,
            entry.duration.map(MuteDuration::label).unwrap_or_default().to_owned(),
            entry.reason.unwrap_or_default(),
            entry.note.unwrap_or_default(),
        ])?;
    }
    sheet.finish()
}

fn logged(row: EntryRow) -> Outcome<LoggedModeration> {
    let duration = |stored: String| {
        MuteDuration::from_stored(&stored)
            .ok_or_else(|| ServiceError::unknown_value("moderation_entries.duration", &stored))
    };
    Ok(LoggedModeration {
        action: ModerationAction::from_stored(&row.action)
            .ok_or_else(|| ServiceError::unknown_value("moderation_entries.action", &row.action))?,
        actor_name: row.actor_name,
        subject: row.subject,
        reason: row.reason,
        note: row.note,
        duration: row.duration.map(duration).transpose()?,
        at: Timestamp::from(row.created_at),
    })
}
