use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// A canonical address: trimmed, NFC, lower case, at most 254 characters. One account per canonical address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailAddressError {
    #[error("Enter an email address.")]
    Missing,
    #[error("Enter an email address like ada@example.org.")]
    Shape,
    #[error("Use at most {} characters.", EmailAddress::MAX_CHARS)]
    TooLong,
}

impl EmailAddress {
    pub const MAX_CHARS: usize = 254;

    /// Accepts what a mail server could deliver; no quoted local parts, no address literals, no line breaks.
    ///
    /// # Errors
    /// Missing, too long, or not of the form `local@host.tld`.
    pub fn parse(input: &str) -> Result<Self, EmailAddressError> {
        let text: String = input.trim().nfc().collect::<String>().to_lowercase();
        if text.is_empty() {
            return Err(EmailAddressError::Missing);
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(EmailAddressError::TooLong);
        }
        let (local, host) = text.rsplit_once('@').ok_or(EmailAddressError::Shape)?;
        if is_local_part(local) && is_host(host) { Ok(Self(text)) } else { Err(EmailAddressError::Shape) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `a…@example.org`: enough for its owner to know it, too little for others to write to it.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, host) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        format!("{}…@{host}", local.chars().next().unwrap_or_default())
    }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.contains('.') && host.split('.').all(label)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
