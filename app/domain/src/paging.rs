//! Both forms of paging: by number on the lists that show numbers, by position in growing streams.

use serde::{Deserialize, Serialize};

/// How many rows one answer holds: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSize(u16);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Ask for 1 to {} at a time.", PageSize::MAX)]
pub struct PageSizeError;

impl PageSize {
    pub const MAX: u16 = 100;
    /// Messages shown when a room opens (specification 14.2).
    pub const MESSAGES: Self = Self(50);
    /// Rows of a numbered list (specification 1.5).
    pub const ROWS: Self = Self(25);

    /// # Errors
    /// Outside 1 to 100.
    pub fn parse(size: u16) -> Result<Self, PageSizeError> {
        (1..=Self::MAX).contains(&size).then_some(Self(size)).ok_or(PageSizeError)
    }

    #[must_use]
    pub const fn get(self) -> i64 {
        self.0 as i64
    }
}

/// Which part of a stream is wanted, by position; positions start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    Newest,
    Before(i64),
    After(i64),
}

/// A page of a stream in ascending order, and whether there is more on either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice<T> {
    pub items: Vec<T>,
    pub has_older: bool,
    pub has_newer: bool,
}
