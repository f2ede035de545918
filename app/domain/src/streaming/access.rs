//! Who gets the stage, and when (specification 11.3).

use time::{Duration, OffsetDateTime};

use crate::agenda::{SessionStatus, StreamingPlatform};

/// An active member who is not banned; nobody else gets so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageViewer {
    pub is_organizer: bool,
    /// Of this very session.
    pub is_speaker: bool,
    pub is_signed_up: bool,
}

/// What the session says about its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageTimes {
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub opens_before: Duration,
    pub status: SessionStatus,
    pub sign_up_required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageAccess {
    Open,
    /// The door opens then; `None` while the session has no time.
    NotYet(Option<OffsetDateTime>),
    SignUpFirst,
    Over,
    Cancelled,
}

/// Decides for one member.
#[must_use]
pub fn access(
    viewer: StageViewer,
    session: &StageTimes,
    platform: StreamingPlatform,
    now: OffsetDateTime,
) -> StageAccess {
    if viewer.is_organizer || viewer.is_speaker {
        return StageAccess::Open;
    }
    if session.status == SessionStatus::Cancelled {
        return StageAccess::Cancelled;
    }
    if session.sign_up_required && !viewer.is_signed_up {
        return StageAccess::SignUpFirst;
    }
    match session.status {
        SessionStatus::Live => StageAccess::Open,
        SessionStatus::Completed if has_replay(platform) => StageAccess::Open,
        SessionStatus::Completed => StageAccess::Over,
        SessionStatus::Scheduled => by_clock(session, now),
        SessionStatus::Cancelled => StageAccess::Cancelled,
    }
}

/// Whether it can still be watched when the session is over.
#[must_use]
pub const fn has_replay(platform: StreamingPlatform) -> bool {
    match platform {
        StreamingPlatform::Vimeo | StreamingPlatform::Mux | StreamingPlatform::Other => true,
        StreamingPlatform::Zoom | StreamingPlatform::Jitsi => false,
    }
}

fn by_clock(session: &StageTimes, now: OffsetDateTime) -> StageAccess {
    let Some((starts_at, ends_at)) = session.starts_at.zip(session.ends_at) else {
        return StageAccess::NotYet(None);
    };
    let opens_at = starts_at - session.opens_before;
    match () {
        () if now < opens_at => StageAccess::NotYet(Some(opens_at)),
        () if now < ends_at => StageAccess::Open,
        () => StageAccess::Over,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-09-24 09:00 UTC);
    const END: OffsetDateTime = datetime!(2026-09-24 10:00 UTC);
    const MEMBER: StageViewer = StageViewer { is_organizer: false, is_speaker: false, is_signed_up: false };
    const SESSION: StageTimes = StageTimes {
        starts_at: Some(START),
        ends_at: Some(END),
        opens_before: Duration::minutes(15),
        status: SessionStatus::Scheduled,
        sign_up_required: false,
    };

    fn at(now: OffsetDateTime) -> StageAccess {
        access(MEMBER, &SESSION, StreamingPlatform::Zoom, now)
    }

    #[test]
    fn members_get_in_from_shortly_before_the_start_until_the_end() {
        let opens_at = START - Duration::minutes(15);
        assert_eq!(at(opens_at - Duration::SECOND), StageAccess::NotYet(Some(opens_at)));
        assert_eq!(at(opens_at), StageAccess::Open);
        assert_eq!(at(END - Duration::SECOND), StageAccess::Open);
        assert_eq!(at(END), StageAccess::Over);
        let tray = StageTimes { starts_at: None, ends_at: None, ..SESSION };
        assert_eq!(access(MEMBER, &tray, StreamingPlatform::Zoom, START), StageAccess::NotYet(None));
    }

    #[test]
    fn a_session_that_was_started_by_hand_is_open_and_one_that_runs_on_stays_so() {
        let live = StageTimes { status: SessionStatus::Live, ..SESSION };
        for now in [START - Duration::hours(2), END + Duration::minutes(10)] {
            assert_eq!(access(MEMBER, &live, StreamingPlatform::Jitsi, now), StageAccess::Open);
        }
    }

    #[test]
    fn recordings_stay_and_meetings_do_not() {
        let completed = StageTimes { status: SessionStatus::Completed, ..SESSION };
        for &platform in StreamingPlatform::ALL {
            let expected = if has_replay(platform) { StageAccess::Open } else { StageAccess::Over };
            assert_eq!(
                access(MEMBER, &completed, platform, END + Duration::days(9)),
                expected,
                "{platform:?}"
            );
        }
    }

    #[test]
    fn speakers_of_the_session_and_organizers_get_in_at_any_time() {
        let closed = StageTimes { status: SessionStatus::Cancelled, sign_up_required: true, ..SESSION };
        for viewer in
            [StageViewer { is_organizer: true, ..MEMBER }, StageViewer { is_speaker: true, ..MEMBER }]
        {
            assert_eq!(
                access(viewer, &closed, StreamingPlatform::Zoom, START - Duration::days(9)),
                StageAccess::Open
            );
        }
        assert_eq!(access(MEMBER, &closed, StreamingPlatform::Zoom, START), StageAccess::Cancelled);
    }

    #[test]
    fn a_session_with_sign_up_is_for_those_who_did() {
        let limited = StageTimes { sign_up_required: true, ..SESSION };
        assert_eq!(access(MEMBER, &limited, StreamingPlatform::Vimeo, START), StageAccess::SignUpFirst);
        let signed_up = StageViewer { is_signed_up: true, ..MEMBER };
        assert_eq!(access(signed_up, &limited, StreamingPlatform::Vimeo, START), StageAccess::Open);
    }
}
