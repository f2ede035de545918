use super::letter::{Button, Letter, inert, inert_lines};
use super::mails::greeting;

/// Somebody wants to connect. Of them it holds what the recipient may see.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionAsked<'a> {
    pub name: &'a str,
    pub by: &'a str,
    pub title: Option<&'a str>,
    pub company: Option<&'a str>,
    pub address: Option<&'a str>,
    pub event_title: &'a str,
    /// The words of whoever asks.
    pub icebreaker: &'a str,
    /// To the page where it is answered.
    pub link: &'a str,
}

impl<'a> ConnectionAsked<'a> {
    pub(super) fn words(&self) -> Letter<'a> {
        let (by, event) = (inert(self.by), inert(self.event_title));
        let shown = [("Title", self.title), ("Company", self.company), ("Email", self.address)];
        let facts = shown.into_iter().filter_map(|(label, value)| Some((label, inert(value?))));
        Letter {
            subject: format!("{by} would like to connect with you"),
            greeting: greeting(self.name),
            paragraphs: vec![format!("{by} would like to connect with you. You both take part in {event}.")],
            quote: inert_lines(self.icebreaker),
            facts: std::iter::once(("Event", event)).chain(facts).collect(),
            button: Button { label: "Answer the request", link: self.link },
            more: vec![],
            notes: vec!["If you decline, or don't answer, nobody is told.".to_owned()],
            reason: "You got this mail because somebody of an event you take part in asked to connect on Atria.",
        }
    }
}

pub(super) fn connection_accepted<'a>(name: &str, by: &str, link: &'a str) -> Letter<'a> {
    let by = inert(by);
    Letter {
        subject: format!("{by} accepted your request to connect"),
        greeting: greeting(name),
        paragraphs: vec![format!(
            "You and {by} are connected now. Your conversation opens with the words of your request."
        )],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Open the conversation", link },
        more: vec![],
        notes: vec![],
        reason: "You got this mail because somebody accepted your request to connect on Atria. In your settings you choose \
                 which mails you get.",
    }
}
