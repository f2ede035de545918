//! The frames around pages: what is on every public, signed-in, single-form and event page. Server only.

#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

mod dock;
pub mod event;
mod event_nav;
pub mod focus;
pub mod head;
mod header;
pub mod inbox;
mod manage_nav;
pub mod public;
pub mod signed_in;

pub(crate) use dock::{Dock, dock_stands_at};
pub use event::{Banner, EventFrame, EventLayout, EventTab, WaitingInRooms};
pub use focus::FocusLayout;
pub use head::{Head, HeadTags};
pub use inbox::InboxLayout;
pub use public::PublicLayout;
pub use signed_in::SignedInLayout;
