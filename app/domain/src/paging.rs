//! Both forms of paging: by number on the lists that show numbers, by position in growing streams.

use serde::{Deserialize, Serialize};

use crate::{AppError, FieldErrors};

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
    /// Entries of a growing list (specification 1.5).
    pub const ENTRIES: Self = Self(50);
    /// Rows of a numbered list (specification 1.5).
    pub const ROWS: Self = Self(25);

    /// # Errors
    /// Outside 1 to 100.
    pub fn parse(size: u16) -> Result<Self, PageSizeError> {
        (1..=Self::MAX).contains(&size).then_some(Self(size)).ok_or(PageSizeError)
    }

    /// Reads `limit` as it stands in an address; missing is `default`.
    ///
    /// # Errors
    /// On `limit`, naming the range.
    pub fn parse_limit(limit: Option<&str>, default: Self) -> Result<Self, FieldErrors> {
        let Some(limit) = limit else { return Ok(default) };
        let parsed = limit.parse().map_err(|_| PageSizeError).and_then(Self::parse);
        parsed.map_err(|error| FieldErrors::one("limit", error))
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

/// A part of a growing list in its order, with the cursors that lead on; without one there is nothing more that way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyset<T> {
    pub items: Vec<T>,
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// Which page of a numbered list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    page: i64,
    per_page: i64,
}

impl PageRequest {
    /// How deep a numbered list goes (specification 1.5).
    pub const MAX_DEPTH: i64 = 10_000;

    /// Reads `page` (from 1) and `per_page` (1 to 100, 25 when missing) as they stand in an address.
    ///
    /// # Errors
    /// One entry per field naming its range.
    pub fn parse(page: Option<&str>, per_page: Option<&str>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let per_page = match per_page.map(str::parse::<u16>) {
            None => PageSize::ROWS.get(),
            Some(Ok(rows)) if PageSize::parse(rows).is_ok() => i64::from(rows),
            Some(_) => {
                errors.add("per_page", PageSizeError);
                PageSize::ROWS.get()
            }
        };
        let last = Self::MAX_DEPTH / per_page;
        let page = match page.map(str::parse::<i64>) {
            None => 1,
            Some(Ok(page)) if (1..=last).contains(&page) => page,
            Some(_) => {
                errors.add("page", format_args!("Pages are counted from 1 to {last}."));
                1
            }
        };
        if errors.is_empty() { Ok(Self { page, per_page }) } else { Err(errors) }
    }

    /// Rows to leave out.
    #[must_use]
    pub const fn offset(self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// Rows to read.
    #[must_use]
    pub const fn limit(self) -> i64 {
        self.per_page
    }
}

/// One page of a numbered list. An empty list has page 1 and 0 pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub page: i64,
    pub per_page: i64,
    pub total_items: i64,
    pub total_pages: i64,
}

impl<T> Page<T> {
    /// Puts the rows that were read into their place among all.
    ///
    /// # Errors
    /// [`AppError::NoSuchPage`] for a page after the last.
    pub fn of(items: Vec<T>, request: PageRequest, total_items: i64) -> Result<Self, AppError> {
        let PageRequest { page, per_page } = request;
        let total_pages = total_items.div_euclid(per_page) + i64::from(total_items.rem_euclid(per_page) > 0);
        if page > total_pages.max(1) {
            return Err(AppError::NoSuchPage { page, last: total_pages.max(1) });
        }
        Ok(Self { items, page, per_page, total_items, total_pages })
    }
}
