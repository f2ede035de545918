//! The agenda of an event: sessions with their times, places and speakers, what may become of them, and which of them
//! clash. A session is never a login session, a venue room never a chat room.

mod clash;
mod import;
mod kinds;
mod places;
mod session;
mod status;
mod times;
mod warning;

pub use clash::{Clash, ClashReason, Slot, clashes, overlaps};
pub use import::{ImportReport, PlannedRow, RefusedRow};
pub use kinds::{
    MuxPlaybackPolicy, SessionChatMode, SessionKind, SessionSpeakerRole, SessionStatus, SessionStatusMode,
    StreamingPlatform,
};
pub use places::{PlaceDescription, RoomCapacity, RoomCapacityError, TrackName, VenueRoomName};
pub use session::{
    NumberError, OpensBefore, SessionCapacity, SessionDescription, SessionLanguage, SessionLanguageError,
    SessionTags, SessionTitle, ShortDescription, TagsError,
};
pub use status::{change_to, defies_clock};
pub use times::{EventDays, LocalTimes, SessionTimes, Snap, TimesError, TimesField, parse_local};
pub use warning::{Saved, Warning};

/// The most of one event (specification 21.1).
pub const MAX_SESSIONS: usize = 1000;
pub const MAX_VENUE_ROOMS: usize = 100;
pub const MAX_TRACKS: usize = 50;
/// The most speakers of one session.
pub const MAX_SPEAKERS: usize = 20;
