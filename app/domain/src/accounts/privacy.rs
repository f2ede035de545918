use serde::{Deserialize, Serialize};

use crate::FieldErrors;
use crate::accounts::EmailAddress;

/// Who sees a person's address, besides themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EmailVisibility {
    EventAttendees,
    #[default]
    ConnectionsOrganizers,
    OrganizersOnly,
}

/// Who may ask for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConnectionRequestPermission {
    #[default]
    EventAttendees,
    SpeakersOrganizers,
    None,
}

/// Who sees a person's links, besides themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SocialLinksVisibility {
    #[default]
    EventAttendees,
    Connections,
    Hidden,
}

impl EmailVisibility {
    pub const ALL: [Self; 3] = [Self::EventAttendees, Self::ConnectionsOrganizers, Self::OrganizersOnly];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventAttendees => "EVENT_ATTENDEES",
            Self::ConnectionsOrganizers => "CONNECTIONS_ORGANIZERS",
            Self::OrganizersOnly => "ORGANIZERS_ONLY",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EventAttendees => "People in the same event",
            Self::ConnectionsOrganizers => "My connections and organizers",
            Self::OrganizersOnly => "Organizers only",
        }
    }
}

impl ConnectionRequestPermission {
    pub const ALL: [Self; 3] = [Self::EventAttendees, Self::SpeakersOrganizers, Self::None];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventAttendees => "EVENT_ATTENDEES",
            Self::SpeakersOrganizers => "SPEAKERS_ORGANIZERS",
            Self::None => "NONE",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EventAttendees => "People in the same event",
            Self::SpeakersOrganizers => "Speakers and organizers",
            Self::None => "Nobody",
        }
    }
}

impl SocialLinksVisibility {
    pub const ALL: [Self; 3] = [Self::EventAttendees, Self::Connections, Self::Hidden];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventAttendees => "EVENT_ATTENDEES",
            Self::Connections => "CONNECTIONS",
            Self::Hidden => "HIDDEN",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EventAttendees => "People in the same event",
            Self::Connections => "My connections",
            Self::Hidden => "Nobody",
        }
    }
}

/// What a person lets others see (specification 3.1), everywhere or inside one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privacy {
    pub email_visibility: EmailVisibility,
    /// Shown instead of the real address, where this is on.
    pub show_public_email: bool,
    /// Always there when it is shown; kept when it is not.
    pub public_email: Option<EmailAddress>,
    pub connection_requests: ConnectionRequestPermission,
    pub social_links: SocialLinksVisibility,
    /// Company and title.
    pub show_company: bool,
    pub show_bio: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            email_visibility: EmailVisibility::default(),
            show_public_email: false,
            public_email: None,
            connection_requests: ConnectionRequestPermission::default(),
            social_links: SocialLinksVisibility::default(),
            show_company: true,
            show_bio: true,
        }
    }
}

/// The privacy settings as a form posts them; a switch that is off posts nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyFields {
    #[serde(default)]
    pub email_visibility: String,
    #[serde(default)]
    pub show_public_email: String,
    #[serde(default)]
    pub public_email: String,
    #[serde(default)]
    pub connection_requests: String,
    #[serde(default)]
    pub social_links: String,
    #[serde(default)]
    pub show_company: String,
    #[serde(default)]
    pub show_bio: String,
}

/// What a switch posts when it is on.
pub const ON: &str = "yes";

impl PrivacyFields {
    /// # Errors
    /// One entry per field: an unknown choice, or no valid address although one is to be shown.
    pub fn parse(&self) -> Result<Privacy, FieldErrors> {
        const UNKNOWN: &str = "Choose one of these.";
        let mut errors = FieldErrors::default();
        let email_visibility = EmailVisibility::from_stored(&self.email_visibility);
        let email_visibility = errors.take("email_visibility", email_visibility.ok_or(UNKNOWN));
        let requests = ConnectionRequestPermission::from_stored(&self.connection_requests);
        let requests = errors.take("connection_requests", requests.ok_or(UNKNOWN));
        let links = SocialLinksVisibility::from_stored(&self.social_links);
        let links = errors.take("social_links", links.ok_or(UNKNOWN));
        let show_public_email = self.show_public_email == ON;
        let public_email = match self.public_email.trim() {
            "" if !show_public_email => Some(None),
            typed => errors.take("public_email", EmailAddress::parse(typed)).map(Some),
        };
        match (email_visibility, requests, links, public_email) {
            (Some(email_visibility), Some(connection_requests), Some(social_links), Some(public_email)) => {
                Ok(Privacy {
                    email_visibility,
                    show_public_email,
                    public_email,
                    connection_requests,
                    social_links,
                    show_company: self.show_company == ON,
                    show_bio: self.show_bio == ON,
                })
            }
            _ => Err(errors),
        }
    }
}
