use domain::ids::ClientMessageId;

use super::RoomModel;

/// What the person did in the live room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Send,
    Type,
    Scroll,
    LoadOlder,
    JumpToNewest,
    Retry(ClientMessageId),
    Discard(ClientMessageId),
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
