use domain::notifications::{News, NotificationKind};

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
    /// Label, and "old → new".
    Changed { facts: &'a [(&'static str, String)] },
    /// It begins within a day; `session` is the first one the person starred, with its time.
    Reminder { place: &'a str, session: Option<&'a str> },
}

impl EventNewsKind<'_> {
    /// What people switch off who don't want to know.
    #[must_use]
    pub const fn notification(&self) -> NotificationKind {
        match self {
            Self::Cancelled { .. } => NotificationKind::EventCancelled,
            Self::Changed { .. } => NotificationKind::EventChanged,
            Self::Reminder { .. } => NotificationKind::EventReminder,
        }
    }

    /// The same in the app.
    #[must_use]
    pub const fn news(&self) -> News {
        match self {
            Self::Cancelled { .. } => News::EventCancelled,
            Self::Changed { .. } => News::EventChanged,
            Self::Reminder { .. } => News::EventReminder,
        }
    }
}

impl<'a> EventNews<'a> {
    pub(super) const fn kind(&self) -> &'static str {
        match self.what {
            EventNewsKind::Cancelled { .. } => "event_cancelled",
            EventNewsKind::Changed { .. } => "event_changed",
            EventNewsKind::Reminder { .. } => "event_reminder",
        }
    }

    pub(super) const fn notification(&self) -> NotificationKind {
        self.what.notification()
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
                ("Changed", "The organizers changed an event of yours. This is what was and what is:", vec![])
            }
            EventNewsKind::Reminder { place, session } => {
                facts.push(("When", self.when.to_owned()));
                facts.push(("Where", inert(place)));
                facts.extend(session.map(|session| ("Your first session", inert(session))));
                ("Soon", "An event you take part in begins within a day.", vec![])
            }
        };
        Letter {
            subject: format!("{subject}: {}", self.event_title),
            greeting: greeting(self.name),
            paragraphs: vec![sentence.to_owned()],
            quote,
            facts,
            button: Button { label: "Open the event", link: self.link },
            more: vec![],
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
        more: vec![(CALENDAR, format!("{link}/calendar.ics")), (CANT_COME, format!("{link}/me"))],
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
        more: vec![],
        notes: vec!["You leave the waitlist on the event's page.".to_owned(), CURRENT_FACTS.to_owned()],
        reason: REGISTERED,
    }
}

/// `page` is the event's own, above the link.
pub(super) fn promoted<'a>(
    name: &str,
    event_title: &str,
    when: &str,
    page: &str,
    link: &'a str,
) -> Letter<'a> {
    Letter {
        subject: format!("A seat is yours: {event_title}"),
        greeting: greeting(name),
        paragraphs: vec![
            "A seat became free, and you were next on the waitlist. Your place is confirmed.".to_owned(),
        ],
        quote: vec![],
        facts: vec![("Event", inert(event_title)), ("When", when.to_owned())],
        button: Button { label: "Open the event", link },
        more: vec![(CALENDAR, format!("{page}/calendar.ics")), (CANT_COME, format!("{page}/me"))],
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
            more: vec![],
            notes: vec!["Times are those of the event.".to_owned()],
            reason: CHOSE,
        }
    }
}

/// A session somebody chose begins in some minutes.
#[derive(Debug, Clone, Copy)]
pub struct SessionSoon<'a> {
    pub name: &'a str,
    pub session: &'a str,
    pub event_title: &'a str,
    /// Written out, on the event's clocks.
    pub when: &'a str,
    pub room: Option<&'a str>,
    pub link: &'a str,
}

impl<'a> SessionSoon<'a> {
    pub(super) fn words(&self) -> Letter<'a> {
        let about = [("Session", inert(self.session)), ("Event", inert(self.event_title))];
        let when = std::iter::once(("When", self.when.to_owned()));
        let room = self.room.map(|room| ("Room", inert(room)));
        Letter {
            subject: format!("Starts soon: {}", inert(self.session)),
            greeting: greeting(self.name),
            paragraphs: vec!["A session you chose starts soon.".to_owned()],
            quote: vec![],
            facts: about.into_iter().chain(when).chain(room).collect(),
            button: Button { label: "Open the session", link: self.link },
            more: vec![],
            notes: vec!["Times are those of the event.".to_owned()],
            reason: CHOSE,
        }
    }
}

const CALENDAR: &str = "The event for your calendar";
const CANT_COME: &str = "If you can't come, give your place back here";
const CHOSE: &str = "You got this mail because you starred this session or signed up for it. In your settings you choose which mails you get.";
const CURRENT_FACTS: &str = "The event's page always shows the current dates and place.";
const REGISTERED: &str = "You got this mail because you registered for this event. In your settings you choose which mails you get.";
