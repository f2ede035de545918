use domain::events::{EventAction, may};
use domain::limits::{Pause, Rule};
use domain::{Conflict, SignedIn};
use time::Duration;

use super::held::{stored_role, stored_status};
use super::queries;
use super::table::{PeopleFilter, wanted};
use crate::limits::{self, Limit};
use crate::spreadsheet::{Sheet, in_utc};
use crate::{Outcome, Services, events};

/// The most rows one file holds.
const MAX_CSV_ROWS: i64 = 100_000;
/// Specification 21.2.
const EXPORTS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };

/// What the table shows with this filter, all of it, as CSV; times in UTC. Its addresses can be invited again.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`]; [`domain::AppError::TooMany`] after ten exports an hour;
/// [`Conflict::TooManyRows`] rather than a file that ends too early.
pub async fn people_csv(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &PeopleFilter,
) -> Outcome<String> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeePeople, head.visibility, &standing)?;
    limits::take(services, &[Limit::new(EXPORTS, "exports", &[&person.user.to_string()])]).await?;
    let wanted = wanted(head.id.get(), filter, services.clock.now());
    let found = queries::count_people(&services.db, &wanted).await?;
    if found > MAX_CSV_ROWS {
        return Err(Conflict::TooManyRows { max: MAX_CSV_ROWS, found }.into());
    }
    let rows = queries::people(&services.db, &wanted, filter.sort.as_str(), MAX_CSV_ROWS, 0).await?;
    let mut sheet = Sheet::new([
        "Name",
        "Email address",
        "Company",
        "Title",
        "Role",
        "Status",
        "Joined at",
        "Checked in at",
    ])?;
    for row in rows {
        let (role, status) = (stored_role(&row.role)?, stored_status(&row.status)?);
        sheet.row([
            domain::accounts::full_name(&row.first_name, &row.last_name),
            row.email,
            row.company.unwrap_or_default(),
            row.title.unwrap_or_default(),
            role.label().to_owned(),
            status.label().to_owned(),
            in_utc(Some(row.joined_at)),
            in_utc(row.checked_in_at),
        ])?;
    }
    sheet.finish()
}
