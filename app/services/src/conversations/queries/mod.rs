//! The slice's only SQL: conversations with their sides, messages, and what a node asks about its listeners.

mod list;
mod messages;
mod of_person;
mod opening;
mod sides;
mod standings;
mod start;
mod write;

pub use list::{ListedRow, Lister, Place, listed_after, listed_before};
pub use messages::{MessageRow, changes_after, message, message_by_client_id, search, window};
pub use of_person::{AcquaintanceRow, OwnMessageRow, own_messages, partners, reset_sides};
pub use opening::{NewConversationRow, insert_opening_message, open};
pub use sides::{clear, move_delivered_pointer, move_read_pointer, set_muted, unread};
pub use standings::{StandingRow, heads, standings};
pub use start::{SharedEventRow, of_pair, shared_event, strangers};
pub use write::{NewMessageRow, delete_message, edit_message, insert_message, lock, lock_pair, next_rev};
