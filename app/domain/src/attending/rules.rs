//! When a session takes sign-ups and marks (specification 10.6).

use time::{Duration, OffsetDateTime};

use crate::Conflict;

/// Attendance is marked from this long before the start.
pub const ATTENDANCE_FROM_BEFORE: Duration = Duration::minutes(15);

/// What a session says about signing up. Whether a place is left is decided by the statement that takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignUpFacts {
    pub sign_up_required: bool,
    pub has_capacity: bool,
    pub ends_at: Option<OffsetDateTime>,
    /// Completed or cancelled.
    pub is_closed: bool,
}

/// Whether people sign up for it now.
///
/// # Errors
/// [`Conflict::NoSignUpNeeded`], [`Conflict::SessionOver`].
pub fn takes_sign_ups(session: &SignUpFacts, now: OffsetDateTime) -> Result<(), Conflict> {
    if !session.sign_up_required && !session.has_capacity {
        return Err(Conflict::NoSignUpNeeded);
    }
    if session.is_closed || session.ends_at.is_none_or(|ends_at| ends_at <= now) {
        return Err(Conflict::SessionOver);
    }
    Ok(())
}

/// Whether attendance is marked now.
///
/// # Errors
/// [`Conflict::AttendanceTooEarly`], also for a session without a time.
pub fn may_mark_now(starts_at: Option<OffsetDateTime>, now: OffsetDateTime) -> Result<(), Conflict> {
    match starts_at {
        Some(starts_at) if now >= starts_at - ATTENDANCE_FROM_BEFORE => Ok(()),
        Some(_) | None => Err(Conflict::AttendanceTooEarly),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOON: OffsetDateTime = datetime!(2026-09-24 12:00 UTC);

    #[test]
    fn sign_ups_are_taken_where_seats_are_counted_until_the_end() {
        let open = SignUpFacts {
            sign_up_required: true,
            has_capacity: false,
            ends_at: Some(NOON + Duration::hours(1)),
            is_closed: false,
        };
        assert_eq!(takes_sign_ups(&open, NOON), Ok(()));
        let by_capacity = SignUpFacts { sign_up_required: false, has_capacity: true, ..open };
        assert_eq!(takes_sign_ups(&by_capacity, NOON), Ok(()));
        let free = SignUpFacts { sign_up_required: false, ..open };
        assert_eq!(takes_sign_ups(&free, NOON), Err(Conflict::NoSignUpNeeded));
        assert_eq!(
            takes_sign_ups(&SignUpFacts { is_closed: true, ..open }, NOON),
            Err(Conflict::SessionOver)
        );
        let over = SignUpFacts { ends_at: Some(NOON), ..open };
        assert_eq!(takes_sign_ups(&over, NOON), Err(Conflict::SessionOver));
    }

    #[test]
    fn marks_are_taken_from_a_quarter_of_an_hour_before() {
        let starts_at = Some(NOON);
        let early = NOON - ATTENDANCE_FROM_BEFORE;
        assert_eq!(may_mark_now(starts_at, early), Ok(()));
        assert_eq!(may_mark_now(starts_at, early - Duration::SECOND), Err(Conflict::AttendanceTooEarly));
        assert_eq!(may_mark_now(starts_at, NOON + Duration::days(3)), Ok(()));
        assert_eq!(may_mark_now(None, NOON), Err(Conflict::AttendanceTooEarly));
    }
}
