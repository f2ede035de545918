use domain::agenda::SessionTimes;
use time::{Duration, OffsetDateTime};

/// Rows of five minutes; the first holds the rooms.
const STEP_MINUTES: i64 = 5;
pub(super) const FIRST_SLOT: i64 = 2;
/// As many as `style/agenda_slots.css` has: noon of the day after.
const LAST_SLOT: i64 = 433;
/// Empty hours from this many on are drawn as one.
const LONG: Duration = Duration::hours(2);

/// The rows of one day's grid: time goes down in steps of five minutes, and hours in which nothing is on may be drawn
/// as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeScale {
    base: OffsetDateTime,
    /// Whole hours without a session, in order, apart from each other.
    cuts: Vec<(OffsetDateTime, OffsetDateTime)>,
}

impl TimeScale {
    /// Every hour has its full height.
    pub(super) const fn even(base: OffsetDateTime) -> Self {
        Self { base, cuts: Vec::new() }
    }

    /// Long stretches without a session are short. `base` is a full hour; sessions come by their start.
    pub(super) fn cut(base: OffsetDateTime, sessions: &[SessionTimes]) -> Self {
        let mut cuts = Vec::new();
        let mut busy_until = base;
        for times in sessions {
            let from = full_hour(busy_until, base, true);
            let until = full_hour(times.starts_at(), base, false);
            if until - from >= LONG {
                cuts.push((from, until));
            }
            busy_until = busy_until.max(times.ends_at());
        }
        Self { base, cuts }
    }

    /// The row in which this moment begins; hours that are drawn as one pass the quicker.
    pub(super) fn slot(&self, at: OffsetDateTime) -> i64 {
        let left_out: Duration = self
            .cuts
            .iter()
            .map(|(from, until)| {
                let passed = (at.min(*until) - *from).max(Duration::ZERO);
                let drawn = passed.whole_minutes() * 60 / (*until - *from).whole_minutes().max(1);
                passed - Duration::minutes(drawn)
            })
            .sum();
        let minutes = (at - self.base - left_out).whole_minutes();
        (FIRST_SLOT + minutes / STEP_MINUTES).clamp(FIRST_SLOT, LAST_SLOT)
    }

    /// The full hours before `end` with a line of their own.
    pub(super) fn hours(&self, end: OffsetDateTime) -> Vec<OffsetDateTime> {
        let all = (0..36).map(|hour| self.base + Duration::hours(hour)).take_while(|at| *at < end);
        let is_left_out =
            |at: OffsetDateTime| self.cuts.iter().any(|(from, until)| *from < at && at < *until);
        all.filter(|at| !is_left_out(*at)).collect()
    }

    /// Whether the hour that begins here stands for several.
    pub(super) fn is_cut(&self, at: OffsetDateTime) -> bool {
        self.cuts.iter().any(|(from, _)| *from == at)
    }
}

/// The next (or else the last) moment that is whole hours from `base`.
fn full_hour(at: OffsetDateTime, base: OffsetDateTime, up: bool) -> OffsetDateTime {
    let hours = (at - base).whole_hours();
    let down = base + Duration::hours(hours);
    if up && down < at { down + Duration::HOUR } else { down }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn times(start: OffsetDateTime, end: OffsetDateTime) -> SessionTimes {
        SessionTimes::stored(start, end)
    }

    #[test]
    fn empty_hours_are_drawn_as_one() {
        let base = datetime!(2026-09-24 09:00 UTC);
        let sessions = [
            times(base, datetime!(2026-09-24 14:45 UTC)),
            times(datetime!(2026-09-24 10:00 UTC), datetime!(2026-09-24 10:30 UTC)),
            times(datetime!(2026-09-24 22:00 UTC), datetime!(2026-09-25 01:00 UTC)),
        ];
        let scale = TimeScale::cut(base, &sessions);
        assert_eq!(scale.slot(datetime!(2026-09-24 15:00 UTC)), FIRST_SLOT + 72);
        assert_eq!(
            scale.slot(datetime!(2026-09-24 22:00 UTC)),
            FIRST_SLOT + 84,
            "seven hours later, one hour lower"
        );
        assert_eq!(
            scale.slot(datetime!(2026-09-24 18:30 UTC)),
            FIRST_SLOT + 78,
            "half of them, half an hour"
        );
        let hours: Vec<u8> =
            scale.hours(datetime!(2026-09-25 01:00 UTC)).iter().map(|at| at.hour()).collect();
        assert_eq!(hours, [9, 10, 11, 12, 13, 14, 15, 22, 23, 0]);
        assert!(scale.is_cut(datetime!(2026-09-24 15:00 UTC)) && !scale.is_cut(base));
        let even = TimeScale::even(base);
        assert_eq!(even.slot(datetime!(2026-09-24 22:00 UTC)), FIRST_SLOT + 156);
        assert_eq!(even.hours(datetime!(2026-09-25 01:00 UTC)).len(), 16);
    }

    #[test]
    fn a_short_break_keeps_its_height() {
        let base = datetime!(2026-09-24 09:00 UTC);
        let sessions = [
            times(base, datetime!(2026-09-24 10:30 UTC)),
            times(datetime!(2026-09-24 12:30 UTC), datetime!(2026-09-24 13:00 UTC)),
        ];
        assert_eq!(TimeScale::cut(base, &sessions), TimeScale::even(base), "one full hour is none to cut");
    }
}
