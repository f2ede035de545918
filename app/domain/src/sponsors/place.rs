use std::fmt;
use std::str::FromStr;

use crate::ids::{SponsorId, SponsorTierId};

/// Where a sponsor moves: a tier, or none, and what it comes after there.
///
/// In forms `{tier}.{after}`: `none` for no tier, `first` and `last` for the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub tier: Option<SponsorTierId>,
    pub after: After,
}

/// The neighbour that somebody saw when they chose the place: if it left, the move is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    First,
    Sponsor(SponsorId),
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Choose a place.")]
pub struct PlaceError;

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (tier, after) = text.split_once('.').ok_or(PlaceError)?;
        let tier = match tier {
            "none" => None,
            id => Some(id.parse().map_err(|_| PlaceError)?),
        };
        let after = match after {
            "first" => After::First,
            "last" => After::Last,
            id => After::Sponsor(id.parse().map_err(|_| PlaceError)?),
        };
        Ok(Self { tier, after })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tier {
            Some(tier) => write!(f, "{tier}.")?,
            None => f.write_str("none.")?,
        }
        match self.after {
            After::First => f.write_str("first"),
            After::Last => f.write_str("last"),
            After::Sponsor(sponsor) => sponsor.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let id = "00000000-0000-0000-0000-000000000001";
        for text in
            ["none.first".to_owned(), format!("{id}.last"), format!("none.{id}"), format!("{id}.{id}")]
        {
            assert_eq!(text.parse::<Place>().map(|place| place.to_string()), Ok(text));
        }
        for text in ["", "none", "gold.first", "none.second", "first.none"] {
            assert_eq!(text.parse::<Place>(), Err(PlaceError), "{text}");
        }
    }
}
