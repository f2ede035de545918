//! Who knows whom: asking to connect, answering, ending, and when one may ask again. What two people write to each other
//! is the slice of conversations.

mod connection;
mod lists;
mod policy;
mod status;
mod texts;

pub use connection::{ASK_AGAIN_AFTER_WITHDRAWING, Connection, OPEN_FOR, Tie};
pub use lists::{ContactList, ContactSort};
pub use policy::{Asking, ContactAction, contact_action, may_answer, may_remove, may_request, may_withdraw};
pub use status::ConnectionStatus;
pub use texts::{ContactNote, Icebreaker};

/// How many requests of one person may be open at once (specification 21.1).
pub const MAX_OPEN_REQUESTS: u32 = 100;
