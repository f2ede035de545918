use domain::notifications::NotificationKind;
use time::OffsetDateTime;

use super::abuse_letter::AbuseReport;
use super::account_letters::{address_already_registered, reset_password, security_notice, verify_address};
use super::addresses;
use super::connection_letters::{ConnectionAsked, connection_accepted};
use super::event_letters::{EventNews, SessionNews, SessionSoon, promoted, registered, waitlisted};
use super::invitation::InvitationLetter;
use super::letter::{Rendered, inert};
use super::message_letters::unread_messages;
use super::organization_letters::{organization_deleted, ownership_transferred, role_changed};
use super::place_letters::EventPlace;
use super::security_event::SecurityEvent;

/// Every mail Atria sends. The copy is fixed; names and titles are people's text and stay text.
///
/// Links are made by the use case from the configured public address.
#[derive(Debug, Clone, Copy)]
pub enum Mail<'a> {
    /// After sign-up, and again on request.
    VerifyAddress { name: &'a str, link: &'a str, expires_at: OffsetDateTime },
    /// Somebody signed up with an address that has an account; only its owner learns of it.
    AddressAlreadyRegistered { name: &'a str, sign_in_link: &'a str },
    /// Somebody forgot their password.
    ResetPassword { name: &'a str, link: &'a str, expires_at: OffsetDateTime },
    /// Something happened to the safety of an account. `device` is our words for where.
    SecurityNotice {
        name: &'a str,
        event: SecurityEvent,
        at: OffsetDateTime,
        device: &'a str,
        /// To the page the event names.
        link: &'a str,
    },
    /// To the address an account shall have.
    ConfirmNewAddress { name: &'a str, link: &'a str, expires_at: OffsetDateTime },
    /// To the address an account has, when it shall have another.
    AddressChangeWanted {
        name: &'a str,
        new_address: &'a str,
        at: OffsetDateTime,
        device: &'a str,
        undo_link: &'a str,
        expires_at: OffsetDateTime,
    },
    /// Another account asked for an address; only its owner learns of it.
    AddressWantedByAnother { name: &'a str, sign_in_link: &'a str },
    /// A seat, or a place on the waitlist. `when` is written out with its zone.
    RegistrationConfirmed {
        name: &'a str,
        event_title: &'a str,
        when: &'a str,
        link: &'a str,
        waitlisted: bool,
    },
    /// A seat became free for somebody on the waitlist; `page` is the event's own.
    Promoted { name: &'a str, event_title: &'a str, when: &'a str, page: &'a str, link: &'a str },
    /// To the members of an event.
    EventNews(EventNews<'a>),
    /// To somebody who starred a session or signed up for it.
    SessionChanged(SessionNews<'a>),
    /// To the same, just before it begins.
    SessionStarting(SessionSoon<'a>),
    /// To somebody whose place in an event another changed.
    EventPlace(EventPlace<'a>),
    /// Of direct messages that wait: who wrote them.
    UnreadMessages { name: &'a str, senders: &'a [String], link: &'a str },
    /// To whoever runs the instance.
    AbuseReport(AbuseReport<'a>),
    /// To somebody another wants to connect with.
    ConnectionAsked(ConnectionAsked<'a>),
    /// To somebody whose request to connect was accepted.
    ConnectionAccepted { name: &'a str, by: &'a str, link: &'a str },
    /// Into an organization or to an event, and again on request.
    Invitation(InvitationLetter<'a>),
    /// To a member; without a role they were removed.
    RoleChanged {
        name: &'a str,
        organization: &'a str,
        by: &'a str,
        role: Option<&'static str>,
        link: &'a str,
    },
    /// To the giver and to the new owner.
    OwnershipTransferred {
        name: &'a str,
        organization: &'a str,
        giver: &'a str,
        heir: &'a str,
        to_heir: bool,
        link: &'a str,
    },
    /// To every owner; `link` is a page on which it can be undone.
    OrganizationDeleted {
        name: &'a str,
        organization: &'a str,
        by: &'a str,
        undo_until: OffsetDateTime,
        link: &'a str,
    },
}

impl<'a> Mail<'a> {
    /// What it is called in the operator's list.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyAddress { .. } => "verify_address",
            Self::AddressAlreadyRegistered { .. } => "address_already_registered",
            Self::ResetPassword { .. } => "reset_password",
            Self::SecurityNotice { .. } => "security_notice",
            Self::ConfirmNewAddress { .. } => "confirm_new_address",
            Self::AddressChangeWanted { .. } => "address_change_wanted",
            Self::AddressWantedByAnother { .. } => "address_wanted_by_another",
            Self::RegistrationConfirmed { .. } => "registration_confirmed",
            Self::Promoted { .. } => "promoted",
            Self::EventNews(news) => news.kind(),
            Self::SessionChanged(_) => "session_changed",
            Self::SessionStarting(_) => "session_starting",
            Self::EventPlace(place) => place.kind(),
            Self::UnreadMessages { .. } => "unread_messages",
            Self::AbuseReport(_) => "abuse_report",
            Self::ConnectionAsked(_) => "connection_asked",
            Self::ConnectionAccepted { .. } => "connection_accepted",
            Self::Invitation(letter) => letter.kind(),
            Self::RoleChanged { .. } => "role_changed",
            Self::OwnershipTransferred { .. } => "ownership_transferred",
            Self::OrganizationDeleted { .. } => "organization_deleted",
        }
    }

    /// What the recipient switches off when they want no mails like this; `None` for those of accounts and links,
    /// which always go.
    #[must_use]
    pub const fn notification(&self) -> Option<NotificationKind> {
        match self {
            Self::RegistrationConfirmed { .. } => Some(NotificationKind::Registration),
            Self::Promoted { .. } => Some(NotificationKind::Promotion),
            Self::EventNews(news) => Some(news.notification()),
            Self::SessionChanged(_) => Some(NotificationKind::SessionChanged),
            Self::SessionStarting(_) => Some(NotificationKind::SessionStarting),
            Self::EventPlace(place) => Some(place.notification()),
            Self::RoleChanged { .. } => Some(NotificationKind::RoleChanged),
            Self::UnreadMessages { .. } => Some(NotificationKind::DirectMessage),
            Self::ConnectionAsked(_) => Some(NotificationKind::ConnectionRequest),
            Self::ConnectionAccepted { .. } => Some(NotificationKind::ConnectionAccepted),
            Self::Invitation(_) => Some(NotificationKind::Invitation),
            Self::SecurityNotice { .. } => Some(NotificationKind::Security),
            Self::VerifyAddress { .. }
            | Self::AddressAlreadyRegistered { .. }
            | Self::ResetPassword { .. }
            | Self::ConfirmNewAddress { .. }
            | Self::AddressChangeWanted { .. }
            | Self::AddressWantedByAnother { .. }
            | Self::AbuseReport(_)
            | Self::OwnershipTransferred { .. }
            | Self::OrganizationDeleted { .. } => None,
        }
    }

    /// When the link inside dies; afterwards the mail is not sent any more.
    #[must_use]
    pub const fn expires_at(&self) -> Option<OffsetDateTime> {
        match self {
            Self::Invitation(letter) => Some(letter.expires_at),
            Self::VerifyAddress { expires_at, .. }
            | Self::ResetPassword { expires_at, .. }
            | Self::ConfirmNewAddress { expires_at, .. }
            | Self::AddressChangeWanted { expires_at, .. } => Some(*expires_at),
            Self::AddressAlreadyRegistered { .. }
            | Self::AddressWantedByAnother { .. }
            | Self::SecurityNotice { .. }
            | Self::RegistrationConfirmed { .. }
            | Self::Promoted { .. }
            | Self::EventNews(_)
            | Self::SessionChanged(_)
            | Self::SessionStarting(_)
            | Self::EventPlace(_)
            | Self::UnreadMessages { .. }
            | Self::AbuseReport(_)
            | Self::ConnectionAsked(_)
            | Self::ConnectionAccepted { .. }
            | Self::RoleChanged { .. }
            | Self::OwnershipTransferred { .. }
            | Self::OrganizationDeleted { .. } => None,
        }
    }

    /// Subject and both parts.
    #[must_use]
    pub fn render(&self) -> Rendered {
        match *self {
            Self::VerifyAddress { name, link, expires_at } => verify_address(name, link, expires_at),
            Self::AddressAlreadyRegistered { name, sign_in_link } => {
                address_already_registered(name, sign_in_link)
            }
            Self::ResetPassword { name, link, expires_at } => reset_password(name, link, expires_at),
            Self::SecurityNotice { name, event, at, device, link } => {
                security_notice(name, event, at, device, link)
            }
            Self::ConfirmNewAddress { name, link, expires_at } => addresses::confirm(name, link, expires_at),
            Self::AddressChangeWanted { name, new_address, at, device, undo_link, expires_at } => {
                addresses::wanted(name, new_address, (at, device), undo_link, expires_at)
            }
            Self::AddressWantedByAnother { name, sign_in_link } => {
                addresses::wanted_by_another(name, sign_in_link)
            }
            Self::RegistrationConfirmed { name, event_title, when, link, waitlisted: false } => {
                registered(name, event_title, when, link)
            }
            Self::RegistrationConfirmed { name, event_title, when, link, waitlisted: true } => {
                waitlisted(name, event_title, when, link)
            }
            Self::Promoted { name, event_title, when, page, link } => {
                promoted(name, event_title, when, page, link)
            }
            Self::EventNews(ref news) => news.words(),
            Self::SessionChanged(ref news) => news.words(),
            Self::SessionStarting(ref soon) => soon.words(),
            Self::EventPlace(ref place) => place.words(),
            Self::UnreadMessages { name, senders, link } => unread_messages(name, senders, link),
            Self::AbuseReport(ref report) => report.words(),
            Self::ConnectionAsked(ref letter) => letter.words(),
            Self::ConnectionAccepted { name, by, link } => connection_accepted(name, by, link),
            Self::Invitation(ref letter) => letter.words(),
            Self::RoleChanged { name, organization, by, role, link } => {
                role_changed(name, organization, by, role, link)
            }
            Self::OwnershipTransferred { name, organization, giver, heir, to_heir, link } => {
                ownership_transferred(name, organization, giver, heir, to_heir, link)
            }
            Self::OrganizationDeleted { name, organization, by, undo_until, link } => {
                organization_deleted(name, organization, by, undo_until, link)
            }
        }
        .render()
    }
}

pub(super) fn greeting(name: &str) -> String {
    let name = inert(name);
    if name.is_empty() { "Hello,".to_owned() } else { format!("Hello {name},") }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn verification(name: &str) -> Mail<'_> {
        let link = "https://atria.example/verify?token=abc&next=1";
        Mail::VerifyAddress { name, link, expires_at: datetime!(2026-11-23 09:05 UTC) }
    }

    fn registration(event_title: &str, waitlisted: bool) -> Rendered {
        let link = "https://atria.example/e/rust-days";
        let when = "12 May 2027, 09:00 (Europe/Berlin)";
        Mail::RegistrationConfirmed { name: "Ada", event_title, when, link, waitlisted }.render()
    }

    #[test]
    fn markup_in_a_name_is_inert_in_html_and_literal_in_text() {
        let mail = verification("<script>alert(1)</script>").render();
        assert!(!mail.html.contains("<script"), "{}", mail.html);
        assert!(mail.html.contains("Hello &#60;script&#62;"), "{}", mail.html);
        assert!(mail.text.starts_with("Hello <script>alert(1)</script>,"), "{}", mail.text);
    }

    #[test]
    fn a_line_break_in_a_title_stays_out_of_the_subject() {
        let mail = registration("Rust days\r\nBcc: eve@evil.example", false);
        assert_eq!(mail.subject, "You're registered: Rust days Bcc: eve@evil.example");
    }

    #[test]
    fn template_syntax_in_a_name_is_literal() {
        assert!(verification("{{config}} %s").render().text.starts_with("Hello {{config}} %s,"));
    }

    #[test]
    fn an_address_in_a_name_does_not_hold_together_as_a_link() {
        let mail = verification("Win at http://evil.example now").render();
        assert!(!mail.text.contains("http://evil"), "{}", mail.text);
        assert!(!mail.html.contains("evil.example"), "{}", mail.html);
        assert_eq!(mail.html.matches("href=").count(), 2, "the button and the plain link");
    }

    #[test]
    fn the_text_part_reads_like_a_letter() {
        let text = registration("Rust days", false).text;
        assert_eq!(
            text,
            "Hello Ada,\n\nYour place is confirmed.\n\n\
             Event: Rust days\nWhen: 12 May 2027, 09:00 (Europe/Berlin)\n\n\
             Open the event:\nhttps://atria.example/e/rust-days\n\n\
             The event for your calendar:\nhttps://atria.example/e/rust-days/calendar.ics\n\n\
             If you can't come, give your place back here:\nhttps://atria.example/e/rust-days/me\n\n\
             The event's page always shows the current dates and place.\n\n\
             -- \nYou got this mail because you registered for this event. In your settings you choose which \
             mails you get."
        );
    }

    #[test]
    fn both_parts_carry_the_link_and_its_end() {
        let mail = verification("Ada").render();
        assert!(mail.text.contains("\nhttps://atria.example/verify?token=abc&next=1\n"), "{}", mail.text);
        assert!(
            mail.html.contains("href=\"https://atria.example/verify?token=abc&#38;next=1\""),
            "{}",
            mail.html
        );
        assert!(mail.text.contains("until 23 November 2026, 09:05 UTC."), "{}", mail.text);
    }

    #[test]
    fn a_waitlisted_person_is_not_told_of_a_place() {
        assert!(registration("Rust days", false).text.contains("Your place is confirmed."));
        assert!(!registration("Rust days", true).text.contains("Your place is confirmed."));
        assert_eq!(registration("Rust days", true).subject, "You're on the waitlist: Rust days");
    }
}
