use domain::SignedIn;
use domain::connections::{ContactList, ContactSort};
use domain::limits::{Pause, Rule};
use domain::paging::PageRequest;
use time::Duration;

use super::lists::{Contact, ContactFilter, event_of, load, wanted};
use super::vcard;
use crate::limits::{self, Limit};
use crate::spreadsheet::{Sheet, in_utc};
use crate::{Outcome, Services};

/// Specification 21.2; counted together with the other exports of a person.
const EXPORTS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };

/// The own contacts as CSV: what the person sees of each, where they met, when, and the own note. Times are in UTC.
///
/// # Errors
/// As [`super::contacts`]; [`domain::AppError::TooMany`] after ten exports an hour.
pub async fn contacts_csv(services: &Services, person: &SignedIn, filter: &ContactFilter) -> Outcome<String> {
    let mut sheet = Sheet::new([
        "Name",
        "Pronouns",
        "Title",
        "Company",
        "Email address",
        "Public email address",
        "Links",
        "Met at",
        "Event dates",
        "Connected at",
        "Note",
    ])?;
    for contact in all(services, person, filter).await? {
        let links: Vec<String> =
            contact.profile.links.named().into_iter().map(|(_, link)| link.to_owned()).collect();
        let profile = contact.profile;
        sheet.row([
            profile.full_name,
            profile.pronouns.unwrap_or_default(),
            profile.title.unwrap_or_default(),
            profile.company.unwrap_or_default(),
            profile.email.unwrap_or_default(),
            profile.public_email.unwrap_or_default(),
            links.join(" "),
            contact.met.title,
            contact.met.when,
            in_utc(contact.answered_at.map(domain::time::Timestamp::to_utc)),
            contact.note.unwrap_or_default(),
        ])?;
    }
    sheet.finish()
}

/// The same as vCard 4.0, for address books.
///
/// # Errors
/// As [`contacts_csv`].
pub async fn contacts_vcards(
    services: &Services,
    person: &SignedIn,
    filter: &ContactFilter,
) -> Outcome<String> {
    let contacts = all(services, person, filter).await?;
    Ok(contacts.iter().map(vcard::card).collect())
}

/// All that the page shows as connected with this filter, by name.
async fn all(services: &Services, person: &SignedIn, filter: &ContactFilter) -> Outcome<Vec<Contact>> {
    let filter = ContactFilter { list: ContactList::Connected, sort: ContactSort::Name, ..filter.clone() };
    let event = event_of(services, person, &filter).await?;
    limits::take(services, &[Limit::new(EXPORTS, "exports", &[&person.user.to_string()])]).await?;
    let wanted = wanted(services, person, &filter, event);
    load(services, wanted, &filter, PageRequest::MAX_DEPTH, 0).await
}
