use domain::FieldErrors;
use domain::events::{
    Capacity, EventDates, EventDescription, EventFormat, EventTitle, EventType, EventVisibility, HostName,
    Venue,
};
use domain::text::{self, Lines};
use time::OffsetDateTime;

use crate::time_zones::TimeZoneName;

/// The raw fields of the event form, as typed.
#[derive(Debug, Clone, Default)]
pub struct EventFields {
    /// Chosen when the event is created; empty is a conference.
    pub event_type: String,
    pub title: String,
    pub description: String,
    pub format: String,
    pub visibility: String,
    pub start_date: String,
    pub end_date: String,
    pub time_zone: String,
    pub host_name: String,
    pub venue_name: String,
    pub venue_address: String,
    pub venue_city: String,
    pub venue_region: String,
    pub venue_country: String,
    pub online_note: String,
    pub max_attendees: String,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(super) struct EventValues {
    pub event_type: EventType,
    pub title: EventTitle,
    pub description: EventDescription,
    pub format: EventFormat,
    pub visibility: EventVisibility,
    pub dates: EventDates,
    pub time_zone: TimeZoneName,
    pub host_name: HostName,
    pub venue: Venue,
    pub online_note: Option<String>,
    pub capacity: Capacity,
}

/// Whether the first day may lie in the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// On create: today in the event's zone, or later.
    FromToday,
    /// On edit: an event that has begun keeps its date.
    Any,
}

impl EventFields {
    /// Parses every field; "today" is the event zone's.
    ///
    /// # Errors
    /// One entry per field, named as the fields here.
    pub(super) fn parse(&self, start: Start, now: OffsetDateTime) -> Result<EventValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let event_type = self.event_type(&mut errors);
        let title = errors.take("title", EventTitle::parse(&self.title));
        let description = errors.take("description", EventDescription::parse(&self.description));
        let format = errors.take("format", EventFormat::from_stored(&self.format).ok_or("Choose a format."));
        let visibility = errors
            .take("visibility", EventVisibility::from_stored(&self.visibility).ok_or("Choose who sees it."));
        let time_zone = errors.take("time_zone", TimeZoneName::parse(&self.time_zone));
        let today = time_zone.as_ref().map_or(now.date(), |zone| zone.date_at(now));
        let not_before = (start == Start::FromToday).then_some(today);
        let dates =
            merge(&mut errors, EventDates::parse(&self.start_date, self.last_day(event_type), not_before));
        let host_name = errors.take("host_name", HostName::parse(&self.host_name));
        let venue = merge(&mut errors, self.venue());
        let online_note =
            errors.take("online_note", text::clean_optional(&self.online_note, Lines::Many, 500));
        let capacity = errors.take("max_attendees", Capacity::parse(&self.max_attendees));
        match (
            title,
            description,
            format,
            visibility,
            dates,
            time_zone,
            host_name,
            venue,
            online_note,
            capacity,
        ) {
            (
                Some(title),
                Some(description),
                Some(format),
                Some(visibility),
                Some(dates),
                Some(time_zone),
                Some(host_name),
                Some(venue),
                Some(online_note),
                Some(capacity),
            ) if errors.is_empty() => Ok(EventValues {
                event_type,
                title,
                description,
                format,
                visibility,
                dates,
                time_zone,
                host_name,
                venue,
                online_note,
                capacity,
            }),
            _ => Err(errors),
        }
    }

    fn event_type(&self, errors: &mut FieldErrors) -> EventType {
        let parsed = match self.event_type.as_str() {
            "" => Ok(EventType::Conference),
            typed => EventType::from_stored(typed).ok_or("Choose what kind of event it is."),
        };
        errors.take("event_type", parsed).unwrap_or(EventType::Conference)
    }

    /// A single session ends on the day it begins.
    fn last_day(&self, event_type: EventType) -> &str {
        match event_type {
            EventType::Conference => &self.end_date,
            EventType::SingleSession => &self.start_date,
        }
    }

    fn venue(&self) -> Result<Venue, FieldErrors> {
        Venue::parse(
            &self.venue_name,
            &self.venue_address,
            &self.venue_city,
            &self.venue_region,
            &self.venue_country,
        )
    }
}

fn merge<T>(errors: &mut FieldErrors, parsed: Result<T, FieldErrors>) -> Option<T> {
    parsed
        .map_err(|found| {
            for (field, message) in found.iter() {
                errors.add(field, message);
            }
        })
        .ok()
}
