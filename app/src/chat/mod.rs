//! Chat in the browser: the list of rooms, a room with its history, and the room as a live island. Delivery rules
//! are `domain::realtime::client`'s; sockets and timers are `crate::live`'s.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

mod act;
mod change_fns;
mod clock;
mod composer;
mod message_list;
mod message_menu;
mod message_parts;
mod naming_fns;
mod opening;
mod place;
mod room_fns;
mod room_island;
mod room_model;
mod rows;
mod server_fns;
mod unread_fns;

#[cfg(feature = "ssr")]
mod earlier_messages;
#[cfg(feature = "ssr")]
mod follow_page;
#[cfg(feature = "ssr")]
mod message_page;
#[cfg(feature = "ssr")]
mod room_board_page;
#[cfg(feature = "ssr")]
mod room_list;
#[cfg(feature = "ssr")]
mod room_list_page;
#[cfg(feature = "ssr")]
mod room_page;
#[cfg(feature = "ssr")]
mod room_settings_page;
#[cfg(feature = "ssr")]
mod search_results;
#[cfg(feature = "ssr")]
mod shortcuts;

#[cfg(feature = "hydrate")]
pub(crate) use act::Act;
pub use opening::{Partner, RoomOpening};
pub use place::Place;
#[cfg(feature = "ssr")]
pub use room_island::ChatRoom;
pub(crate) use room_model::RoomModel;
#[cfg(feature = "hydrate")]
pub(crate) use room_model::{Composing, Connection, audience};
#[cfg(feature = "ssr")]
pub(crate) use {
    message_list::{Setting, row_view, still_view},
    rows::{NewToReader, rows},
};

pub use change_fns::{DeleteMessage, EditMessage, React, RestoreMessage};
#[cfg(feature = "ssr")]
pub use follow_page::FollowPage;
#[cfg(feature = "ssr")]
pub use message_page::MessagePage;
pub use naming_fns::PeopleToName;
#[cfg(feature = "ssr")]
pub use room_board_page::RoomBoardPage;
pub use room_fns::{
    ClosePublicRooms, CreateRoom, DeleteRoom, MoveRoom, OpenPublicRooms, RestoreRoom, SaveRoom, SetRoomOpen,
    SetSlowMode,
};
#[cfg(feature = "ssr")]
pub use room_list_page::RoomListPage;
#[cfg(feature = "ssr")]
pub use room_page::RoomPage;
#[cfg(feature = "ssr")]
pub use room_settings_page::RoomSettingsPage;
pub use server_fns::{MarkRoomRead, OlderMessages, PostMessage};
pub use unread_fns::{CountUnread, FollowRoom, MarkUnread};
