//! The slice's only SQL.

mod opening;

pub use opening::{NewConversationRow, insert_opening_message, open};
