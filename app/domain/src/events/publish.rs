//! What an event needs before it is published (specification 8.2); what would make it better is `advice`'s.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::events::EventFormat;

/// One thing that keeps an event from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    EndInThePast,
    Organizer,
    VenueName,
    VenueCity,
    VenueCountry,
}

impl Missing {
    /// The sentence shown in the pre-flight list.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EndInThePast => "Move the last day: it has passed.",
            Self::Organizer => "Name at least one organizer.",
            Self::VenueName => "Say where it is: the venue's name.",
            Self::VenueCity => "Say where it is: the city.",
            Self::VenueCountry => "Say where it is: the country.",
        }
    }

    /// The organizers' page that mends it, with the place on it.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::EndInThePast => "details#field-end_date",
            Self::Organizer => "people",
            Self::VenueName => "details#field-venue_name",
            Self::VenueCity => "details#field-venue_city",
            Self::VenueCountry => "details#field-venue_country",
        }
    }

    /// The form field that says so.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::EndInThePast => "end_date",
            Self::Organizer => "organizers",
            Self::VenueName => "venue_name",
            Self::VenueCity => "venue_city",
            Self::VenueCountry => "venue_country",
        }
    }
}

/// The facts the preconditions look at.
#[derive(Debug, Clone, Copy)]
pub struct Readiness {
    pub end: Date,
    /// Today in the event's zone.
    pub today: Date,
    pub format: EventFormat,
    pub organizer_count: i64,
    pub has_venue_name: bool,
    pub has_venue_city: bool,
    pub has_venue_country: bool,
}

/// All that is missing, at once; empty means it can be published.
#[must_use]
pub fn missing_to_publish(facts: &Readiness) -> Vec<Missing> {
    let venue = facts.format.has_venue();
    [
        (facts.end < facts.today, Missing::EndInThePast),
        (facts.organizer_count == 0, Missing::Organizer),
        (venue && !facts.has_venue_name, Missing::VenueName),
        (venue && !facts.has_venue_city, Missing::VenueCity),
        (venue && !facts.has_venue_country, Missing::VenueCountry),
    ]
    .into_iter()
    .filter_map(|(absent, missing)| absent.then_some(missing))
    .collect()
}
