//! The columns of the access matrix.

/// Who asks: where they have which role. Organization roles have no row in the events, event roles none in the
/// organization.
#[derive(Debug, Clone, Copy)]
pub struct Principal {
    pub column: &'static str,
    /// In the organization.
    pub role: Option<&'static str>,
    /// Role and status in the events.
    pub member: Option<(&'static str, &'static str)>,
    pub besides: Besides,
}

/// What else there is to some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Besides {
    None,
    /// A live login session of an account whose address is not confirmed.
    Unverified,
    /// A live login session of an account that is closed.
    Deactivated,
    /// Owns another organization with an event.
    ForeignOwner,
    /// Holds an invitation that nobody has answered.
    Invited,
    Muted,
}

const fn person(column: &'static str) -> Principal {
    with(column, Besides::None)
}

const fn with(column: &'static str, besides: Besides) -> Principal {
    Principal { column, role: None, member: None, besides }
}

const fn staff(column: &'static str, role: &'static str) -> Principal {
    Principal { column, role: Some(role), member: None, besides: Besides::None }
}

const fn member(column: &'static str, role: &'static str, status: &'static str) -> Principal {
    Principal { column, role: None, member: Some((role, status)), besides: Besides::None }
}

/// The columns, in their order.
pub const PRINCIPALS: [Principal; 20] = [
    person("anonymous"),
    with("unverified", Besides::Unverified),
    with("deactivated", Besides::Deactivated),
    person("outsider"),
    with("foreign owner", Besides::ForeignOwner),
    with("invited", Besides::Invited),
    staff("org member", "MEMBER"),
    staff("org admin", "ADMIN"),
    staff("org owner", "OWNER"),
    member("waitlisted", "ATTENDEE", "WAITLISTED"),
    member("left", "ATTENDEE", "LEFT"),
    member("removed", "ORGANIZER", "REMOVED"),
    member("banned", "ORGANIZER", "BANNED"),
    member("attendee", "ATTENDEE", "ACTIVE"),
    Principal { column: "muted", role: None, member: Some(("MODERATOR", "ACTIVE")), besides: Besides::Muted },
    member("speaker", "SPEAKER", "ACTIVE"),
    member("moderator", "MODERATOR", "ACTIVE"),
    member("organizer", "ORGANIZER", "ACTIVE"),
    member("admin", "ADMIN", "ACTIVE"),
    Principal {
        column: "in both",
        role: Some("MEMBER"),
        member: Some(("ATTENDEE", "ACTIVE")),
        besides: Besides::ForeignOwner,
    },
];
