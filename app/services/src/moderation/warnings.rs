use domain::SignedIn;
use domain::ids::{EventId, WarningId};
use domain::time::Timestamp;

use super::queries;
use crate::{Outcome, ServiceError, Services, events};

/// A moderator's warning that its reader has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub id: WarningId,
    pub reason: String,
    pub at: Timestamp,
}

/// What one person has yet to confirm in an event: one statement.
///
/// # Errors
/// Database errors only.
pub async fn open_warnings(services: &Services, person: &SignedIn, event: EventId) -> Outcome<Vec<Warning>> {
    let rows = queries::open_warnings(&services.db, event.get(), person.user.get()).await?;
    let warning = |row: queries::WarningRow| Warning {
        id: WarningId::new(row.id),
        reason: row.reason,
        at: Timestamp::from(row.created_at),
    };
    Ok(rows.into_iter().map(warning).collect())
}

/// Confirms an own warning; twice is fine.
///
/// # Errors
/// As [`events::open_for_members`]; [`domain::AppError::NotFound`] for anybody else's.
pub async fn confirm_warning(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    warning: Option<WarningId>,
) -> Outcome<()> {
    let (head, _) = events::open_for_members(services, person, slug).await?;
    let warning = warning.ok_or(ServiceError::NOT_FOUND)?.get();
    let (event, user, now) = (head.id.get(), person.user.get(), services.clock.now());
    let found = queries::confirm(&services.db, event, user, warning, now).await?;
    if found { Ok(()) } else { Err(ServiceError::NOT_FOUND) }
}
