//! The audit log: written in the transaction of what it tells, read by owners and admins, never changed.

use domain::SignedIn;
use domain::ids::{EventId, LoginSessionId, OrganizationId, UserId};
use domain::organizations::{AuditAction, OrganizationAction, OrganizationSummary, may};
use domain::paging::{Keyset, PageSize};
use domain::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use super::read::visible_to;
use crate::cursor::Cursor;
use crate::{Outcome, ServiceError, Services};

/// One thing somebody did.
#[derive(Debug, Clone, Copy)]
pub struct AuditEntry<'a> {
    pub organization: OrganizationId,
    /// Where it concerns one event of the organization.
    pub event: Option<EventId>,
    /// Kept with the name they have now.
    pub actor: &'a SignedIn,
    pub action: AuditAction,
    /// Whom or what it was done to, as it is called now: a full name, an address, a title.
    pub subject: Option<&'a str>,
    pub subject_id: Option<Uuid>,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
}

impl<'a> AuditEntry<'a> {
    /// An entry without subject and values, for `..`.
    #[must_use]
    pub const fn new(organization: OrganizationId, actor: &'a SignedIn, action: AuditAction) -> Self {
        Self {
            organization,
            event: None,
            actor,
            action,
            subject: None,
            subject_id: None,
            before: None,
            after: None,
        }
    }
}

/// Stands in the log for what happened by itself.
#[must_use]
pub(crate) fn nobody() -> SignedIn {
    SignedIn {
        user: UserId::new(Uuid::nil()),
        login_session: LoginSessionId::new(Uuid::nil()),
        full_name: "Atria".to_owned(),
        avatar: None,
    }
}

/// Writes an entry in the caller's transaction: what is told happened, what happened is told.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record(
    services: &Services,
    tx: &mut PgConnection,
    entry: &AuditEntry<'_>,
) -> Outcome<()> {
    let row = row(services, entry);
    Ok(queries::insert_entry(tx, &row).await?)
}

/// Writes one entry for each subject (a text and an id), else alike: one statement, however many.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record_each(
    services: &Services,
    tx: &mut PgConnection,
    alike: &AuditEntry<'_>,
    subjects: &[(String, Uuid)],
) -> Outcome<()> {
    let row = row(services, alike);
    let ids: Vec<Uuid> = subjects.iter().map(|_| services.rng.id(row.now)).collect();
    let (texts, subject_ids): (Vec<String>, Vec<Uuid>) = subjects.iter().cloned().unzip();
    Ok(queries::insert_entries(tx, &row, &ids, &texts, &subject_ids).await?)
}

/// Something that happened by itself.
pub(crate) struct Happened {
    pub(crate) organization: OrganizationId,
    pub(crate) event: Option<EventId>,
    pub(crate) subject: String,
    pub(crate) subject_id: Uuid,
}

/// Writes an entry of nobody's for each, whichever organization it belongs to: one statement, however many. The caller
/// holds the organizations.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record_by_itself(
    services: &Services,
    tx: &mut PgConnection,
    action: AuditAction,
    happened: &[Happened],
) -> Outcome<()> {
    if happened.is_empty() {
        return Ok(());
    }
    let (nobody, now) = (nobody(), services.clock.now());
    let alike = queries::ByItself {
        actor: nobody.user.get(),
        actor_name: &nobody.full_name,
        action: action.as_str(),
        now,
        ids: happened.iter().map(|_| services.rng.id(now)).collect(),
        organizations: happened.iter().map(|one| one.organization.get()).collect(),
        events: happened.iter().map(|one| one.event.map(EventId::get)).collect(),
        subjects: happened.iter().map(|one| one.subject.clone()).collect(),
        subject_ids: happened.iter().map(|one| one.subject_id).collect(),
    };
    Ok(queries::insert_by_itself(tx, &alike).await?)
}

fn row<'a>(services: &Services, entry: &'a AuditEntry<'_>) -> queries::NewEntry<'a> {
    let now = services.clock.now();
    queries::NewEntry {
        id: services.rng.id(now),
        organization: entry.organization.get(),
        event: entry.event.map(EventId::get),
        actor: entry.actor.user.get(),
        actor_name: &entry.actor.full_name,
        action: entry.action.as_str(),
        subject: entry.subject,
        subject_id: entry.subject_id,
        value_before: entry.before,
        value_after: entry.after,
        now,
    }
}

/// A line of a log as its actor gets it in the copy of their data.
pub(crate) struct OwnEntry {
    pub(crate) organization: String,
    pub(crate) action: String,
    pub(crate) subject: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) at: time::OffsetDateTime,
}

/// The newest 10,000 lines under a person's name, in all organizations.
pub(crate) async fn entries_by(services: &Services, actor: UserId) -> Outcome<Vec<OwnEntry>> {
    let rows = queries::entries_by(&services.db, actor.get()).await?;
    let entry = |row: queries::OwnEntryRow| OwnEntry {
        organization: row.organization,
        action: row.action,
        subject: row.subject,
        before: row.value_before,
        after: row.value_after,
        at: row.created_at,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// One line of the log as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEntry {
    pub actor_name: String,
    pub action: AuditAction,
    pub subject: Option<String>,
    /// The event it concerns, as it is called now.
    pub event: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub at: Timestamp,
}

/// A part of the log, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLog {
    pub organization: OrganizationSummary,
    pub entries: Keyset<LoggedEntry>,
}

/// The log from `cursor` on, or its newest part: three statements at most.
///
/// # Errors
/// As the policy for [`OrganizationAction::ReadAuditLog`]; [`domain::FieldErrors`] on `cursor` when it is malformed or
/// made for another list or viewer.
pub async fn log(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    cursor: Option<&str>,
    limit: PageSize,
) -> Outcome<AuditLog> {
    let organization = visible_to(services, person, slug).await?;
    may(OrganizationAction::ReadAuditLog, Some(organization.role))?;
    let id = organization.id.get();
    let list = format!("audit {id}");
    let cursor = cursor.map(|sealed| Cursor::open(services, &list, person.user, sealed)).transpose()?;
    // One more than is shown tells whether there is more.
    let (db, wanted) = (&services.db, limit.get() + 1);
    let mut rows = match cursor {
        None => queries::entries_before(db, id, None, wanted).await?,
        Some(Cursor::Before(below)) => queries::entries_before(db, id, Some(below), wanted).await?,
        Some(Cursor::After(above)) => queries::entries_after(db, id, above, wanted).await?,
    };
    let has_more = rows.len() > usize::try_from(limit.get()).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(limit.get()).unwrap_or(usize::MAX));
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
    let items = rows.into_iter().map(entry).collect::<Outcome<Vec<_>>>()?;
    Ok(AuditLog { organization, entries: Keyset { items, newer, older } })
}

/// The newest lines about one person in one event, newest first: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn about_member(
    tx: &mut PgConnection,
    event: EventId,
    user: UserId,
) -> Outcome<Vec<LoggedEntry>> {
    let rows = queries::entries_about_member(tx, event.get(), user.get()).await?;
    rows.into_iter().map(entry).collect()
}

fn entry(row: queries::EntryRow) -> Outcome<LoggedEntry> {
    Ok(LoggedEntry {
        action: AuditAction::from_stored(&row.action)
            .ok_or_else(|| ServiceError::unknown_value("audit_entries.action", &row.action))?,
        actor_name: row.actor_name,
        subject: row.subject,
        event: row.event,
        before: row.value_before,
        after: row.value_after,
        at: Timestamp::from(row.created_at),
    })
}
