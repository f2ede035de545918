use domain::time::Timestamp;
use leptos::prelude::*;
use services::time_zones::TimeZoneName;

use crate::ssr;
use crate::ui::time::{LocalTime, short_date_range};

/// When registration opens: by the clocks of the event, then by the reader's where those may show something else.
#[component]
pub fn RegistrationOpening(at: Timestamp, zone: Option<TimeZoneName>) -> impl IntoView {
    let instant = at.to_utc();
    let offset = |zone: &TimeZoneName| zone.offset_minutes_at(instant);
    let is_same =
        zone.as_ref().zip(ssr::viewers_zone()).is_some_and(|(zone, mine)| offset(zone) == offset(&mine));
    let is_known = zone.is_some();
    let there = zone.map(|zone| {
        let local = zone.local_at(instant);
        let day = short_date_range(local.date(), local.date());
        let clock = format!("{:02}:{:02}", local.hour(), local.minute());
        format!(" on {day}, {clock}, {}", zone.describe_at(instant))
    });
    view! {
        <p class="event-closed">
            "Registration opens"{there}"."
            {(!is_same).then(|| view! {
                <span data-needs-script=is_known.then_some("") hidden=is_known>" By your clock: "<LocalTime at=at/>"."</span>
            })}
        </p>
    }
}
