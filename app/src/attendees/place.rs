use domain::ids::UserId;

use crate::ssr;

/// Path of an event's table of people, from its address as somebody typed it.
pub(super) fn people_path(event: &str) -> String {
    format!("/events/{}/manage/people", ssr::encoded(event))
}

pub(super) fn member_path(event: &str, member: &str) -> String {
    format!("{}/{}", people_path(event), ssr::encoded(member))
}

/// `None` for what is no id: there is nobody of that name.
pub(super) fn member_id(text: &str) -> Option<UserId> {
    text.parse().ok()
}
