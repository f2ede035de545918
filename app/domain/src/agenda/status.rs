//! What may become of a session (specification 10.5). Anything that is not listed is refused.

use time::OffsetDateTime;

use super::{SessionStatus, SessionTimes};
use crate::Conflict;

/// Whether organizers may change a session from one status to another. Setting what is so already is for the caller to
/// pass over.
///
/// # Errors
/// [`Conflict::SessionStatus`].
pub fn change_to(from: SessionStatus, to: SessionStatus) -> Result<(), Conflict> {
    use SessionStatus::{Cancelled, Completed, Live, Scheduled};
    match (from, to) {
        (Scheduled, Live)
        | (Live, Completed)
        // A start or an end by mistake.
        | (Live, Scheduled)
        | (Completed, Live)
        | (Scheduled | Live, Cancelled)
        | (Cancelled, Scheduled) => Ok(()),
        (Scheduled, Scheduled | Completed)
        | (Live, Live)
        | (Completed, Scheduled | Completed | Cancelled)
        | (Cancelled, Live | Completed | Cancelled) => {
            Err(Conflict::SessionStatus { from: from.label().to_lowercase() })
        }
    }
}

/// Whether a status set by hand at this instant is one that the clock would change at once. Then it keeps its hands off.
#[must_use]
pub fn defies_clock(status: SessionStatus, times: Option<SessionTimes>, now: OffsetDateTime) -> bool {
    match status {
        SessionStatus::Scheduled => times.is_some_and(|times| times.starts_at() <= now),
        SessionStatus::Live => times.is_some_and(|times| times.ends_at() <= now),
        SessionStatus::Completed | SessionStatus::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_table_is_the_specifications() {
        let allowed: Vec<(&str, &str)> = SessionStatus::ALL
            .iter()
            .flat_map(|from| SessionStatus::ALL.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| change_to(*from, *to).is_ok())
            .map(|(from, to)| (from.as_str(), to.as_str()))
            .collect();
        assert_eq!(
            allowed,
            [
                ("SCHEDULED", "LIVE"),
                ("SCHEDULED", "CANCELLED"),
                ("LIVE", "SCHEDULED"),
                ("LIVE", "COMPLETED"),
                ("LIVE", "CANCELLED"),
                ("COMPLETED", "LIVE"),
                ("CANCELLED", "SCHEDULED"),
            ]
        );
    }

    #[test]
    fn only_what_the_clock_would_change_at_once_is_kept_from_it() {
        let start = datetime!(2026-09-24 09:00 UTC);
        let times = SessionTimes::stored(start, start + Duration::HOUR);
        let at = |minutes| start + Duration::minutes(minutes);
        for (status, minutes, defies) in [
            (SessionStatus::Scheduled, -1, false),
            (SessionStatus::Scheduled, 0, true),
            (SessionStatus::Live, -10, false),
            (SessionStatus::Live, 59, false),
            (SessionStatus::Live, 60, true),
            (SessionStatus::Completed, 10, false),
            (SessionStatus::Cancelled, 10, false),
        ] {
            assert_eq!(defies_clock(status, Some(times), at(minutes)), defies, "{status:?} at {minutes}");
            assert!(!defies_clock(status, None, at(minutes)));
        }
    }
}
