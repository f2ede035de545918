use domain::AppError;
use domain::connections::ContactList;
use domain::ids::{ConnectionId, UserId};
use services::ServiceError;

use crate::ssr;

/// The path of one of a person's lists.
pub(super) fn list_path(list: ContactList) -> String {
    format!("/connections?list={}", list.as_str())
}

/// A contact in the part of the list it stands in; `narrowed` as it stood in the address: search, order, event, page and its
/// size.
pub(super) fn contact_path(connection: &str, narrowed: [&str; 5]) -> String {
    let named = ["search", "sort", "event", "page", "per_page"].into_iter().zip(narrowed);
    let query: String = named
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("&{name}={}", ssr::encoded(value)))
        .collect();
    format!("{}{query}#connection-{}", list_path(ContactList::Connected), ssr::encoded(connection))
}

/// Somebody's profile in an event, from its address and their id as somebody typed them.
pub(super) fn profile_path(event: &str, person: &str) -> String {
    format!("/events/{}/people/{}", ssr::encoded(event), ssr::encoded(person))
}

/// Where an answer leads: back to the profile on which it was given, or to a list.
pub(super) fn answered_path(event: &str, person: &str, list: ContactList) -> String {
    if event.is_empty() || person.is_empty() { list_path(list) } else { profile_path(event, person) }
}

pub(super) fn connection_id(text: &str) -> Result<ConnectionId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

/// `None` for what is no id at all, which is nobody's.
pub(super) fn person_id(text: &str) -> Option<UserId> {
    text.parse().ok()
}
