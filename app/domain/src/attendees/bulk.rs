use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::ids::UserId;

/// The most people one step changes: what a page of the table holds.
pub const MOST_AT_ONCE: usize = 100;

/// What became of one person of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkLine {
    pub user: UserId,
    pub full_name: String,
    pub outcome: BulkOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    Done,
    /// It was so already.
    Unchanged,
    Refused(AppError),
}
