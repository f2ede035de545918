use crate::attendees::EventRole;

/// What two people are to each other where one looks at the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Itself,
    /// Of the event they are looked at in.
    Organizer {
        connected: bool,
    },
    /// Of the event they are looked at in.
    FellowMember {
        connected: bool,
    },
    /// Connected, without an event in common here.
    Connection,
    /// Everybody else who may see the person at all.
    Other,
}

impl Relation {
    /// Inside an event: what somebody with this role there, or a visitor, is to one of its people.
    #[must_use]
    pub fn in_event(is_self: bool, role: Option<EventRole>, connected: bool) -> Self {
        match role {
            _ if is_self => Self::Itself,
            Some(role) if role.is_organizer() => Self::Organizer { connected },
            Some(_) => Self::FellowMember { connected },
            None => Self::anywhere(is_self, connected),
        }
    }

    /// Without an event as the context.
    #[must_use]
    pub const fn anywhere(is_self: bool, connected: bool) -> Self {
        match (is_self, connected) {
            (true, _) => Self::Itself,
            (false, true) => Self::Connection,
            (false, false) => Self::Other,
        }
    }

    pub(super) const fn is_connected(self) -> bool {
        match self {
            Self::Organizer { connected } | Self::FellowMember { connected } => connected,
            Self::Connection => true,
            Self::Itself | Self::Other => false,
        }
    }
}
