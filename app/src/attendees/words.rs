use domain::attendees::EventRole;

/// Several of a role, as a heading says it.
pub(super) const fn plural(role: EventRole) -> &'static str {
    match role {
        EventRole::Attendee => "Attendees",
        EventRole::Speaker => "Speakers",
        EventRole::Moderator => "Moderators",
        EventRole::Organizer => "Organizers",
        EventRole::Admin => "Admins",
    }
}

/// For a select: value and word.
pub(super) fn role_options(roles: &[EventRole]) -> Vec<(String, String)> {
    roles.iter().map(|role| (role.as_str().to_owned(), role.label().to_owned())).collect()
}
