use domain::FieldErrors;
use domain::events::{EventFormat, EventStatus};
use domain::search::SearchText;
use domain::text::{self, Lines};
use time::Date;
use time::macros::format_description;

use super::queries;

/// The filters of a list of events as they stand in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterFields {
    pub from: Option<String>,
    pub to: Option<String>,
    pub format: Option<String>,
    pub city: Option<String>,
    pub status: Option<String>,
    pub search: Option<String>,
}

/// The same, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub format: Option<EventFormat>,
    pub city: Option<String>,
    pub status: Option<EventStatus>,
    pub search: SearchText,
}

impl FilterFields {
    /// An empty field filters nothing.
    ///
    /// # Errors
    /// One entry per field, named as the fields here.
    pub fn parse(&self) -> Result<EventFilter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed = |field: &Option<String>| {
            field.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
        };
        let mut day = |name: &str, field: &Option<String>| {
            let day =
                typed(field).map(|text| Date::parse(&text, format_description!("[year]-[month]-[day]")));
            let day = day.transpose().map_err(|_| "Enter a date like 2026-09-24.");
            errors.take(name, day).flatten()
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.add("to", "The last day can't be before the first.");
        }
        let format =
            typed(&self.format).map(|text| EventFormat::from_stored(&text).ok_or("Choose a format."));
        let format = errors.take("format", format.transpose()).flatten();
        let status = typed(&self.status).map(|text| {
            EventStatus::from_stored(&text)
                .filter(|status| *status != EventStatus::Deleted)
                .ok_or("Choose a status.")
        });
        let status = errors.take("status", status.transpose()).flatten();
        let city = text::clean_optional(self.city.as_deref().unwrap_or_default(), Lines::One, 100);
        let city = errors.take("city", city).flatten();
        let search = SearchText::parse(self.search.as_deref())
            .map_err(|found| found.get("search").unwrap_or("Search for something else.").to_owned());
        let search = errors.take("search", search).unwrap_or_default();
        if errors.is_empty() {
            Ok(EventFilter { from, to, format, city, status, search })
        } else {
            Err(errors)
        }
    }
}

impl EventFilter {
    /// Nothing is filtered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn row(&self) -> queries::FilterRow<'_> {
        queries::FilterRow {
            from: self.from,
            now: None,
            to: self.to,
            format: self.format.map(EventFormat::as_str),
            city: self.city.as_deref(),
            status: self.status.map(EventStatus::as_str),
            text: self.search.as_str(),
        }
    }
}
