use domain::moderation::{ReportTarget, SnapshotLine};

use super::letter::{Button, Letter, inert, inert_lines};
use super::mails::greeting;
use crate::dates::in_words;

/// A report that no event's moderators answer. People are named with their ids, for two of them may have one name.
#[derive(Debug, Clone, Copy)]
pub struct AbuseReport<'a> {
    /// What the recipient is called.
    pub name: &'a str,
    /// What is reported; shown is its kind alone.
    pub target: ReportTarget,
    /// The event whose moderators couldn't answer, and its address; without one both have no event in common.
    pub event: Option<(&'a str, &'a str)>,
    pub by: &'a str,
    pub about: &'a str,
    /// Our words for what is wrong.
    pub reason: &'static str,
    /// The reporter's own; may be empty.
    pub text: &'a str,
    /// The message with what stood before it; empty for a person.
    pub lines: &'a [SnapshotLine],
    /// To the instance.
    pub link: &'a str,
}

impl<'a> AbuseReport<'a> {
    pub(super) fn words(&self) -> Letter<'a> {
        let (by, about) = (inert(self.by), inert(self.about));
        let said = [("In their words", inert(self.text))].into_iter().filter(|(_, text)| !text.is_empty());
        let event = self.event.map(|(title, link)| ("Event", format!("{}, {link}", inert(title))));
        let facts = [("What is wrong", self.reason.to_owned()), ("Reported by", by), ("About", about)];
        let what = match self.target {
            ReportTarget::Message(_) => "message",
            ReportTarget::DirectMessage(_) => "direct message",
            ReportTarget::Person(_) => "person",
        };
        Letter {
            subject: format!("A {what} was reported"),
            greeting: greeting(self.name),
            paragraphs: vec![self.opening()],
            quote: self.lines.iter().flat_map(quoted).collect(),
            facts: facts.into_iter().chain(event).chain(said).collect(),
            button: Button { label: "Open Atria", link: self.link },
            more: vec![],
            notes: vec!["Whoever is reported doesn't learn of it.".to_owned()],
            reason: "You got this mail because yours is the abuse contact of this Atria (ATRIA_ABUSE_CONTACT).",
        }
    }

    fn opening(&self) -> String {
        let of_whom = match self.target {
            ReportTarget::Message(_) => "a message of a person",
            ReportTarget::DirectMessage(_) => "a direct message of a person",
            ReportTarget::Person(_) => "a person",
        };
        let why = match self.event {
            None => " with whom they have no event in common. No moderators answer it".to_owned(),
            Some((title, _)) => {
                format!(". Nobody who moderates \"{}\" could answer it", inert(title))
            }
        };
        let said = match self.lines {
            [] => "",
            _ => " This is what was said, the reported message last:",
        };
        format!("Somebody reports {of_whom}{why}, so it comes to you.{said}")
    }
}

/// One message: who and when, then its lines, each marked, so that nobody's words pass for the head of another message.
fn quoted(line: &SnapshotLine) -> Vec<String> {
    let head = format!("{} ({}), {}", inert(&line.author_name), line.author, in_words(line.sent_at.to_utc()));
    let said = line.body.as_deref().map_or_else(|| vec!["(deleted)".to_owned()], inert_lines);
    std::iter::once(head).chain(said.into_iter().map(|said| format!("| {said}"))).collect()
}
