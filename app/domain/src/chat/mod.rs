//! Chat rooms of an event and the messages in them: kinds of rooms, who may read and post, what a reader sees.

mod message;
mod policy;
mod room;

pub use message::{MessageBody, MessageBodyError, MessageView};
pub use policy::{PostStanding, may_post, may_read, visible_kinds};
pub use room::{RoomKind, RoomSummary};
