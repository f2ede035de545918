/// One kind of news; its parts are switched together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationKind {
    ConnectionRequest,
    ConnectionAccepted,
    DirectMessage,
    Mention,
    Invitation,
    Registration,
    Promotion,
    EventChanged,
    EventCancelled,
    EventReminder,
    SessionStarting,
    SessionChanged,
    RoleChanged,
    MessageModerated,
    Restricted,
    Banned,
    ReportOpened,
    ReportOutcome,
    Security,
}

/// Whether a kind goes by mail when nobody chose anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailRule {
    /// Can't be switched off.
    Always,
    On,
    Off,
}

/// How one person is told about one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    pub in_app: bool,
    pub mail: bool,
    /// What is told in the app, on the devices where the person wants it.
    pub push: bool,
}

impl NotificationKind {
    /// In the order people read them.
    pub const ALL: [Self; 19] = [
        Self::ConnectionRequest,
        Self::ConnectionAccepted,
        Self::DirectMessage,
        Self::Mention,
        Self::Invitation,
        Self::Registration,
        Self::Promotion,
        Self::EventChanged,
        Self::EventCancelled,
        Self::EventReminder,
        Self::SessionStarting,
        Self::SessionChanged,
        Self::RoleChanged,
        Self::MessageModerated,
        Self::Restricted,
        Self::Banned,
        Self::ReportOpened,
        Self::ReportOutcome,
        Self::Security,
    ];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConnectionRequest => "CONNECTION_REQUEST",
            Self::ConnectionAccepted => "CONNECTION_ACCEPTED",
            Self::DirectMessage => "DIRECT_MESSAGE",
            Self::Mention => "MENTION",
            Self::Invitation => "INVITATION",
            Self::Registration => "REGISTRATION",
            Self::Promotion => "PROMOTION",
            Self::EventChanged => "EVENT_CHANGED",
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::EventReminder => "EVENT_REMINDER",
            Self::SessionStarting => "SESSION_STARTING",
            Self::SessionChanged => "SESSION_CHANGED",
            Self::RoleChanged => "ROLE_CHANGED",
            Self::MessageModerated => "MESSAGE_MODERATED",
            Self::Restricted => "RESTRICTED",
            Self::Banned => "BANNED",
            Self::ReportOpened => "REPORT_OPENED",
            Self::ReportOutcome => "REPORT_OUTCOME",
            Self::Security => "SECURITY",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ConnectionRequest => "Somebody wants to connect",
            Self::ConnectionAccepted => "Your request to connect was accepted",
            Self::DirectMessage => "A direct message",
            Self::Mention => "A mention or a reply",
            Self::Invitation => "An invitation to an organization or event",
            Self::Registration => "Your registration or your place on a waitlist, confirmed",
            Self::Promotion => "A seat for you from the waitlist",
            Self::EventChanged => "An event of yours changed",
            Self::EventCancelled => "An event of yours was cancelled",
            Self::EventReminder => "An event of yours begins tomorrow",
            Self::SessionStarting => "A session you chose starts in 10 minutes",
            Self::SessionChanged => "A session you chose or speak in changed or was cancelled",
            Self::RoleChanged => "Your role changed, or you were removed",
            Self::MessageModerated => "A message of yours was deleted, held or refused",
            Self::Restricted => "You were muted or warned",
            Self::Banned => "You were banned from an event",
            Self::ReportOpened => "A report or a held message to look at, as a moderator",
            Self::ReportOutcome => "The outcome of a report of yours",
            Self::Security => "The safety of your account",
        }
    }

    /// Whether it goes by mail when nobody chose anything, and whether that can be chosen.
    #[must_use]
    pub const fn mail(self) -> MailRule {
        match self {
            Self::Invitation | Self::Promotion | Self::EventCancelled | Self::Banned | Self::Security => {
                MailRule::Always
            }
            Self::ConnectionRequest
            | Self::DirectMessage
            | Self::Registration
            | Self::EventChanged
            | Self::EventReminder
            | Self::SessionChanged
            | Self::RoleChanged => MailRule::On,
            Self::ConnectionAccepted
            | Self::Mention
            | Self::SessionStarting
            | Self::MessageModerated
            | Self::Restricted
            | Self::ReportOpened
            | Self::ReportOutcome => MailRule::Off,
        }
    }

    /// Whether it is told in the app and as a push: of what one did oneself there is only the mail.
    #[must_use]
    pub const fn is_told_in_app(self) -> bool {
        !matches!(self, Self::Registration)
    }

    /// What counts for a person who chose `chosen`, or nothing: mails that always go keep going.
    #[must_use]
    pub const fn in_force(self, chosen: Option<Preference>) -> Preference {
        let chosen = match chosen {
            Some(chosen) => chosen,
            None => Preference { in_app: true, mail: matches!(self.mail(), MailRule::On), push: true },
        };
        Preference { mail: chosen.mail || matches!(self.mail(), MailRule::Always), ..chosen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_goes_by_mail_can_not_be_switched_off() {
        let nothing = Preference { in_app: false, mail: false, push: false };
        for kind in NotificationKind::ALL {
            let is_always = kind.mail() == MailRule::Always;
            assert_eq!(kind.in_force(Some(nothing)).mail, is_always, "{kind:?}");
            assert!(kind.in_force(None).in_app, "{kind:?} is told in the app");
            assert_eq!(NotificationKind::from_stored(kind.as_str()), Some(kind));
        }
        assert!(NotificationKind::Registration.in_force(None).mail);
        assert!(!NotificationKind::Mention.in_force(None).mail);
    }
}
