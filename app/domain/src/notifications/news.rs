use crate::ids::NotificationId;
use crate::notifications::NotificationKind;
use crate::time::Timestamp;

use serde::{Deserialize, Serialize};

/// What happened, as a sentence is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum News {
    ConnectionRequested,
    ConnectionAccepted,
    DirectMessage,
    Mentioned,
    Replied,
    Promoted,
    Added,
    RoleChanged,
    /// The subject is the session, the detail its event.
    MadeSpeaker,
    Removed,
    BroughtBack,
    MessageDeleted,
    Muted,
    Unmuted,
    Warned,
    Banned,
    Unbanned,
    ReportOpened,
    /// A message waits for a review.
    MessageHeld,
    ReportResolved,
    ReportDismissed,
    SessionChanged,
    MessageRejected,
    EventChanged,
    EventCancelled,
    EventReminder,
    SessionStarting,
    Invited,
    /// Of the own account; the subject is the sentence.
    Security,
}

impl News {
    pub const ALL: [Self; 29] = [
        Self::ConnectionRequested,
        Self::ConnectionAccepted,
        Self::DirectMessage,
        Self::Mentioned,
        Self::Replied,
        Self::Promoted,
        Self::Added,
        Self::RoleChanged,
        Self::MadeSpeaker,
        Self::Removed,
        Self::BroughtBack,
        Self::MessageDeleted,
        Self::Muted,
        Self::Unmuted,
        Self::Warned,
        Self::Banned,
        Self::Unbanned,
        Self::ReportOpened,
        Self::MessageHeld,
        Self::ReportResolved,
        Self::ReportDismissed,
        Self::SessionChanged,
        Self::MessageRejected,
        Self::EventChanged,
        Self::EventCancelled,
        Self::EventReminder,
        Self::SessionStarting,
        Self::Invited,
        Self::Security,
    ];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConnectionRequested => "CONNECTION_REQUESTED",
            Self::ConnectionAccepted => "CONNECTION_ACCEPTED",
            Self::DirectMessage => "DIRECT_MESSAGE",
            Self::Mentioned => "MENTIONED",
            Self::Replied => "REPLIED",
            Self::Promoted => "PROMOTED",
            Self::Added => "ADDED",
            Self::RoleChanged => "ROLE_CHANGED",
            Self::MadeSpeaker => "MADE_SPEAKER",
            Self::Removed => "REMOVED",
            Self::BroughtBack => "BROUGHT_BACK",
            Self::MessageDeleted => "MESSAGE_DELETED",
            Self::Muted => "MUTED",
            Self::Unmuted => "UNMUTED",
            Self::Warned => "WARNED",
            Self::Banned => "BANNED",
            Self::Unbanned => "UNBANNED",
            Self::ReportOpened => "REPORT_OPENED",
            Self::MessageHeld => "MESSAGE_HELD",
            Self::ReportResolved => "REPORT_RESOLVED",
            Self::ReportDismissed => "REPORT_DISMISSED",
            Self::SessionChanged => "SESSION_CHANGED",
            Self::MessageRejected => "MESSAGE_REJECTED",
            Self::EventChanged => "EVENT_CHANGED",
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::EventReminder => "EVENT_REMINDER",
            Self::SessionStarting => "SESSION_STARTING",
            Self::Invited => "INVITED",
            Self::Security => "SECURITY",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.as_str() == text)
    }

    /// What switches it on and off.
    #[must_use]
    pub const fn kind(self) -> NotificationKind {
        match self {
            Self::ConnectionRequested => NotificationKind::ConnectionRequest,
            Self::ConnectionAccepted => NotificationKind::ConnectionAccepted,
            Self::DirectMessage => NotificationKind::DirectMessage,
            Self::Mentioned | Self::Replied => NotificationKind::Mention,
            Self::Promoted => NotificationKind::Promotion,
            Self::Added | Self::RoleChanged | Self::MadeSpeaker | Self::Removed | Self::BroughtBack => {
                NotificationKind::RoleChanged
            }
            Self::MessageDeleted | Self::MessageRejected => NotificationKind::MessageModerated,
            Self::Muted | Self::Unmuted | Self::Warned => NotificationKind::Restricted,
            Self::Banned | Self::Unbanned => NotificationKind::Banned,
            Self::ReportOpened | Self::MessageHeld => NotificationKind::ReportOpened,
            Self::ReportResolved | Self::ReportDismissed => NotificationKind::ReportOutcome,
            Self::SessionChanged => NotificationKind::SessionChanged,
            Self::EventChanged => NotificationKind::EventChanged,
            Self::EventCancelled => NotificationKind::EventCancelled,
            Self::EventReminder => NotificationKind::EventReminder,
            Self::SessionStarting => NotificationKind::SessionStarting,
            Self::Invited => NotificationKind::Invitation,
            Self::Security => NotificationKind::Security,
        }
    }

    /// Whether it can't wait for a look at the bell, whatever page is open.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::Promoted
                | Self::Warned
                | Self::MessageRejected
                | Self::EventCancelled
                | Self::SessionStarting
        )
    }

    /// The sign beside it.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::ConnectionRequested | Self::ConnectionAccepted => "users",
            Self::DirectMessage | Self::Invited => "mail",
            Self::Mentioned | Self::Replied | Self::MessageDeleted | Self::MessageRejected => {
                "message-circle"
            }
            Self::Promoted
            | Self::Added
            | Self::RoleChanged
            | Self::MadeSpeaker
            | Self::Removed
            | Self::BroughtBack => "user",
            Self::Muted
            | Self::Unmuted
            | Self::Warned
            | Self::Banned
            | Self::Unbanned
            | Self::ReportOpened
            | Self::MessageHeld
            | Self::ReportResolved
            | Self::ReportDismissed
            | Self::Security => "shield",
            Self::SessionChanged | Self::EventChanged | Self::EventCancelled | Self::EventReminder => {
                "calendar"
            }
            Self::SessionStarting => "clock",
        }
    }
}

/// One thing a person is told, with the names as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationView {
    pub id: NotificationId,
    pub news: News,
    pub actor: Option<String>,
    /// An event, mostly.
    pub subject: Option<String>,
    pub detail: Option<String>,
    pub times: i32,
    pub at: Timestamp,
    pub is_read: bool,
}

impl NotificationView {
    /// The sentence people read.
    #[must_use]
    pub fn sentence(&self) -> String {
        let actor = self.actor.as_deref().unwrap_or("Somebody");
        let subject = self.subject.as_deref().unwrap_or("an event");
        let times = self.times;
        match self.news {
            News::ConnectionRequested => format!("{actor} wants to connect with you"),
            News::ConnectionAccepted => format!("{actor} accepted your request to connect"),
            News::DirectMessage if times > 1 => format!("{actor} wrote you {times} messages"),
            News::DirectMessage => format!("{actor} wrote to you"),
            News::Mentioned if times > 1 => format!("You were mentioned {times} times in {subject}"),
            News::Mentioned => format!("{actor} mentioned you in {subject}"),
            News::Replied if times > 1 => format!("You got {times} replies in {subject}"),
            News::Replied => format!("{actor} replied to you in {subject}"),
            News::Promoted => format!("A seat is free: you take part in {subject}"),
            News::Added => format!("{actor} added you to {subject}"),
            News::RoleChanged => format!("{actor} changed your role in {subject}"),
            News::MadeSpeaker => format!("{actor} gave you a part in “{subject}”"),
            News::Removed => format!("{actor} removed you from {subject}"),
            News::BroughtBack => format!("{actor} brought you back to {subject}"),
            News::MessageDeleted => format!("A moderator deleted a message of yours in {subject}"),
            News::Muted => format!("A moderator muted you in {subject}"),
            News::Unmuted => format!("You can write in the rooms of {subject} again"),
            News::Warned => format!("The moderators of {subject} warn you"),
            News::Banned => format!("You are banned from {subject}"),
            News::Unbanned => format!("Your ban from {subject} is lifted"),
            News::ReportOpened if times > 1 => format!("{times} new reports in {subject}"),
            News::ReportOpened => format!("A new report in {subject}"),
            News::MessageHeld if times > 1 => format!("{times} messages wait for a review in {subject}"),
            News::MessageHeld => format!("A message waits for a review in {subject}"),
            News::ReportResolved => format!("Your report in {subject}: action taken"),
            News::ReportDismissed => format!("Your report in {subject}: no action"),
            News::MessageRejected => format!("A moderator refused a message of yours in {subject}"),
            News::SessionChanged => format!("“{subject}” changed"),
            News::EventChanged => format!("{subject} changed"),
            News::EventCancelled => format!("{subject} is cancelled"),
            News::EventReminder => format!("{subject} begins soon"),
            News::Invited => format!("{actor} invited you to {subject}"),
            News::Security => self.subject.clone().unwrap_or_else(|| "Your account changed".to_owned()),
            News::SessionStarting => format!("“{subject}” starts soon"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back() {
        for news in News::ALL {
            assert_eq!(News::from_stored(news.as_str()), Some(news));
        }
        assert_eq!(News::from_stored("GOSSIP"), None);
    }
}
