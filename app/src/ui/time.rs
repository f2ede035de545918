//! Dates and clocks in English words. Dates are the event's own; instants are UTC until `page.js` localises them.

use ::time::Date;
use domain::time::Timestamp;
use leptos::prelude::*;

/// First and last day in brief: "24 – 26 Sep 2026".
#[must_use]
pub fn short_date_range(start: Date, end: Date) -> String {
    let full = |date: Date| format!("{} {} {}", date.day(), short_month(date), date.year());
    match () {
        () if start == end => full(end),
        () if start.year() != end.year() => format!("{} – {}", full(start), full(end)),
        () if start.month() != end.month() => {
            format!("{} {} – {}", start.day(), short_month(start), full(end))
        }
        () => format!("{} – {}", start.day(), full(end)),
    }
}

/// "Thursday 24 September 2026".
#[must_use]
pub fn long_date(date: Date) -> String {
    format!("{} {} {} {}", date.weekday(), date.day(), date.month(), date.year())
}

/// "Sep".
#[must_use]
pub fn short_month(date: Date) -> String {
    date.month().to_string().chars().take(3).collect()
}

fn range_start(start: Date, end: Date) -> String {
    if start.year() != end.year() {
        long_date(start)
    } else if start.month() != end.month() {
        format!("{} {} {}", start.weekday(), start.day(), start.month())
    } else {
        format!("{} {}", start.weekday(), start.day())
    }
}

/// First and last day of an event, machine-readable too.
#[component]
pub fn DateRange(start: Date, end: Date) -> impl IntoView {
    view! {
        <span class="date-range">
            {(start != end).then(|| view! {
                <time datetime=start.to_string()>{range_start(start, end)}</time>
                " – "
            })}
            <time datetime=end.to_string()>{long_date(end)}</time>
        </span>
    }
}

/// Day and month as a calendar leaf; decoration beside a written date.
#[component]
pub fn DateLeaf(date: Date) -> impl IntoView {
    view! {
        <span class="date-leaf" aria-hidden="true">
            <span class="date-leaf-month">{short_month(date)}</span>
            <span class="date-leaf-day">{date.day()}</span>
        </span>
    }
}

/// What of an instant is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// "14:05".
    Time,
    /// "24 Sep 2026, 14:05".
    #[default]
    DateTime,
}

/// An instant: in UTC as served, in the reader's own zone once `page.js` ran.
#[component]
pub fn LocalTime(at: Timestamp, #[prop(optional)] shown: Clock) -> impl IntoView {
    let utc = at.to_utc();
    let clock = format!("{:02}:{:02} UTC", utc.hour(), utc.minute());
    let (kind, text) = match shown {
        Clock::Time => ("time", clock),
        Clock::DateTime => ("datetime", format!("{}, {clock}", short_date_range(utc.date(), utc.date()))),
    };
    let machine = format!("{}T{:02}:{:02}:{:02}Z", utc.date(), utc.hour(), utc.minute(), utc.second());
    view! { <time datetime=machine data-local=kind>{text}</time> }
}

#[cfg(test)]
mod tests {
    use ::time::macros::date;

    use super::{range_start, short_date_range};

    #[test]
    fn a_range_repeats_neither_month_nor_year() {
        assert_eq!(range_start(date!(2026 - 09 - 24), date!(2026 - 09 - 26)), "Thursday 24");
        assert_eq!(range_start(date!(2026 - 09 - 30), date!(2026 - 10 - 02)), "Wednesday 30 September");
        assert_eq!(short_date_range(date!(2026 - 09 - 24), date!(2026 - 09 - 26)), "24 – 26 Sep 2026");
        assert_eq!(
            short_date_range(date!(2026 - 12 - 31), date!(2027 - 01 - 01)),
            "31 Dec 2026 – 1 Jan 2027"
        );
    }
}
