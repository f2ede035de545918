//! The slice's only SQL: conversations with their sides, messages, and what a node asks about its listeners.

mod list;
mod messages;
mod of_person;
mod opening;
mod reactions;
mod reminders;
mod sides;
mod standings;
mod start;
mod write;

pub use list::{ListedRow, Lister, Place, listed_after, listed_before};
pub use messages::{MessageRow, ViewOf, changes_after, message, message_by_client_id, search, window};
pub use of_person::{AcquaintanceRow, OwnMessageRow, own_messages, partners, reset_sides};
pub use opening::{NewConversationRow, insert_opening_message, open};
pub use reactions::{add_reaction, remove_reaction, set_rev};
pub use reminders::{Waiting, claim_reminders, recipient, waiting_readers};
pub use sides::{clear, move_delivered_pointer, move_read_pointer, set_muted, unread};
pub use standings::{StandingRow, heads, standings};
pub use start::{SharedEventRow, of_pair, shared_event, strangers};
pub use write::{
    NewMessageRow, delete_message, earlier_texts, edit_message, insert_message, lock, lock_pair, next_rev,
};
