use crate::ssr;

/// Path of an event's queue of reports, from its address as somebody typed it.
pub(super) fn queue_path(event: &str) -> String {
    format!("/events/{}/manage/moderation", ssr::encoded(event))
}

/// One of an event's people, as its moderators see them.
pub(crate) fn moderated_path(event: &str, member: &str) -> String {
    format!("{}/people/{}", queue_path(event), ssr::encoded(member))
}

pub(super) fn log_path(event: &str) -> String {
    format!("/events/{}/manage/log", ssr::encoded(event))
}

/// What stands in an event's log of somebody.
pub(super) fn log_of_path(event: &str, member: &str) -> String {
    format!("{}?person={}", log_path(event), ssr::encoded(member))
}

/// The form for a report about one message or person; without an event the reporter chooses one of those both are in.
pub(crate) fn report_path(kind: &str, target: &str, event: &str) -> String {
    let path = format!("/report?kind={}&target={}", ssr::encoded(kind), ssr::encoded(target));
    if event.is_empty() { path } else { format!("{path}&event={}", ssr::encoded(event)) }
}
