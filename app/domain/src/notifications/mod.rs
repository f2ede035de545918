//! What people are told about, and which of it they may switch off (specification 18.1).

mod kind;

pub use kind::{MailRule, NotificationKind, Preference};
