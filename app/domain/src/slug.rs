//! Addresses of organizations and events: `[a-z0-9-]`, 3 to 60 characters, unique per instance.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// Words that would hide one of our own pages.
const RESERVED: [&str; 23] = [
    "new",
    "deleted",
    "settings",
    "api",
    "admin",
    "ws",
    "files",
    "manage",
    "now",
    "edit",
    "about",
    "signin",
    "signup",
    "signout",
    "home",
    "inbox",
    "events",
    "organizations",
    "people",
    "static",
    "pkg",
    "health",
    "dev",
];

/// Deleted things give their address up by taking `deleted-{id}`.
const DELETED_PREFIX: &str = "deleted-";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    #[error("Use {} to {} characters.", Slug::MIN_CHARS, Slug::MAX_CHARS)]
    Length,
    #[error("Use small letters, digits and single hyphens between them.")]
    Shape,
    #[error("This address is reserved. Choose another one.")]
    Reserved,
}

impl Slug {
    pub const MIN_CHARS: usize = 3;
    pub const MAX_CHARS: usize = 60;

    /// # Errors
    /// Length, then shape, then the reserved list.
    pub fn parse(input: &str) -> Result<Self, SlugError> {
        let text = input.trim();
        if !(Self::MIN_CHARS..=Self::MAX_CHARS).contains(&text.chars().count()) {
            return Err(SlugError::Length);
        }
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !text.chars().all(allowed) || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return Err(SlugError::Shape);
        }
        if RESERVED.contains(&text) || text.starts_with(DELETED_PREFIX) {
            return Err(SlugError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address proposed for a name; `fallback` (3 letters or more) serves names without Latin letters.
    #[must_use]
    pub fn from_name(name: &str, fallback: &str) -> Self {
        let mut slug = String::new();
        for c in name.nfkd().flat_map(char::to_lowercase) {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                'ß' => slug.push_str("ss"),
                'æ' => slug.push_str("ae"),
                'ø' => slug.push('o'),
                'ł' => slug.push('l'),
                'đ' | 'ð' => slug.push('d'),
                'þ' => slug.push_str("th"),
                // NFKD leaves accents behind as separate marks; they belong to the letter before them.
                '\u{300}'..='\u{36f}' | '\'' | '’' => {}
                _ if slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        let cut: String = slug.trim_matches('-').chars().take(Self::MAX_CHARS - 4).collect();
        let cut = cut.trim_matches('-');
        Self::parse(cut)
            .or_else(|_| Self::parse(&format!("{fallback}-{cut}")))
            .unwrap_or_else(|_| Self(fallback.to_owned()))
    }

    /// The `n`-th variant tried when the address is taken: `rust-day`, `rust-day-2`, `rust-day-3` …
    #[must_use]
    pub fn variant(&self, n: u32) -> Self {
        if n <= 1 {
            return self.clone();
        }
        let suffix = format!("-{n}");
        let stem: String = self.0.chars().take(Self::MAX_CHARS - suffix.len()).collect();
        Self(format!("{}{suffix}", stem.trim_end_matches('-')))
    }

    /// The address with another ending, for when the variants are taken too; `ending` is of `[a-z0-9]`.
    #[must_use]
    pub fn with_ending(&self, ending: &str) -> Self {
        let stem: String = self.0.chars().take(Self::MAX_CHARS - ending.len() - 1).collect();
        Self(format!("{}-{ending}", stem.trim_end_matches('-')))
    }

    /// Whether a text from outside could be the address of anything at all; the rest never reaches the database.
    #[must_use]
    pub fn is_possible(text: &str) -> bool {
        (1..=Self::MAX_CHARS).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
