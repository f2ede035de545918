//! The agenda of an event: its sessions with speakers and chat rooms, venue rooms and tracks, what organizers do with
//! them and what everybody else sees. Whoever changes something holds the event's row. Sessions that clash are saved and
//! told.

mod changes;
mod check;
mod clock;
mod create;
mod drafts;
mod editor;
mod fields;
mod filter;
mod hold;
mod import;
mod import_table;
mod order;
mod page;
mod purge;
mod queries;
mod save;
mod session_page;
mod speakers;
mod speakers_pages;
mod status;
mod tracks;
mod undo;
mod venue_rooms;
mod whole;

pub(crate) use changes::{MovedSession, note_moved};
pub use check::check;
pub use clock::{run as run_clock, tick};
pub(crate) use create::create_main;
pub use create::{NewSession, create};
pub(crate) use drafts::{refuse_while_held, release_drafts};
pub use editor::{Deleted, EditorPage, SessionEditor, editor, open_in_editor};
pub use fields::SessionFields;
pub use filter::AgendaFilter;
pub use import::{ImportMode, NewImport, import_sessions};
pub use import_table::Columns;
pub use page::{AgendaPage, Brief, BriefDay, BriefSpeaker, Meanwhile, brief, open, scheduled, zone_of};
pub use purge::sweep;
pub use save::{Move, move_to, save, unschedule};
pub use session_page::{SessionPage, look_up};
pub use speakers::{Candidate, add_speaker, change_role, move_speaker, remove_speaker};
pub use speakers_pages::{
    DirectoryEntry, SpeakerPage, SpeakersPage, SpokenSession, open_speaker, speakers_directory,
};
pub use status::{StatusChange, set_status};
pub use tracks::{NewTrack, TrackFields, create_track, delete_track, move_track, save_track};
pub use undo::{delete, restore};
pub use venue_rooms::{
    NewVenueRoom, VenueRoomFields, create_venue_room, delete_venue_room, move_venue_room, save_venue_room,
};
pub use whole::{
    Agenda, AgendaSession, RoomOfSession, SessionSpeaker, Track, TrackOfSession, VenueRoom, of_event,
};

/// How long deleting a session can be taken back (specification 1.6).
pub const UNDO_TIME: time::Duration = time::Duration::minutes(10);
/// A session is "starting soon" from this long before its start.
pub const SOON: time::Duration = time::Duration::minutes(15);
