use domain::notifications::NotificationKind;

use super::letter::{Button, Letter, inert};
use super::mails::greeting;

/// What somebody did to another's place in an event.
#[derive(Debug, Clone, Copy)]
pub struct EventPlace<'a> {
    pub name: &'a str,
    pub event_title: &'a str,
    /// Who did it.
    pub by: &'a str,
    pub what: PlaceChange<'a>,
    pub link: &'a str,
}

/// Roles are the words shown to people.
#[derive(Debug, Clone, Copy)]
pub enum PlaceChange<'a> {
    Role(&'static str),
    /// In a session; an attendee is a speaker from now on. Without a title while only organizers see the session.
    Speaks {
        session: Option<&'a str>,
        role: &'static str,
    },
    Added {
        role: &'static str,
        is_waiting: bool,
    },
    Removed,
    BroughtBack {
        role: &'static str,
        is_waiting: bool,
    },
    /// With the words of whoever did it.
    Banned {
        reason: &'a str,
    },
    Unbanned,
}

impl<'a> EventPlace<'a> {
    pub(super) const fn kind(&self) -> &'static str {
        match self.what {
            PlaceChange::Role(_) => "event_role_changed",
            PlaceChange::Speaks { .. } => "event_speaks",
            PlaceChange::Added { .. } => "event_added",
            PlaceChange::Removed => "event_removed",
            PlaceChange::BroughtBack { .. } => "event_brought_back",
            PlaceChange::Banned { .. } => "event_banned",
            PlaceChange::Unbanned => "event_unbanned",
        }
    }

    pub(super) const fn notification(&self) -> NotificationKind {
        match self.what {
            PlaceChange::Banned { .. } | PlaceChange::Unbanned => NotificationKind::Banned,
            PlaceChange::Role(_)
            | PlaceChange::Speaks { .. }
            | PlaceChange::Added { .. }
            | PlaceChange::Removed
            | PlaceChange::BroughtBack { .. } => NotificationKind::RoleChanged,
        }
    }

    pub(super) fn words(&self) -> Letter<'a> {
        let (by, event) = (inert(self.by), inert(self.event_title));
        let waits =
            |is_waiting: bool| if is_waiting { " All seats are taken, so you wait for one." } else { "" };
        let (subject, sentence) = match self.what {
            PlaceChange::Role(role) => (
                format!("Your role in {event} has changed"),
                format!("{by} changed your role in {event}. It is {} now.", role.to_lowercase()),
            ),
            PlaceChange::Speaks { session, role } => part_in_words(&by, &event, session, role),
            PlaceChange::Added { role, is_waiting } => (
                format!("You were added to {event}"),
                format!("{by} added you to {event} as {}.{}", role.to_lowercase(), waits(is_waiting)),
            ),
            PlaceChange::Removed => {
                (format!("You were removed from {event}"), format!("{by} removed you from {event}."))
            }
            PlaceChange::BroughtBack { role, is_waiting } => (
                format!("You are back in {event}"),
                format!("{by} brought you back to {event} as {}.{}", role.to_lowercase(), waits(is_waiting)),
            ),
            PlaceChange::Banned { .. } => (
                format!("You were banned from {event}"),
                format!("{by} closed {event} to you. The reason they gave:"),
            ),
            PlaceChange::Unbanned => {
                (format!("{event} is open to you again"), format!("{by} lifted your ban from {event}."))
            }
        };
        let (quote, notes) = match self.what {
            PlaceChange::Banned { reason } => (reason.lines().map(inert).collect(), vec![]),
            PlaceChange::Added { .. } => {
                (vec![], vec!["You may leave whenever you want.".to_owned(), CHOICE.to_owned()])
            }
            PlaceChange::Unbanned => (vec![], vec![]),
            PlaceChange::Role(_)
            | PlaceChange::Speaks { .. }
            | PlaceChange::Removed
            | PlaceChange::BroughtBack { .. } => (vec![], vec![CHOICE.to_owned()]),
        };
        Letter {
            subject,
            greeting: greeting(self.name),
            paragraphs: vec![sentence],
            quote,
            facts: vec![("Event", event)],
            button: Button { label: "Open Atria", link: self.link },
            more: vec![],
            notes,
            reason: "You got this mail because it is about your place in an event on Atria.",
        }
    }
}

/// Subject and sentence of a part in a session.
fn part_in_words(by: &str, event: &str, session: Option<&str>, role: &str) -> (String, String) {
    let role = role.to_lowercase();
    match session.map(inert) {
        Some(session) => (
            format!("You have a part in “{session}”"),
            format!("{by} gave you a part in the session “{session}” of {event}: {role}."),
        ),
        None => (
            format!("You have a part in {event}"),
            format!(
                "{by} gave you a part in a session of {event}: {role}. You find it in the agenda once it has a time."
            ),
        ),
    }
}

const CHOICE: &str = "Which of these mails you get is up to you: see the notifications in your settings.";
