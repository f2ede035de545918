use domain::moderation::SnapshotLine;

use super::letter::{Button, Letter, inert, inert_lines};
use super::mails::greeting;
use crate::dates::in_words;

/// A direct message that somebody reports and no event's moderators answer for. People are named with their ids, for two
/// of them may have one name.
#[derive(Debug, Clone, Copy)]
pub struct AbuseReport<'a> {
    /// What the recipient is called.
    pub name: &'a str,
    pub by: &'a str,
    pub about: &'a str,
    /// Our words for what is wrong.
    pub reason: &'static str,
    /// The reporter's own; may be empty.
    pub text: &'a str,
    /// The message with what stood before it.
    pub lines: &'a [SnapshotLine],
    /// To the instance.
    pub link: &'a str,
}

impl<'a> AbuseReport<'a> {
    pub(super) fn words(&self) -> Letter<'a> {
        let (by, about) = (inert(self.by), inert(self.about));
        let said = [("In their words", inert(self.text))].into_iter().filter(|(_, text)| !text.is_empty());
        let facts = [("What is wrong", self.reason.to_owned()), ("Reported by", by), ("About", about)];
        Letter {
            subject: "A direct message was reported".to_owned(),
            greeting: greeting(self.name),
            paragraphs: vec![
                "Somebody reports a direct message of a person with whom they have no event in common. No \
                 moderators answer it, so it comes to you. This is what was said, the reported message last:"
                    .to_owned(),
            ],
            quote: self.lines.iter().flat_map(quoted).collect(),
            facts: facts.into_iter().chain(said).collect(),
            button: Button { label: "Open Atria", link: self.link },
            more: vec![],
            notes: vec!["Whoever is reported doesn't learn of it.".to_owned()],
            reason: "You got this mail because yours is the abuse contact of this Atria (ATRIA_ABUSE_CONTACT).",
        }
    }
}

/// One message: who and when, then its lines, each marked, so that nobody's words pass for the head of another message.
fn quoted(line: &SnapshotLine) -> Vec<String> {
    let head = format!("{} ({}), {}", inert(&line.author_name), line.author, in_words(line.sent_at.to_utc()));
    let said = line.body.as_deref().map_or_else(|| vec!["(deleted)".to_owned()], inert_lines);
    std::iter::once(head).chain(said.into_iter().map(|said| format!("| {said}"))).collect()
}
