use domain::events::EventFormat;
use domain::invitations::TargetKind;
use time::Date;

use crate::mail::Occasion;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, dates};

/// What one is invited to, as far as somebody may know who is not there yet: name, dates and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedTo {
    pub kind: TargetKind,
    pub slug: String,
    pub name: String,
    /// Days with their zone, and place; only events have them.
    pub event: Option<EventInWords>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventInWords {
    pub host: String,
    pub when: String,
    pub place: String,
}

/// The stored facts of an event that its invitations tell.
#[derive(Debug, Clone)]
pub(super) struct EventFacts {
    pub host_name: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub format: String,
    pub venue: [Option<String>; 3],
}

impl EventFacts {
    pub(super) fn in_words(self) -> Outcome<EventInWords> {
        let zone = TimeZoneName::stored(&self.time_zone)?;
        let format = EventFormat::from_stored(&self.format)
            .ok_or_else(|| ServiceError::unknown_value("events.format", &self.format))?;
        let days = dates::range(self.start_date, self.end_date);
        let venue = self.venue.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let venue = if venue.is_empty() { "Place to be announced".to_owned() } else { venue };
        let place = match format {
            EventFormat::Virtual => "Online".to_owned(),
            EventFormat::InPerson => venue,
            EventFormat::Hybrid => format!("{venue}, and online"),
        };
        let when = format!("{days}, {}", zone.describe_on(self.start_date));
        Ok(EventInWords { host: self.host_name, when, place })
    }
}

impl InvitedTo {
    /// Where one goes who belongs to it.
    #[must_use]
    pub fn path(&self) -> String {
        match self.kind {
            TargetKind::Organization => format!("/organizations/{}", self.slug),
            TargetKind::Event => format!("/events/{}", self.slug),
        }
    }

    pub(super) fn for_mail(&self) -> Occasion<'_> {
        match &self.event {
            Some(EventInWords { host, when, place }) => {
                Occasion::Event { title: &self.name, host, when, place }
            }
            None => Occasion::Organization { name: &self.name },
        }
    }
}
