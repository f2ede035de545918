use domain::ids::{ChatMessageId, ClientMessageId};

use super::RoomModel;

/// What the person did in the live room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    Send,
    Type,
    Scroll,
    LoadOlder,
    JumpToNewest,
    Retry(ClientMessageId),
    Discard(ClientMessageId),
    /// Opens the actions of a message, or closes them.
    Menu(ChatMessageId),
    React(ChatMessageId, String),
    /// Answers the message at a place.
    Reply(i64),
    /// Changes the own message at a place; without one the last.
    Edit(Option<i64>),
    /// Back from an answer or a change; from neither, to the end of the room, with all of it read.
    Leave,
    Delete(ChatMessageId),
}

impl Act {
    /// Hands the act to the page's live room; before that runs, and on the server, it goes nowhere.
    pub(crate) fn perform(self) {
        #[cfg(feature = "hydrate")]
        crate::live::room::perform(self);
    }
}

/// Brings the hydrated room to life; nothing on the server.
pub(super) fn bring_to_life(model: RoomModel) {
    #[cfg(feature = "hydrate")]
    leptos::prelude::untrack(|| crate::live::room::start(model));
    #[cfg(not(feature = "hydrate"))]
    let RoomModel { .. } = model;
}
