//! Direct messages on pages: the inbox and one conversation, all by links and forms. Who may read and write is decided by
//! `services::conversations`.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

#[cfg(feature = "ssr")]
mod conversation_list;
#[cfg(feature = "ssr")]
mod conversation_page;
mod dock_fns;
#[cfg(feature = "ssr")]
mod inbox_page;
#[cfg(feature = "ssr")]
mod message_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod search_results;
mod server_fns;
#[cfg(feature = "ssr")]
mod tools;

#[cfg(feature = "ssr")]
pub use conversation_page::ConversationPage;
pub use dock_fns::{DockFace, DockLine, DockThread, GlanceAtConversation, RecentConversations};
#[cfg(feature = "ssr")]
pub use inbox_page::InboxPage;
#[cfg(feature = "ssr")]
pub use message_page::DirectMessagePage;
#[cfg(feature = "ssr")]
pub use notice::ConversationNotice;
pub use server_fns::{
    ClearConversation, DeleteDirectMessage, EditDirectMessage, MarkConversationRead, OlderDirectMessages,
    OpenConversation, ReactToDirectMessage, SendMessage, SetConversationMuted,
};
