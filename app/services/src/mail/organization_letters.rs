use time::OffsetDateTime;

use super::letter::{Button, Letter, inert};
use super::mails::greeting;
use crate::dates::in_words;

const MEMBER: &str = "You got this mail because you are a member of this organization on Atria.";

/// To a member whose role is another now, or who is none any more.
pub(super) fn role_changed<'a>(
    name: &str,
    organization: &str,
    by: &str,
    role: Option<&'static str>,
    link: &'a str,
) -> Letter<'a> {
    let organization = inert(organization);
    let (subject, sentence) = match role {
        Some(role) => {
            let role = role.to_lowercase();
            (
                format!("Your role in {organization} has changed"),
                format!("{} changed your role in {organization}. It is {role} now.", inert(by)),
            )
        }
        None => (
            format!("You were removed from {organization}"),
            format!("{} removed you from {organization}.", inert(by)),
        ),
    };
    Letter {
        subject,
        greeting: greeting(name),
        paragraphs: vec![sentence],
        quote: vec![],
        facts: vec![("Organization", organization)],
        button: Button { label: "Open Atria", link },
        more: vec![],
        notes: vec![
            "Which of these mails you get is up to you: see the notifications in your settings.".to_owned(),
        ],
        reason: "You got this mail because it is about your place in an organization on Atria.",
    }
}

/// To both sides of a transfer.
pub(super) fn ownership_transferred<'a>(
    name: &str,
    organization: &str,
    giver: &str,
    heir: &str,
    to_heir: bool,
    link: &'a str,
) -> Letter<'a> {
    let sentence = if to_heir {
        format!("{} made you an owner of {}.", inert(giver), inert(organization))
    } else {
        format!("You made {} an owner of {} and are an admin there now.", inert(heir), inert(organization))
    };
    Letter {
        subject: format!("{} has a new owner", inert(organization)),
        greeting: greeting(name),
        paragraphs: vec![sentence],
        quote: vec![],
        facts: vec![("Organization", inert(organization)), ("New owner", inert(heir))],
        button: Button { label: "Open the organization", link },
        more: vec![],
        notes: vec![
            "If this is a surprise, talk to each other: an owner can change roles at any time.".to_owned(),
        ],
        reason: MEMBER,
    }
}

/// To every owner.
pub(super) fn organization_deleted<'a>(
    name: &str,
    organization: &str,
    by: &str,
    undo_until: OffsetDateTime,
    link: &'a str,
) -> Letter<'a> {
    Letter {
        subject: format!("{} was deleted", inert(organization)),
        greeting: greeting(name),
        paragraphs: vec![
            format!("{} deleted {} with all of its events.", inert(by), inert(organization)),
            "Nobody sees them any more. As an owner you can bring everything back.".to_owned(),
        ],
        quote: vec![],
        facts: vec![("Organization", inert(organization)), ("Deleted by", inert(by))],
        button: Button { label: "See deleted organizations", link },
        more: vec![],
        notes: vec![format!("That works until {}. Then it is gone for good.", in_words(undo_until))],
        reason: MEMBER,
    }
}
