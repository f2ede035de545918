//! Tables as CSV that spreadsheets open without running anything.

use std::fmt::Display;

use crate::{Outcome, ServiceError};

/// A table that grows row by row.
pub(crate) struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// # Errors
    /// [`ServiceError::Broken`] when the head can't be written.
    pub(crate) fn new<const N: usize>(head: [&str; N]) -> Outcome<Self> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(head).map_err(|error| broken(&error))?;
        Ok(Self(table))
    }

    /// Cells are made inert.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when the row can't be written.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) -> Outcome<()> {
        self.0.write_record(cells.map(inert)).map_err(|error| broken(&error))
    }

    /// # Errors
    /// [`ServiceError::Broken`] when the table can't be finished.
    pub(crate) fn finish(self) -> Outcome<String> {
        let bytes = self.0.into_inner().map_err(|error| broken(&error))?;
        String::from_utf8(bytes).map_err(|error| broken(&error))
    }
}

fn broken(error: &dyn Display) -> ServiceError {
    ServiceError::Broken(format!("a table as CSV: {error}"))
}

/// Spreadsheets would run a cell that begins like a formula.
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// `2026-09-24 09:00`, in UTC; nothing for nothing.
pub(crate) fn in_utc(at: Option<time::OffsetDateTime>) -> String {
    let Some(at) = at else { return String::new() };
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}
