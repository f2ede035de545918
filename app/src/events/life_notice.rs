use serde::{Deserialize, Serialize};

/// What became of an event as a whole, as the page says after the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeNotice {
    Created,
    Published,
    PublishedPrivately,
    Unpublished,
    Cancelled,
    Reinstated,
    Archived,
    Reopened,
    Deleted,
    Restored,
}

impl LifeNotice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Created => "Your event is a draft now. Only its organizers and speakers see it.",
            Self::Published => "Your event is live. Share its address.",
            Self::PublishedPrivately => "Your event is live. It is private: only its members see it.",
            Self::Unpublished => "The event is a draft again. Only its organizers and speakers see it.",
            Self::Cancelled => "The event is cancelled. Everybody who registered gets a mail.",
            Self::Reinstated => "The event takes place again.",
            Self::Archived => "The event is archived. It can only be read from now on.",
            Self::Reopened => "The event is open again. It is not archived by itself any more.",
            Self::Deleted => "The event is deleted. Owners can bring it back for 30 days.",
            Self::Restored => "The event is back as it was.",
        }
    }
}
