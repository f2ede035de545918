//! The agenda in the browser: what everybody sees, and what organizers do with sessions, rooms, tracks and speakers.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

mod act_fns;
#[cfg(feature = "ssr")]
mod agenda_page;
#[cfg(feature = "ssr")]
mod by_day;
#[cfg(feature = "ssr")]
mod day_grid;
#[cfg(feature = "ssr")]
mod editor_page;
#[cfg(feature = "ssr")]
mod editor_session_page;
#[cfg(feature = "ssr")]
mod filter_form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod lanes;
#[cfg(feature = "ssr")]
mod meanwhile;
#[cfg(feature = "ssr")]
mod new_session_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod own_marks;
#[cfg(feature = "ssr")]
mod public_frame;
#[cfg(feature = "ssr")]
mod session_card;
#[cfg(feature = "ssr")]
mod session_field_set;
mod session_fns;
#[cfg(feature = "ssr")]
mod session_page;
mod speaker_fns;
#[cfg(feature = "ssr")]
mod speaker_parts;
#[cfg(feature = "ssr")]
mod speakers_page;
#[cfg(feature = "ssr")]
mod time_scale;
mod track_fns;
#[cfg(feature = "ssr")]
mod tracks_page;
mod venue_room_fns;
#[cfg(feature = "ssr")]
mod venue_rooms_page;
#[cfg(feature = "ssr")]
mod zone;

pub use act_fns::{DeleteSession, MoveSession, RestoreSession, SetSessionStatus, UnscheduleSession};
#[cfg(feature = "ssr")]
pub use agenda_page::AgendaPage;
#[cfg(feature = "ssr")]
pub use editor_page::AgendaEditorPage;
#[cfg(feature = "ssr")]
pub use editor_session_page::EditSessionPage;
#[cfg(feature = "ssr")]
pub use meanwhile::{HappeningNow, OwnStar, agenda_in_brief};
#[cfg(feature = "ssr")]
pub use new_session_page::NewSessionPage;
#[cfg(feature = "ssr")]
pub use notice::AgendaNotice;
pub use session_fns::{CheckSession, CreateSession, SaveSession};
#[cfg(feature = "ssr")]
pub use session_page::SessionPage;
pub use speaker_fns::{AddSpeaker, ChangeSpeakerRole, MoveSpeaker, RemoveSpeaker};
#[cfg(feature = "ssr")]
pub use speakers_page::{SpeakerPage, SpeakersPage};
pub use track_fns::{CreateTrack, DeleteTrack, MoveTrack, SaveTrack};
#[cfg(feature = "ssr")]
pub use tracks_page::{TrackPage, TracksPage};
pub use venue_room_fns::{CreateVenueRoom, DeleteVenueRoom, MoveVenueRoom, SaveVenueRoom};
#[cfg(feature = "ssr")]
pub use venue_rooms_page::{VenueRoomPage, VenueRoomsPage};
