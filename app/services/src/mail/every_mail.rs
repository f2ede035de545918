//! What holds for every mail, whatever people call themselves and their events.

use domain::ids::UserId;
use domain::moderation::{ReportTarget, SnapshotLine};
use time::macros::datetime;

use super::*;

/// People's text as somebody would write it who wants to get something into a mail of ours.
const EVIL: &str = "<img src=x onerror=alert(1)>&\"'\r\nBcc: eve@evil.example http://evil.example {{name}}";
const LINK: &str = "https://atria.example/the/link?a=1&b=2";
const WHEN: &str = "Thursday 24 September 2026, Europe/Berlin";

fn senders() -> &'static [String] {
    static SENDERS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    SENDERS.get_or_init(|| vec![EVIL.to_owned(), "Ben".to_owned()])
}

fn facts() -> &'static [(&'static str, String)] {
    static FACTS: std::sync::OnceLock<Vec<(&'static str, String)>> = std::sync::OnceLock::new();
    FACTS.get_or_init(|| vec![("Where", format!("{EVIL} → {EVIL}"))])
}

fn lines() -> &'static [SnapshotLine] {
    static LINES: std::sync::OnceLock<Vec<SnapshotLine>> = std::sync::OnceLock::new();
    let line = |body: Option<&str>| SnapshotLine {
        author: UserId::new(uuid::Uuid::nil()),
        author_name: EVIL.to_owned(),
        sent_at: datetime!(2026-09-24 09:05 UTC).into(),
        body: body.map(str::to_owned),
        is_reported: body.is_some(),
    };
    LINES.get_or_init(|| vec![line(None), line(Some(EVIL))])
}

/// The number of a variant, so that a new one doesn't compile before it is in [`all`].
const fn place(mail: &Mail<'_>) -> usize {
    match mail {
        Mail::VerifyAddress { .. } => 0,
        Mail::AddressAlreadyRegistered { .. } => 1,
        Mail::ResetPassword { .. } => 2,
        Mail::SecurityNotice { .. } => 3,
        Mail::ConfirmNewAddress { .. } => 4,
        Mail::AddressChangeWanted { .. } => 5,
        Mail::AddressWantedByAnother { .. } => 6,
        Mail::RegistrationConfirmed { .. } => 7,
        Mail::Promoted { .. } => 8,
        Mail::EventNews(_) => 9,
        Mail::SessionChanged(_) => 10,
        Mail::SessionStarting(_) => 11,
        Mail::EventPlace(_) => 12,
        Mail::UnreadMessages { .. } => 13,
        Mail::ConnectionAsked(_) => 14,
        Mail::Invitation(_) => 15,
        Mail::RoleChanged { .. } => 16,
        Mail::OwnershipTransferred { .. } => 17,
        Mail::OrganizationDeleted { .. } => 18,
        Mail::ConnectionAccepted { .. } => 19,
        Mail::AbuseReport(_) => 20,
    }
}

const VARIANTS: usize = 21;

/// Each variant at least once, and each kind of those that have several.
fn all() -> Vec<Mail<'static>> {
    let mut all = of_accounts();
    all.extend(of_events());
    all.extend(of_people());
    all
}

fn of_accounts() -> Vec<Mail<'static>> {
    let expires_at = datetime!(2026-09-24 09:05 UTC);
    vec![
        Mail::VerifyAddress { name: EVIL, link: LINK, expires_at },
        Mail::AddressAlreadyRegistered { name: EVIL, sign_in_link: LINK },
        Mail::ResetPassword { name: EVIL, link: LINK, expires_at },
        Mail::SecurityNotice {
            name: EVIL,
            event: SecurityEvent::PasswordChanged,
            at: expires_at,
            device: "Firefox on Linux",
            link: LINK,
        },
        Mail::ConfirmNewAddress { name: EVIL, link: LINK, expires_at },
        Mail::AddressChangeWanted {
            name: EVIL,
            new_address: "ada@example.org",
            at: expires_at,
            device: "Firefox on Linux",
            undo_link: LINK,
            expires_at,
        },
        Mail::AddressWantedByAnother { name: EVIL, sign_in_link: LINK },
    ]
}

fn of_events() -> Vec<Mail<'static>> {
    let news =
        |what| Mail::EventNews(EventNews { name: EVIL, event_title: EVIL, when: WHEN, link: LINK, what });
    let place =
        |what| Mail::EventPlace(EventPlace { name: EVIL, event_title: EVIL, by: EVIL, what, link: LINK });
    let registered = |waitlisted| Mail::RegistrationConfirmed {
        name: EVIL,
        event_title: EVIL,
        when: WHEN,
        link: LINK,
        waitlisted,
    };
    vec![
        registered(false),
        registered(true),
        Mail::Promoted { name: EVIL, event_title: EVIL, when: WHEN, page: LINK, link: LINK },
        news(EventNewsKind::Cancelled { reason: EVIL }),
        news(EventNewsKind::Changed { facts: facts() }),
        news(EventNewsKind::Reminder { place: EVIL, session: Some(EVIL) }),
        Mail::SessionChanged(SessionNews {
            name: EVIL,
            session: EVIL,
            event_title: EVIL,
            news: facts(),
            link: LINK,
        }),
        Mail::SessionStarting(SessionSoon {
            name: EVIL,
            session: EVIL,
            event_title: EVIL,
            when: WHEN,
            room: Some(EVIL),
            link: LINK,
        }),
        place(PlaceChange::Role("Speaker")),
        place(PlaceChange::Speaks { session: Some(EVIL), role: "Panelist" }),
        place(PlaceChange::Speaks { session: None, role: "Panelist" }),
        place(PlaceChange::Added { role: "Attendee", is_waiting: true }),
        place(PlaceChange::Removed),
        place(PlaceChange::BroughtBack { role: "Attendee", is_waiting: false }),
        place(PlaceChange::Banned { reason: EVIL }),
        place(PlaceChange::Unbanned),
    ]
}

fn reported(event: Option<(&'static str, &'static str)>, lines: &'static [SnapshotLine]) -> Mail<'static> {
    Mail::AbuseReport(AbuseReport {
        name: EVIL,
        target: ReportTarget::Person(UserId::new(uuid::Uuid::nil())),
        event,
        by: EVIL,
        about: EVIL,
        reason: "Something else",
        text: EVIL,
        lines,
        link: LINK,
    })
}

fn of_people() -> Vec<Mail<'static>> {
    let expires_at = datetime!(2026-09-24 09:05 UTC);
    let invited = |occasion| {
        Mail::Invitation(InvitationLetter {
            name: EVIL,
            occasion,
            role: "Speaker",
            inviter: EVIL,
            message: Some(EVIL),
            link: LINK,
            expires_at,
            has_account: true,
        })
    };
    vec![
        Mail::UnreadMessages { name: EVIL, senders: senders(), link: LINK },
        reported(None, lines()),
        reported(Some((EVIL, LINK)), &[]),
        Mail::ConnectionAsked(ConnectionAsked {
            name: EVIL,
            by: EVIL,
            title: Some(EVIL),
            company: Some(EVIL),
            address: Some("ada@example.org"),
            event_title: EVIL,
            icebreaker: EVIL,
            link: LINK,
        }),
        Mail::ConnectionAccepted { name: EVIL, by: EVIL, link: LINK },
        invited(Occasion::Organization { name: EVIL }),
        invited(Occasion::Event { title: EVIL, host: EVIL, when: WHEN, place: EVIL }),
        Mail::RoleChanged { name: EVIL, organization: EVIL, by: EVIL, role: Some("Admin"), link: LINK },
        Mail::RoleChanged { name: EVIL, organization: EVIL, by: EVIL, role: None, link: LINK },
        Mail::OwnershipTransferred {
            name: EVIL,
            organization: EVIL,
            giver: EVIL,
            heir: EVIL,
            to_heir: true,
            link: LINK,
        },
        Mail::OrganizationDeleted {
            name: EVIL,
            organization: EVIL,
            by: EVIL,
            undo_until: expires_at,
            link: LINK,
        },
    ]
}

/// The tags of a part, `<a href="…">` as `a`.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').find(|name| !name.is_empty())
        })
        .collect()
}

#[test]
fn every_kind_of_mail_is_looked_at() {
    let mut found: Vec<usize> = all().iter().map(place).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, (0..VARIANTS).collect::<Vec<_>>());
}

#[test]
fn what_people_write_is_text_in_every_mail_and_never_a_header_or_a_link() {
    for mail in all() {
        let (kind, Rendered { subject, html, text }) = (mail.kind(), mail.render());
        assert!(!subject.contains(['\r', '\n']), "{kind}: {subject}");
        assert!(!subject.is_empty() && subject.len() < 998, "{kind}: {subject}");
        assert!(!tags(&html).contains(&"img") && !tags(&html).contains(&"script"), "{kind}: {html}");
        assert!(!html.contains("onerror=alert(1)>"), "{kind}: {html}");
        for part in [&html, &text] {
            assert!(!part.contains("http://evil.example"), "{kind}: {part}");
            assert!(!part.contains("eve@evil.example"), "{kind}: {part}");
        }
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{kind}: {text}");
        let of_ours = html.matches("href=\"").count() - html.matches("href=\"https://atria.example/").count();
        assert_eq!(of_ours, 0, "{kind} links to somewhere else: {html}");
    }
}

#[test]
fn both_parts_of_every_mail_say_the_same_and_carry_the_link() {
    for mail in all() {
        let (kind, Rendered { html, text, .. }) = (mail.kind(), mail.render());
        assert!(text.contains(&format!("\n{LINK}\n")), "{kind}: {text}");
        assert!(html.contains("https://atria.example/the/link?a=1&#38;b=2"), "{kind}: {html}");
        assert!(text.starts_with("Hello "), "{kind}: {text}");
        let (letter, reason) = text.split_once("\n-- \n").expect("a reason at the foot");
        assert!(reason.starts_with("You got this mail because "), "{kind}: {reason}");
        let escaped = |line: &str| {
            let line = line.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;");
            line.replace('"', "&#34;").replace('\'', "&#39;")
        };
        for line in letter.lines().filter(|line| !line.is_empty() && !line.starts_with("> ")) {
            // "When: …" is a row of two cells there, and "Open it:" a button.
            let said = line.split_once(": ").map_or(line, |(_, value)| value).trim_end_matches(':');
            assert!(html.contains(&escaped(said)), "{kind} says {said:?} in its text only: {html}");
        }
    }
}
