//! Chat rooms of an event and the messages in them: kinds of rooms, who may read, post, change and moderate, what a
//! reader sees. What a filter hides of a text is here too.

mod changes;
mod emoji;
mod filter;
mod follow;
mod mention;
mod message;
mod policy;
mod room;
mod room_fields;

pub use changes::{
    Deletion, EDIT_TIME, MessageFacts, RESTORE_TIME, may_delete, may_edit, may_react, may_restore,
};
pub use emoji::{Emoji, EmojiError};
pub use filter::mask;
pub use follow::Follow;
pub use mention::{Mention, Named, mentions};
pub use message::{
    DeleteReason, DeletedBy, MAX_MENTIONS, MAX_REACTIONS, MessageBody, MessageBodyError, MessageView, Quote,
    Reaction,
};
pub use policy::{PostStanding, is_of_moderators, may_moderate, may_post, may_read, visible_kinds};
pub use room::{RoomKind, RoomSummary, RoomUnread, RoomView};
pub use room_fields::{MAX_ROOMS, RoomDescription, RoomName, SlowMode, SlowModeError};
