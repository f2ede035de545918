use leptos::prelude::*;
use services::events::EventCard;
use services::time_zones::TimeZoneName;
use time::OffsetDateTime;

use crate::ui::badge::Badge;
use crate::ui::notice::NoticeKind;

/// Marks an event that takes place on this day, as its own zone counts days.
#[component]
pub fn TodayBadge(is_today: bool) -> impl IntoView {
    is_today.then(|| view! { <Badge text="Today" kind=NoticeKind::Ok/> })
}

/// Whether one of the event's days is the day of `now` where it takes place.
#[must_use]
pub fn is_today(event: &EventCard, now: OffsetDateTime) -> bool {
    TimeZoneName::parse(&event.time_zone)
        .is_ok_and(|zone| (event.start_date..=event.end_date).contains(&zone.date_at(now)))
}
