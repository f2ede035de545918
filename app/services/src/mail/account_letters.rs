use time::OffsetDateTime;

use super::letter::{Button, Letter};
use super::mails::greeting;
use super::security_event::SecurityEvent;
use crate::dates::in_words;

pub(super) fn verify_address<'a>(name: &str, link: &'a str, expires_at: OffsetDateTime) -> Letter<'a> {
    Letter {
        subject: "Confirm your address".to_owned(),
        greeting: greeting(name),
        paragraphs: vec!["Confirm that this address is yours, and your account is ready.".to_owned()],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Confirm your address", link },
        more: vec![],
        notes: vec![
            format!("The link works until {}.", in_words(expires_at)),
            "If you did not sign up, you can ignore this mail: the account stays closed until the address is \
             confirmed. The page behind the link also lets you remove it."
                .to_owned(),
        ],
        reason: "You got this mail because somebody signed up to Atria with this address.",
    }
}

pub(super) fn address_already_registered<'a>(name: &str, sign_in_link: &'a str) -> Letter<'a> {
    Letter {
        subject: "You already have an account".to_owned(),
        greeting: greeting(name),
        paragraphs: vec![
            "Somebody just tried to sign up with this address. It already has an account, so nothing was changed."
                .to_owned(),
            "If it was you, sign in with your password.".to_owned(),
        ],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Sign in", link: sign_in_link },
        more: vec![],
        notes: vec![
            "If it was not you, you can ignore this mail. Nobody learned that you have an account.".to_owned(),
        ],
        reason: "You got this mail because an Atria account uses this address.",
    }
}

pub(super) fn reset_password<'a>(name: &str, link: &'a str, expires_at: OffsetDateTime) -> Letter<'a> {
    Letter {
        subject: "Set a new password".to_owned(),
        greeting: greeting(name),
        paragraphs: vec![
            "Somebody asked for a new password for your account. The page behind the link lets you choose one."
                .to_owned(),
        ],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Set a new password", link },
        more: vec![],
        notes: vec![
            format!("The link works once, until {}.", in_words(expires_at)),
            "Setting a new password signs you out everywhere.".to_owned(),
            "If it was not you, you can ignore this mail: your password stays as it is.".to_owned(),
        ],
        reason: "You got this mail because an Atria account uses this address.",
    }
}

pub(super) fn security_notice<'a>(
    name: &str,
    event: SecurityEvent,
    at: OffsetDateTime,
    device: &str,
    link: &'a str,
) -> Letter<'a> {
    let (subject, sentence) = event.words();
    Letter {
        subject: subject.to_owned(),
        greeting: greeting(name),
        paragraphs: vec![sentence.to_owned()],
        quote: vec![],
        facts: vec![("When", in_words(at)), ("Where", device.to_owned())],
        button: Button { label: event.button(), link },
        more: vec![],
        notes: vec!["If it was you, there is nothing to do.".to_owned()],
        reason: "You got this mail because it is about the safety of your Atria account.",
    }
}
