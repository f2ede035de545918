use time::OffsetDateTime;

use super::letter::{Button, Letter, inert, inert_lines};
use super::mails::greeting;
use crate::dates::in_words;

/// What one is invited to, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion<'a> {
    Organization {
        name: &'a str,
    },
    /// `when` is written out with its zone.
    Event {
        title: &'a str,
        host: &'a str,
        when: &'a str,
        place: &'a str,
    },
}

/// An invitation; names, titles and the message are people's text and stay text.
#[derive(Debug, Clone, Copy)]
pub struct InvitationLetter<'a> {
    /// Empty for people who have no account yet.
    pub name: &'a str,
    pub occasion: Occasion<'a>,
    pub role: &'static str,
    pub inviter: &'a str,
    pub message: Option<&'a str>,
    pub link: &'a str,
    pub expires_at: OffsetDateTime,
    /// Decides what the person does next; only the owner of the address reads it.
    pub has_account: bool,
}

impl<'a> InvitationLetter<'a> {
    pub(super) const fn kind(&self) -> &'static str {
        match self.occasion {
            Occasion::Organization { .. } => "organization_invitation",
            Occasion::Event { .. } => "event_invitation",
        }
    }

    pub(super) fn words(&self) -> Letter<'a> {
        let inviter = inert(self.inviter);
        let role = with_article(self.role);
        let (subject, invites, mut facts) = match self.occasion {
            Occasion::Organization { name } => (
                format!("You're invited to {}", inert(name)),
                format!("{inviter} invites you to {} as {role}.", inert(name)),
                vec![("Organization", inert(name))],
            ),
            Occasion::Event { title, host, when, place } => (
                format!("You're invited: {}", inert(title)),
                format!("{inviter} invites you to {} as {role}.", inert(title)),
                vec![
                    ("Event", inert(title)),
                    ("When", when.to_owned()),
                    ("Where", inert(place)),
                    ("Host", inert(host)),
                ],
            ),
        };
        facts.push(("Your role", self.role.to_owned()));
        facts.push(("Invited by", inviter.clone()));
        let quote = self.message.map(inert_lines).unwrap_or_default();
        let mut paragraphs = vec![invites];
        if !quote.is_empty() {
            paragraphs.push(format!("{inviter} writes:"));
        }
        let (label, next) = if self.has_account {
            ("Sign in and answer", "Sign in to accept or decline.")
        } else {
            ("Create your account", "You have no account yet: the link lets you create one and accept.")
        };
        Letter {
            subject,
            greeting: greeting(self.name),
            paragraphs,
            quote,
            facts,
            button: Button { label, link: self.link },
            more: vec![],
            notes: vec![
                next.to_owned(),
                format!(
                    "The link works until {}. It is yours alone: don't pass it on.",
                    in_words(self.expires_at)
                ),
                "If you don't know who this is, you can ignore this mail: without your answer nothing happens."
                    .to_owned(),
            ],
            reason: "You got this mail because somebody invited this address on Atria.",
        }
    }
}

/// "a speaker", "an organizer".
fn with_article(role: &str) -> String {
    let role = role.to_lowercase();
    let article = if role.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {role}")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use crate::mail::{Mail, Rendered};

    use super::*;

    const LINK: &str = "https://atria.example/invitations/abc";

    fn to_event(title: &str, message: Option<&str>, has_account: bool) -> Rendered {
        Mail::Invitation(InvitationLetter {
            name: if has_account { "Ada" } else { "" },
            occasion: Occasion::Event {
                title,
                host: "Lighthouse",
                when: "Thursday 24 – Friday 25 September 2026, Europe/Berlin (UTC+2)",
                place: "Harbour Hall, Lisbon, Portugal",
            },
            role: "Speaker",
            inviter: "Olivia Okafor",
            message,
            link: LINK,
            expires_at: datetime!(2026-05-11 09:00 UTC),
            has_account,
        })
        .render()
    }

    #[test]
    fn the_text_part_says_what_when_where_as_what_and_by_whom() {
        assert_eq!(
            to_event("Rust Day", Some("Please come.\r\n\r\nBring slides."), false).text,
            "Hello,\n\nOlivia Okafor invites you to Rust Day as a speaker.\n\nOlivia Okafor writes:\n\n\
             > Please come.\n> Bring slides.\n\n\
             Event: Rust Day\nWhen: Thursday 24 – Friday 25 September 2026, Europe/Berlin (UTC+2)\n\
             Where: Harbour Hall, Lisbon, Portugal\nHost: Lighthouse\nYour role: Speaker\n\
             Invited by: Olivia Okafor\n\n\
             Create your account:\nhttps://atria.example/invitations/abc\n\n\
             You have no account yet: the link lets you create one and accept.\n\n\
             The link works until 11 May 2026, 09:00 UTC. It is yours alone: don't pass it on.\n\n\
             If you don't know who this is, you can ignore this mail: without your answer nothing happens.\n\n\
             -- \nYou got this mail because somebody invited this address on Atria."
        );
    }

    #[test]
    fn only_the_way_in_differs_for_somebody_who_has_an_account() {
        let (known, unknown) = (to_event("Rust Day", None, true), to_event("Rust Day", None, false));
        assert!(known.text.contains("Sign in and answer:") && !known.text.contains("Create your account"));
        assert!(unknown.text.contains("Create your account:") && !unknown.text.contains("Sign in"));
        assert_eq!(known.subject, unknown.subject);
    }

    #[test]
    fn a_hostile_title_or_message_is_text_and_makes_no_link() {
        let evil = "<script>alert(1)</script> http://evil.example\r\nBcc: eve@evil.example";
        let mail = to_event(evil, Some(evil), false);
        assert!(!mail.html.contains("<script") && !mail.html.contains("evil.example"), "{}", mail.html);
        assert!(!mail.text.contains("http://evil"), "{}", mail.text);
        assert!(!mail.subject.contains('\n') && !mail.subject.contains("http://evil"), "{}", mail.subject);
        assert_eq!(mail.html.matches("href=").count(), 2, "the button and the plain link");
    }
}
