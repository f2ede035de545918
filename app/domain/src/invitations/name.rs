use crate::accounts::{FirstName, LastName};
use crate::text::{self, Lines};

/// What an inviter calls somebody: 1 to 200 characters on one line. It greets them, and they correct it when they make
/// their account. Repeated in `invitations_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedName(String);

impl InvitedName {
    pub const MAX_CHARS: usize = FirstName::MAX_CHARS + LastName::MAX_CHARS;

    /// Reads a name as it stands beside an address, "Lovelace, Ada" too. What can't be a name is none: nobody is kept
    /// from being invited by it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let turned = match text.split_once(',') {
            Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
            _ => text.to_owned(),
        };
        let words = turned.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = text::clean(&words, Lines::One, 1, Self::MAX_CHARS).ok()?;
        (!name.contains(['@', '<', '>', '"', '\\'])).then_some(Self(name))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the fields of a form take it: the first word, and the others. A guess for the person to correct.
    #[must_use]
    pub fn first_and_last(&self) -> (&str, &str) {
        self.0.split_once(' ').unwrap_or((&self.0, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_in_both_orders_and_what_is_none_is_left_out() {
        let read = |text: &str| InvitedName::read(text).map(|name| name.0);
        assert_eq!(read("  Ada   Lovelace ").as_deref(), Some("Ada Lovelace"));
        assert_eq!(read("Chen, Li").as_deref(), Some("Li Chen"));
        assert_eq!(read("Ada Lovelace, PhD, FRS").as_deref(), Some("Ada Lovelace, PhD, FRS"));
        for none in ["", " , ", "ada@example.org", "Ada\u{202e}", &"x".repeat(201)] {
            assert_eq!(read(none), None, "{none:?}");
        }
        let long = InvitedName::read("Augusta Ada King").expect("a name");
        assert_eq!(long.first_and_last(), ("Augusta", "Ada King"));
        assert_eq!(InvitedName::read("Plato").expect("a name").first_and_last(), ("Plato", ""));
    }
}
