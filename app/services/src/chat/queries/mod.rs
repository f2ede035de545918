//! The slice's only SQL: rooms with their read pointers and what organizers do to them, messages and what happens to
//! them, and what a node asks about its listeners.

mod board;
mod changes;
mod clock;
mod deletion;
mod held;
mod listeners;
mod messages;
mod of_person;
mod posting;
mod purge;
mod rooms;
mod search;

pub use board::{
    BoardRow, NewRoomRow, RoomValuesRow, board, close_all_public, delete_old_rooms, insert_event_room,
    open_those_closed_with_all, reorder, room_of_form, set_enabled, set_room_deleted, set_slow_mode,
    stored_rooms, update_room,
};
pub use changes::{
    EditRow, FactsRow, MessageKey, ReactedRow, add_reaction, author, change_body, delete, edits, facts,
    reacted, remove_reaction, restore, set_rev, take_rev,
};
pub use clock::{follow_clock, leave_clock};
pub use deletion::{Removal, WrittenBy, lock_rooms_of, remove_written};
pub use held::{
    HeldRow, LockedHeld, OwnHeldRow, held, held_before, held_of, hold, lock_held, set_reviewed, sweep_held,
    words_to_hold,
};
pub use listeners::{heads, listeners, with_a_part};
pub use messages::{MessageRow, WindowOf, around, changes_after, message, message_by_client_id, window};
pub use of_person::{OwnMessageRow, delete_pointers, own_follows, own_held, own_messages};
pub use posting::{
    MentionableRow, Nameable, NewMessageRow, Numbers, event_of_room, forget_mentions, insert_mentions,
    insert_message, last_post, lock_room, mentionable, nameable, posted_before, share_member, unwanted_words,
};
pub use purge::{OverSince, delete_newest, room_to_empty};
pub use rooms::{
    Lister, RoomStandingRow, insert_room, insert_session_room, move_pointer, move_pointer_before,
    not_following, rename_session_room, room_standing, rooms, set_follow,
};
pub use search::{Found, SearchIn, search};
