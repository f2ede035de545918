use serde::{Deserialize, Serialize};

/// What a form about reports and restrictions leaves for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModerationNotice {
    Reported,
    AddedToReport,
    ReportMailed,
    ReportTaken,
    ReportReleased,
    ReportAnswered,
    Muted,
    Unmuted,
    WarningConfirmed,
    MessageApproved,
    MessageRejected,
}

impl ModerationNotice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Reported => "Thank you. The moderators look at it, and you see here what becomes of it.",
            Self::AddedToReport => "You reported this before. What is new was added to that report.",
            Self::ReportMailed => {
                "Thank you. Your report goes by mail to the people who run this Atria. It doesn't stand in this list."
            }
            Self::ReportTaken => "It is yours now. The others see that you are on it.",
            Self::ReportReleased => "It is back in the queue.",
            Self::ReportAnswered => "Answered. Whoever reported it sees that.",
            Self::Muted => "Muted. They read your reason, and can't write in the rooms until then.",
            Self::Unmuted => "They can write in the rooms again.",
            Self::MessageApproved => "It is posted now.",
            Self::MessageRejected => "It stays out. Its author is told.",
            Self::WarningConfirmed => "Thank you for reading it.",
        }
    }
}
