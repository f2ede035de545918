use domain::notifications::NotificationKind;

use super::letter::{Button, Letter, inert};
use super::mails::greeting;

/// What all members of an event are told.
#[derive(Debug, Clone, Copy)]
pub struct EventNews<'a> {
    pub name: &'a str,
    pub event_title: &'a str,
    /// Written out with its zone.
    pub when: &'a str,
    pub link: &'a str,
    pub what: EventNewsKind<'a>,
}

#[derive(Debug, Clone, Copy)]
pub enum EventNewsKind<'a> {
    /// With the organizers' own words.
    Cancelled { reason: &'a str },
    /// Label and new value of what changed.
    Changed { facts: &'a [(&'static str, String)] },
}

impl<'a> EventNews<'a> {
    pub(super) const fn kind(&self) -> &'static str {
        match self.what {
            EventNewsKind::Cancelled { .. } => "event_cancelled",
            EventNewsKind::Changed { .. } => "event_changed",
        }
    }

    pub(super) const fn notification(&self) -> NotificationKind {
        match self.what {
            EventNewsKind::Cancelled { .. } => NotificationKind::EventCancelled,
            EventNewsKind::Changed { .. } => NotificationKind::EventChanged,
        }
    }

    pub(super) fn words(&self) -> Letter<'a> {
        let mut facts = vec![("Event", inert(self.event_title))];
        let (subject, sentence, quote) = match self.what {
            EventNewsKind::Cancelled { reason } => {
                facts.push(("When it was planned", self.when.to_owned()));
                let quote = reason.lines().map(inert).collect();
                ("Cancelled", "This event does not take place. Its organizers write:", quote)
            }
            EventNewsKind::Changed { facts: changed } => {
                facts.extend(changed.iter().map(|(label, value)| (*label, inert(value))));
                ("Changed", "The organizers changed an event of yours. This is how it is now:", vec![])
            }
        };
        Letter {
            subject: format!("{subject}: {}", self.event_title),
            greeting: greeting(self.name),
            paragraphs: vec![sentence.to_owned()],
            quote,
            facts,
            button: Button { label: "Open the event", link: self.link },
            notes: vec![],
            reason: "You got this mail because you are a member of this event, or wait for a seat.",
        }
    }
}

pub(super) fn registered<'a>(name: &str, event_title: &str, when: &str, link: &'a str) -> Letter<'a> {
    Letter {
        subject: format!("You're registered: {event_title}"),
        greeting: greeting(name),
        paragraphs: vec!["Your place is confirmed.".to_owned()],
        quote: vec![],
        facts: vec![("Event", inert(event_title)), ("When", when.to_owned())],
        button: Button { label: "Open the event", link },
        notes: vec![CURRENT_FACTS.to_owned()],
        reason: REGISTERED,
    }
}

pub(super) fn waitlisted<'a>(name: &str, event_title: &str, when: &str, link: &'a str) -> Letter<'a> {
    Letter {
        subject: format!("You're on the waitlist: {event_title}"),
        greeting: greeting(name),
        paragraphs: vec!["The event is full, so you are on the waitlist for now.".to_owned()],
        quote: vec![],
        facts: vec![("Event", inert(event_title)), ("When", when.to_owned())],
        button: Button { label: "Open the event", link },
        notes: vec![CURRENT_FACTS.to_owned()],
        reason: REGISTERED,
    }
}

pub(super) fn promoted<'a>(name: &str, event_title: &str, when: &str, link: &'a str) -> Letter<'a> {
    Letter {
        subject: format!("A seat is yours: {event_title}"),
        greeting: greeting(name),
        paragraphs: vec![
            "A seat became free, and you were next on the waitlist. Your place is confirmed.".to_owned(),
        ],
        quote: vec![],
        facts: vec![("Event", inert(event_title)), ("When", when.to_owned())],
        button: Button { label: "Open the event", link },
        notes: vec![
            "If you can't come any more, leave the event, so that the next person gets the seat.".to_owned(),
        ],
        reason: "You got this mail because you waited for a seat at this event.",
    }
}

/// What became of a session, to somebody who chose it.
#[derive(Debug, Clone, Copy)]
pub struct SessionNews<'a> {
    pub name: &'a str,
    pub session: &'a str,
    pub event_title: &'a str,
    /// Label, and "old → new".
    pub news: &'a [(&'static str, String)],
    pub link: &'a str,
}

impl<'a> SessionNews<'a> {
    pub(super) fn words(&self) -> Letter<'a> {
        let about = [("Event", inert(self.event_title)), ("Session", inert(self.session))];
        let news = self.news.iter().map(|(label, change)| (*label, inert(change)));
        Letter {
            subject: format!("Changed: {}", self.session),
            greeting: greeting(self.name),
            paragraphs: vec!["A session you chose is not as it was.".to_owned()],
            quote: vec![],
            facts: about.into_iter().chain(news).collect(),
            button: Button { label: "Open the session", link: self.link },
            notes: vec!["Times are those of the event.".to_owned()],
            reason: CHOSE,
        }
    }
}

const CHOSE: &str = "You got this mail because you starred this session or signed up for it. In your settings you choose which mails you get.";
const CURRENT_FACTS: &str = "The event's page always shows the current dates and place.";
const REGISTERED: &str = "You got this mail because you registered for this event. In your settings you choose which mails you get.";
