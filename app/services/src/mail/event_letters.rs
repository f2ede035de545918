use super::letter::{Button, Letter, inert};
use super::mails::greeting;

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

const CURRENT_FACTS: &str = "The event's page always shows the current dates and place.";
const REGISTERED: &str = "You got this mail because you registered for this event. In your settings you choose which mails you get.";
