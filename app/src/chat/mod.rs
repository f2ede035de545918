//! Chat in the browser: the list of rooms, a room with its history, and the room as a live island. Delivery rules
//! are `domain::realtime::client`'s; sockets and timers are `crate::live`'s.

mod act;
mod clock;
mod composer;
mod message_list;
mod opening;
mod place;
mod room_island;
mod room_model;
mod rows;
mod server_fns;

#[cfg(feature = "ssr")]
mod earlier_messages;
#[cfg(feature = "ssr")]
mod room_list;
#[cfg(feature = "ssr")]
mod room_list_page;
#[cfg(feature = "ssr")]
mod room_page;

#[cfg(feature = "hydrate")]
pub(crate) use act::Act;
pub use opening::{Partner, RoomOpening};
pub use place::Place;
pub use room_island::ChatRoom;
#[cfg(feature = "hydrate")]
pub(crate) use room_model::Connection;
pub(crate) use room_model::RoomModel;

#[cfg(feature = "ssr")]
pub use room_list_page::RoomListPage;
#[cfg(feature = "ssr")]
pub use room_page::RoomPage;
pub use server_fns::{MarkRoomRead, OlderMessages, PostMessage};
