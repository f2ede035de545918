use super::letter::{Button, Letter, inert};
use super::mails::greeting;

/// Names, and never a word of what they wrote.
pub(super) fn unread_messages<'a>(name: &str, senders: &[String], link: &'a str) -> Letter<'a> {
    let names: Vec<String> = senders.iter().map(|sender| inert(sender)).collect();
    let (subject, sentence) = match names.as_slice() {
        [one] => (format!("{one} wrote to you"), format!("{one} wrote to you on Atria.")),
        [others @ .., last] => (
            "Messages wait for you".to_owned(),
            format!("{} and {last} wrote to you on Atria.", others.join(", ")),
        ),
        [] => ("Messages wait for you".to_owned(), "Somebody wrote to you on Atria.".to_owned()),
    };
    Letter {
        subject,
        greeting: greeting(name),
        paragraphs: vec![sentence],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Read your messages", link },
        more: vec![],
        notes: vec!["There is no further mail about them until you have read them.".to_owned()],
        reason: "You got this mail because you have unread messages. In your settings you choose which mails you get.",
    }
}
