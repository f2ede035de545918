use domain::agenda::{EventDays, LocalTimes, SessionTimes};
use leptos::prelude::*;
use services::time_zones::TimeZoneName;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use crate::ssr;

/// The zone a page shows its times in: the event's or the viewer's, never both.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ShownZone {
    shown: TimeZoneName,
    /// The first and the last day that is shown.
    days: EventDays,
    /// The other one to switch to, where its clocks show something else.
    other: Option<(ZoneChoice, TimeZoneName)>,
}

/// As `?zone=` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoneChoice {
    Event,
    Mine,
}

impl ZoneChoice {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Mine => "mine",
        }
    }
}

impl ShownZone {
    /// The event's own, without a switch.
    pub(super) fn of_event(zone: &TimeZoneName, day: Date) -> Self {
        Self { shown: zone.clone(), days: EventDays { first: day, last: day }, other: None }
    }

    /// As the address says, else as it said the last time in this event (`agenda.js` keeps that in a cookie of its
    /// pages), else the one that such events open in. The viewer's is known from a cookie that `page.js` sets; where it
    /// shows the same times there is nothing to choose.
    pub(super) fn chosen(event: &TimeZoneName, days: EventDays, opens_in_mine: bool) -> Self {
        let differs = |mine: &TimeZoneName| {
            // The clocks of one of them may change in between.
            let noons = [days.first, days.last].map(|day| noon(event, day));
            noons.into_iter().any(|noon| mine.offset_minutes_at(noon) != event.offset_minutes_at(noon))
        };
        let Some(mine) = ssr::viewers_zone().filter(differs) else {
            return Self { shown: event.clone(), days, other: None };
        };
        let chosen = ssr::query("zone").or_else(|| ssr::cookie("event-zone"));
        let choice = match chosen.as_deref() {
            Some("event") => ZoneChoice::Event,
            Some("mine") => ZoneChoice::Mine,
            _ if opens_in_mine => ZoneChoice::Mine,
            _ => ZoneChoice::Event,
        };
        match choice {
            ZoneChoice::Event => Self { shown: event.clone(), days, other: Some((ZoneChoice::Mine, mine)) },
            ZoneChoice::Mine => Self { shown: mine, days, other: Some((ZoneChoice::Event, event.clone())) },
        }
    }

    pub(super) fn local(&self, at: OffsetDateTime) -> PrimitiveDateTime {
        self.shown.local_at(at)
    }

    /// When the clocks of the shown zone show a time.
    pub(super) fn instant(&self, local: PrimitiveDateTime) -> OffsetDateTime {
        self.shown.instant_at(local)
    }

    pub(super) fn local_times(&self, times: SessionTimes) -> LocalTimes {
        LocalTimes { start: self.local(times.starts_at()), end: self.local(times.ends_at()) }
    }

    pub(super) fn words(&self) -> String {
        in_words(&self.shown, self.days)
    }

    /// What the address has to say to keep this zone.
    pub(super) fn choice(&self) -> Option<ZoneChoice> {
        self.other.as_ref().map(|(other, _)| match other {
            ZoneChoice::Event => ZoneChoice::Mine,
            ZoneChoice::Mine => ZoneChoice::Event,
        })
    }
}

fn noon(zone: &TimeZoneName, day: Date) -> OffsetDateTime {
    zone.instant_at(day.with_time(Time::from_hms(12, 0, 0).unwrap_or(Time::MIDNIGHT)))
}

/// With its distance from UTC, where that is the same on all days.
fn in_words(zone: &TimeZoneName, days: EventDays) -> String {
    let [before, after] = [days.first, days.last].map(|day| zone.offset_minutes_at(noon(zone, day)));
    if before == after { zone.describe_on(days.first) } else { zone.as_str().to_owned() }
}

/// "Times of …", and the way to the other zone. `link` makes the address for a choice.
#[component]
pub(super) fn ZoneSwitch(zone: ShownZone, link: Box<dyn Fn(ZoneChoice) -> String + Send>) -> impl IntoView {
    let switch = zone.other.as_ref().map(|(choice, other)| {
        let words = in_words(other, zone.days);
        let text = match choice {
            ZoneChoice::Event => format!("Show the event's times: {words}"),
            ZoneChoice::Mine => format!("Show my times: {words}"),
        };
        view! { <a href=link(*choice)>{text}</a> }
    });
    view! { <p class="agenda-zone meta">{format!("Times of {}. ", zone.words())}{switch}</p> }
}

/// "09:00", and how many days later that is where it is not the day shown.
pub(super) fn clock_on(at: PrimitiveDateTime, day: Date) -> String {
    let days = (at.date() - day).whole_days();
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    match days {
        0 => clock,
        1 => format!("{clock} +1 day"),
        -1 => format!("{clock} −1 day"),
        days => format!("{clock} {days:+} days"),
    }
}

/// "45 min" or "1 h 30 min".
pub(super) fn length(times: SessionTimes) -> String {
    let minutes = times.duration().whole_minutes();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::{EventDays, TimeZoneName, clock_on, in_words, length};

    #[test]
    fn a_converted_time_says_on_which_day_it_is() {
        let day = date!(2026 - 05 - 04);
        assert_eq!(clock_on(datetime!(2026-05-04 09:05), day), "09:05");
        assert_eq!(clock_on(datetime!(2026-05-05 00:00), day), "00:00 +1 day");
        assert_eq!(clock_on(datetime!(2026-05-03 16:00), day), "16:00 −1 day");
    }

    #[test]
    fn a_zone_whose_clocks_change_meanwhile_is_said_without_a_distance() {
        let berlin = TimeZoneName::parse("Europe/Berlin").expect("a zone");
        let (first, last) = (date!(2026 - 10 - 24), date!(2026 - 10 - 26));
        assert_eq!(in_words(&berlin, EventDays { first, last }), "Europe/Berlin");
        assert!(in_words(&berlin, EventDays { first, last: first }).contains("+2"));
        assert!(in_words(&berlin, EventDays { first: last, last }).contains("+1"));
    }

    #[test]
    fn a_length_is_said_in_hours_and_minutes() {
        let times = |minutes| {
            let start = datetime!(2026-05-04 09:00 UTC);
            domain::agenda::SessionTimes::stored(start, start + time::Duration::minutes(minutes))
        };
        assert_eq!(length(times(45)), "45 min");
        assert_eq!(length(times(60)), "1 h");
        assert_eq!(length(times(90)), "1 h 30 min");
    }
}
