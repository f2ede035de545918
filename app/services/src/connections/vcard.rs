//! vCard 4.0 (RFC 6350): one card of a contact. Lines are folded and texts escaped as in calendar files.

use super::lists::Contact;
use crate::calendar_file::Content;

/// Exactly what is visible, where the two met, and the own note.
pub(super) fn card(contact: &Contact) -> String {
    let profile = &contact.profile;
    let mut card = Content::default();
    card.raw("BEGIN", "VCARD");
    card.raw("VERSION", "4.0");
    card.raw("UID", &format!("urn:uuid:{}", profile.user));
    card.text("FN", &profile.full_name);
    let optional = [
        ("ORG", &profile.company),
        ("TITLE", &profile.title),
        ("EMAIL", &profile.email),
        ("EMAIL", &profile.public_email),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            card.text(name, value);
        }
    }
    for (_, link) in profile.links.named() {
        card.raw("URL", link);
    }
    let met = format!("Met at {} ({}).", contact.met.title, contact.met.when);
    let note = contact.note.as_ref().map_or_else(|| met.clone(), |note| format!("{met}\n{note}"));
    card.text("NOTE", &note);
    card.raw("END", "VCARD");
    card.into_file()
}
