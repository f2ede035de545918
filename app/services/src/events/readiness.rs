use domain::events::{EventFormat, Missing, Readiness, missing_to_publish};
use time::OffsetDateTime;

use super::queries;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError};

/// What keeps an event from being published, at this instant.
pub(super) fn missing(facts: &queries::ReadinessRow, now: OffsetDateTime) -> Outcome<Vec<Missing>> {
    let zone = TimeZoneName::stored(&facts.time_zone)?;
    let format = EventFormat::from_stored(&facts.format)
        .ok_or_else(|| ServiceError::unknown_value("events.format", &facts.format))?;
    Ok(missing_to_publish(&Readiness {
        end: facts.end_date,
        today: zone.date_at(now),
        format,
        organizer_count: facts.organizer_count,
        has_venue_name: facts.has_venue_name,
        has_venue_city: facts.has_venue_city,
        has_venue_country: facts.has_venue_country,
    }))
}
