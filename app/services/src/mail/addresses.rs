//! The letters about a change of the address.

use time::OffsetDateTime;

use super::letter::{Button, Letter, inert};
use super::mails::greeting;
use crate::dates::in_words;

const REASON: &str = "You got this mail because an Atria account uses this address.";

pub(super) fn confirm<'a>(name: &str, link: &'a str, expires_at: OffsetDateTime) -> Letter<'a> {
    Letter {
        subject: "Confirm your new address".to_owned(),
        greeting: greeting(name),
        paragraphs: vec![
            "Confirm that this address is yours, and your account uses it from then on.".to_owned(),
        ],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Confirm your new address", link },
        more: vec![],
        notes: vec![
            format!("The link works until {}.", in_words(expires_at)),
            "If you did not ask for it, you can ignore this mail: nothing changes.".to_owned(),
        ],
        reason: "You got this mail because somebody wants to use this address for their Atria account.",
    }
}

/// `seen` is when it was asked for, and our words for where.
pub(super) fn wanted<'a>(
    name: &str,
    new_address: &str,
    seen: (OffsetDateTime, &str),
    undo_link: &'a str,
    expires_at: OffsetDateTime,
) -> Letter<'a> {
    Letter {
        subject: "Your account is about to get another address".to_owned(),
        greeting: greeting(name),
        paragraphs: vec![
            "Somebody who is signed in to your account asked for another address. It counts as soon as it is \
             confirmed."
                .to_owned(),
        ],
        quote: vec![],
        facts: vec![
            ("New address", inert(new_address)),
            ("When", in_words(seen.0)),
            ("Where", seen.1.to_owned()),
        ],
        button: Button { label: "It wasn't me: undo it", link: undo_link },
        more: vec![],
        notes: vec![
            "If it was you, there is nothing to do.".to_owned(),
            format!(
                "The link works until {}, also after the new address is confirmed. It gives your account this \
                 address back, signs everybody out and lets you set a new password.",
                in_words(expires_at)
            ),
        ],
        reason: REASON,
    }
}

pub(super) fn wanted_by_another<'a>(name: &str, sign_in_link: &'a str) -> Letter<'a> {
    Letter {
        subject: "Somebody wanted to use your address".to_owned(),
        greeting: greeting(name),
        paragraphs: vec![
            "Somebody just tried to give their account this address. It has an account already, so nothing was \
             changed."
                .to_owned(),
            "If it was you, sign in with this address instead.".to_owned(),
        ],
        quote: vec![],
        facts: vec![],
        button: Button { label: "Sign in", link: sign_in_link },
        more: vec![],
        notes: vec![
            "If it was not you, you can ignore this mail. Nobody learned that you have an account.".to_owned(),
        ],
        reason: REASON,
    }
}
