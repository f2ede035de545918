use unicode_normalization::UnicodeNormalization as _;

use crate::text::{self, Lines, TextError};

/// Names a tier for good within its event: `[a-z0-9-]{1,50}`, made from its first name.
///
/// Repeated in `sponsor_tiers_key_shape`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierKey(String);

/// 1 to 100 characters on one line. Repeated in `sponsor_tiers_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierName(String);

/// `#RRGGBB`, upper case. Repeated in `sponsor_tiers_colour_shape`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour(String);

/// How many active sponsors a tier takes: no limit, or 1 to 500. Repeated in `sponsor_tiers_max_sponsors_range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxSponsors(Option<i32>);

/// A tier every new event has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultTier {
    pub key: &'static str,
    pub name: &'static str,
    pub colour: &'static str,
}

/// In their order, without a maximum.
pub const DEFAULT_TIERS: [DefaultTier; 5] = [
    DefaultTier { key: "platinum", name: "Platinum", colour: "#E5E4E2" },
    DefaultTier { key: "gold", name: "Gold", colour: "#DEAE4A" },
    DefaultTier { key: "silver", name: "Silver", colour: "#C7D3DB" },
    DefaultTier { key: "bronze", name: "Bronze", colour: "#BB8F4C" },
    DefaultTier { key: "community", name: "Community", colour: "#8B5CF6" },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ColourError {
    #[error("Enter a colour like #DEAE4A.")]
    Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MaxSponsorsError {
    #[error("Enter a whole number, or leave this empty for no limit.")]
    Shape,
    #[error("Enter a number from 1 to {}.", MaxSponsors::MAX)]
    Range,
}

impl TierKey {
    pub const MAX_CHARS: usize = 50;

    /// The key for a name; names without Latin letters or digits get `tier`.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let mut key = String::new();
        for c in name.nfkd().flat_map(char::to_lowercase) {
            match c {
                'a'..='z' | '0'..='9' => key.push(c),
                // NFKD leaves accents behind as separate marks; they belong to the letter before them.
                '\u{300}'..='\u{36f}' => {}
                _ if key.ends_with('-') => {}
                _ => key.push('-'),
            }
        }
        let cut: String = key.trim_matches('-').chars().take(Self::MAX_CHARS - 4).collect();
        let cut = cut.trim_end_matches('-');
        Self(if cut.is_empty() { "tier".to_owned() } else { cut.to_owned() })
    }

    /// The first of `gold`, `gold-2`, `gold-3` … that is not among `taken`.
    #[must_use]
    pub fn free_among(self, taken: &[String]) -> Self {
        let is_free = |key: &String| !taken.contains(key);
        let variants = (2..=taken.len() + 2).map(|n| format!("{}-{n}", self.0));
        Self(std::iter::once(self.0.clone()).chain(variants).find(is_free).unwrap_or(self.0))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TierName {
    pub const MAX_CHARS: usize = 100;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, 1, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Colour {
    /// # Errors
    /// Anything but `#` and six digits of base 16.
    pub fn parse(input: &str) -> Result<Self, ColourError> {
        let text = input.trim().to_ascii_uppercase();
        let digits = text.strip_prefix('#').ok_or(ColourError::Shape)?;
        let has_shape = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if has_shape { Ok(Self(text)) } else { Err(ColourError::Shape) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MaxSponsors {
    pub const MAX: i32 = 500;

    /// An empty field is no limit.
    ///
    /// # Errors
    /// Not a whole number, or out of range.
    pub fn parse(input: &str) -> Result<Self, MaxSponsorsError> {
        let text = input.trim();
        if text.is_empty() {
            return Ok(Self(None));
        }
        let max: i64 = text.parse().map_err(|_| MaxSponsorsError::Shape)?;
        let max = i32::try_from(max).map_err(|_| MaxSponsorsError::Range)?;
        if (1..=Self::MAX).contains(&max) { Ok(Self(Some(max))) } else { Err(MaxSponsorsError::Range) }
    }

    #[must_use]
    pub const fn get(self) -> Option<i32> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_from_any_name_and_differs_from_those_there_are() {
        for (name, key) in [
            ("Gold", "gold"),
            ("  Media & Press!", "media-press"),
            ("Förderer", "forderer"),
            ("金", "tier"),
            ("--", "tier"),
        ] {
            assert_eq!(TierKey::from_name(name).as_str(), key, "{name}");
        }
        assert!(TierKey::from_name(&"x".repeat(100)).as_str().len() <= TierKey::MAX_CHARS);
        let taken = ["gold".to_owned(), "gold-2".to_owned()];
        assert_eq!(TierKey::from_name("Gold").free_among(&taken).as_str(), "gold-3");
        assert_eq!(TierKey::from_name("Silver").free_among(&taken).as_str(), "silver");
    }

    #[test]
    fn the_five_tiers_of_new_events_obey_the_rules() {
        for tier in DEFAULT_TIERS {
            assert_eq!(TierKey::from_name(tier.name).as_str(), tier.key);
            assert_eq!(Colour::parse(tier.colour).map(|colour| colour.as_str() == tier.colour), Ok(true));
        }
    }
}
