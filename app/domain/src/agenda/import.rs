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
    /// The rows that are left out, in the order of the file.
    pub refused: Vec<RefusedRow>,
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
