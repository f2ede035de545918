//! The slice's only SQL: rooms with their read pointers, messages, and what a node asks about its listeners.

mod listeners;
mod messages;
mod of_person;
mod rooms;

pub use listeners::{heads, listeners};
pub use messages::{MessageRow, NewMessageRow, changes_after, insert_message, message_by_client_id, window};
pub use of_person::{OwnMessageRow, delete_pointers, own_messages};
pub use rooms::{
    Lister, RoomStandingRow, insert_room, insert_session_room, move_pointer, rename_session_room,
    room_standing, rooms,
};
