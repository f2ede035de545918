use domain::ids::UserId;

use crate::ssr;

/// Path of an event's table of people, from its address as somebody typed it.
pub(super) fn people_path(event: &str) -> String {
    format!("/events/{}/manage/people", ssr::encoded(event))
}

pub(super) fn member_path(event: &str, member: &str) -> String {
    format!("{}/{}", people_path(event), ssr::encoded(member))
}

/// The page about several people.
pub(super) fn several_path(event: &str) -> String {
    format!("{}/several", people_path(event))
}

/// The same with those who were chosen; `members` are ids separated by commas.
pub(super) fn several_path_of(event: &str, members: &str) -> String {
    let chosen = members
        .split(',')
        .filter_map(member_id)
        .map(|user| format!("member={user}"))
        .collect::<Vec<_>>()
        .join("&");
    format!("{}?{chosen}", several_path(event))
}

/// `None` for what is no id: there is nobody of that name.
pub(super) fn member_id(text: &str) -> Option<UserId> {
    text.parse().ok()
}
