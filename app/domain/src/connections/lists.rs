/// Which of a person's requests and contacts are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContactList {
    /// Open requests to the person.
    Received,
    /// Those the person declined.
    Declined,
    /// Requests of the person without an answer.
    Sent,
    #[default]
    Connected,
}

impl ContactList {
    pub const ALL: [Self; 4] = [Self::Received, Self::Declined, Self::Sent, Self::Connected];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Declined => "declined",
            Self::Sent => "sent",
            Self::Connected => "connected",
        }
    }

    /// As it stands in an address, read back; `None` for anything else.
    #[must_use]
    pub fn from_address(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::Declined => "Declined by you",
            Self::Sent => "Sent",
            Self::Connected => "Connected",
        }
    }
}

/// The order of such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContactSort {
    /// Newest first.
    #[default]
    Date,
    Name,
}

impl ContactSort {
    pub const ALL: [Self; 2] = [Self::Date, Self::Name];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Name => "name",
        }
    }

    /// As it stands in an address, read back; `None` for anything else.
    #[must_use]
    pub fn from_address(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Date => "Newest first",
            Self::Name => "By name",
        }
    }
}
