//! What a person wants to be told, and how; and what they are told in the app.

mod kind;
mod news;
mod waiting;

pub use kind::{MailRule, NotificationKind, Preference};
pub use news::{News, NotificationView};
pub use waiting::Waiting;
