use serde::{Deserialize, Serialize};

/// What became of a table of sessions, or would become of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Nothing was saved: somebody only looked.
    pub is_dry_run: bool,
    /// Rows that are (or would be) new sessions.
    pub added: usize,
    /// Rows that came with the same form before.
    pub known: usize,
    /// Pairs of sessions that clash, those from before included.
    pub clashes: usize,
    /// The first of the new sessions as they stand in the agenda, in the order of the file.
    pub rows: Vec<PlannedRow>,
    /// The rows that are left out, in the order of the file.
    pub refused: Vec<RefusedRow>,
}

impl ImportReport {
    /// As many new sessions as a report shows.
    pub const MOST_ROWS: usize = 200;
}

/// A row that is (or would be) a new session, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// As a spreadsheet counts: the head is line 1.
    pub line: usize,
    pub title: String,
    /// In the event's zone; `None` without a time.
    pub when: Option<String>,
    pub room: Option<String>,
    /// What it clashes with, in sentences.
    pub clashes: Vec<String>,
}

/// A row that is no session, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// As a spreadsheet counts: the head is line 1.
    pub line: usize,
    pub title: String,
    /// Column, and what is wrong with it.
    pub problems: Vec<(String, String)>,
}
