use domain::SignedIn;
use domain::events::EventStatus;
use domain::organizations::{OrganizationAction, OrganizationRole, OrganizationSummary, may};
use time::{Date, Month};

use super::queries;
use super::read::{role_of, visible_to};
use crate::{Outcome, ServiceError, Services};

/// What an organization came to, for its owners and admins.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    pub organization: OrganizationSummary,
    /// Every role, highest first, also those nobody has.
    pub members: Vec<(OrganizationRole, i64)>,
    /// Every status an event can be seen in.
    pub events: Vec<(EventStatus, i64)>,
    /// Different people with an active membership in any event.
    pub people_reached: i64,
    /// The last twelve months (UTC), oldest first, by their first day; registrations that still stand.
    pub registrations: Vec<(Date, i64)>,
}

const MONTHS: usize = 12;

/// Counts: five statements, whatever there is to count.
///
/// # Errors
/// As the policy for [`OrganizationAction::ReadStatistics`].
pub async fn statistics(services: &Services, person: &SignedIn, slug: &str) -> Outcome<Statistics> {
    let organization = visible_to(services, person, slug).await?;
    may(OrganizationAction::ReadStatistics, Some(organization.role))?;
    let (db, id) = (&services.db, organization.id.get());
    let mut members: Vec<_> = OrganizationRole::ALL.into_iter().rev().map(|role| (role, 0)).collect();
    for row in queries::members_by_role(db, id).await? {
        let role = role_of(&row.value)?;
        members.iter_mut().filter(|(known, _)| *known == role).for_each(|known| known.1 = row.count);
    }
    let mut events: Vec<_> = SHOWN.into_iter().map(|status| (status, 0)).collect();
    for row in queries::events_by_status(db, id).await? {
        let status = EventStatus::from_stored(&row.value)
            .ok_or_else(|| ServiceError::unknown_value("events.status", &row.value))?;
        events.iter_mut().filter(|(known, _)| *known == status).for_each(|known| known.1 = row.count);
    }
    let people_reached = queries::people_reached(db, id).await?;
    let months = last_months(services.clock.now().date());
    let since = months[0].midnight().assume_utc();
    let mut registrations: Vec<_> = months.into_iter().map(|month| (month, 0)).collect();
    for row in queries::registrations_by_month(db, id, since).await? {
        registrations
            .iter_mut()
            .filter(|(known, _)| *known == row.month)
            .for_each(|known| known.1 = row.count);
    }
    Ok(Statistics { organization, members, events, people_reached, registrations })
}

/// In the order of an event's life; deleted ones don't count.
const SHOWN: [EventStatus; 4] =
    [EventStatus::Draft, EventStatus::Published, EventStatus::Cancelled, EventStatus::Archived];

/// The first days of this month and of those before it, oldest first.
fn last_months(today: Date) -> Vec<Date> {
    let mut months = Vec::with_capacity(MONTHS);
    let (mut year, mut month) = (today.year(), today.month());
    for _ in 0..MONTHS {
        months.push(Date::from_calendar_date(year, month, 1).expect("every month has a first day"));
        month = month.previous();
        year -= i32::from(month == Month::December);
    }
    months.reverse();
    months
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn twelve_months_end_with_this_one_and_cross_the_year() {
        let months = last_months(date!(2026 - 03 - 31));
        assert_eq!(months.first(), Some(&date!(2025 - 04 - 01)));
        assert_eq!(months.last(), Some(&date!(2026 - 03 - 01)));
        assert_eq!(months.len(), 12);
    }
}
