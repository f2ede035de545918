use serde::{Deserialize, Serialize};

/// What waits for a person, as the head of each page counts it; each capped at 100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Notifications that were not opened.
    pub news: i64,
    /// Unread direct messages; silenced conversations apart.
    pub messages: i64,
    /// Requests to connect that are not answered.
    pub requests: i64,
}
