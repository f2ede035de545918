use serde::{Deserialize, Serialize};

macro_rules! stored_enum {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $stored:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[serde(rename = $stored)] $variant,)+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stored value.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $stored,)+ }
            }

            /// The word shown to people.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The stored value read back; `None` for anything else.
            #[must_use]
            pub fn from_stored(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }
    };
}

pub(crate) use stored_enum;

stored_enum!(
    /// What kind of event it is.
    EventType {
        Conference = "CONFERENCE", "Conference: days with many sessions";
        SingleSession = "SINGLE_SESSION", "Single session: one talk, one day";
    }
);

stored_enum!(
    /// What becomes of messages with words an event doesn't want.
    ProfanityMode {
        Off = "OFF", "Off";
        Mask = "MASK", "Show stars in place of the word";
        Hold = "HOLD", "Hold the message until a moderator has looked";
    }
);

stored_enum!(EventFormat {
    Virtual = "VIRTUAL", "Online";
    InPerson = "IN_PERSON", "In person";
    Hybrid = "HYBRID", "In person and online";
});

stored_enum!(EventVisibility {
    Public = "PUBLIC", "Public";
    Private = "PRIVATE", "Private";
});

stored_enum!(
    /// Changes only by the transitions of specification 8.2; no field edit sets it.
    EventStatus {
        Draft = "DRAFT", "Draft";
        Published = "PUBLISHED", "Published";
        Archived = "ARCHIVED", "Archived";
        Cancelled = "CANCELLED", "Cancelled";
        Deleted = "DELETED", "Deleted";
    }
);

impl EventFormat {
    /// In person and hybrid events need a venue before they are published.
    #[must_use]
    pub const fn has_venue(self) -> bool {
        match self {
            Self::Virtual => false,
            Self::InPerson | Self::Hybrid => true,
        }
    }

    /// Virtual and hybrid events have people who don't come.
    #[must_use]
    pub const fn is_online(self) -> bool {
        match self {
            Self::InPerson => false,
            Self::Virtual | Self::Hybrid => true,
        }
    }

    /// City and country, or "online", within a sentence.
    #[must_use]
    pub fn place_in_words(self, city: Option<&str>, country: Option<&str>) -> String {
        let city = city.into_iter().chain(country).collect::<Vec<_>>().join(", ");
        match (self, city.is_empty()) {
            (Self::Virtual, _) => "online".to_owned(),
            (Self::InPerson, true) => "in person".to_owned(),
            (Self::InPerson, false) => city,
            (Self::Hybrid, true) => "in person and online".to_owned(),
            (Self::Hybrid, false) => format!("{city} and online"),
        }
    }
}
