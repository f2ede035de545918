//! The slice's only SQL.

mod changes;
mod clock;
mod drafts;
mod event;
mod import;
mod place_writes;
mod places;
mod purge;
mod sessions;
mod speakers;
mod stored;
mod write;

pub use changes::{
    ChangeRows, forget_what_came_back, forget_what_was_taken_back, insert_changes, raise_sequences,
    rename_room_in_held,
};
pub use clock::{DueRow, end_due, start_due};
pub use drafts::{DraftRow, has_drafts, release_drafts, set_draft};
pub use event::{event_facts, forget_main_session, make_main_session};
pub use import::{members_by_address, sessions_by_form_keys};
pub use place_writes::{
    NewPlaceRow, delete_track, delete_venue_room, insert_track, insert_venue_room, set_track_keys,
    set_venue_room_keys, update_track, update_venue_room,
};
pub use places::{PlaceRow, has_track, places, venue_room_name};
pub use purge::{
    lock_to_purge, purge_changes, purge_rooms, purge_sign_ups, purge_speakers, purge_stars, purge_texts,
};
pub use sessions::{Edition, SessionRow, SpeakerJson, overlapping, session_details, sessions};
pub use speakers::{
    Part, candidates, delete_speaker, insert_speaker, set_speaker_keys, set_speaker_role, speaker_keys,
};
pub use stored::{
    StoredSession, count_sessions, deleted_since, deletion, lock_session, session_by_form_key, stored_session,
};
pub use write::{
    NewSessionRow, insert_main_session, insert_session, set_deleted, set_status, set_times, update_session,
};
