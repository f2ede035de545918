//! Addresses in an uploaded table.

use domain::FieldErrors;
use domain::invitations::InvitedName;

use super::address_list::{Entry, clean};

/// What the head of a column with addresses is called, in lower case.
const HEADS: [&str; 7] =
    ["email", "e-mail", "email address", "e-mail address", "address", "mail", "e-mail-adresse"];
/// The same for names: whole ones, first and last ones.
const WHOLE_NAMES: [&str; 3] = ["name", "full name", "fullname"];
const FIRST_NAMES: [&str; 6] = ["first name", "firstname", "given name", "first_name", "vorname", "prénom"];
const LAST_NAMES: [&str; 7] =
    ["last name", "lastname", "family name", "surname", "last_name", "nachname", "nom"];

/// The rows with something in the column with addresses, with the names beside it; at most `max_rows` below the head.
pub(super) fn read(text: &str, column: &str, max_rows: usize) -> Result<Vec<Entry>, FieldErrors> {
    let text = text.trim_start_matches('\u{feff}');
    let is_of_text = |c: char| !c.is_ascii_control() || matches!(c, '\n' | '\r' | '\t');
    if !text.chars().all(is_of_text) {
        let message = "This is no CSV file. Save the table as CSV, and choose that file.";
        return Err(FieldErrors::one("file", message));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .collect::<Result<_, _>>()
        .map_err(|_| FieldErrors::one("file", "This file can't be read as CSV."))?;
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let (index, heads) = column_of(first, column)?;
    let count = rows.len() - heads;
    if count > max_rows {
        return Err(FieldErrors::one(
            "file",
            format_args!(
                "A file may hold at most {max_rows} rows; this one has {count}. Split it, and import each part."
            ),
        ));
    }
    let names = if heads == 0 { NameColumns::default() } else { NameColumns::of(first) };
    let entries = rows.iter().skip(heads).filter_map(|row| {
        let cell = row.get(index).map(clean).filter(|cell| !cell.is_empty())?;
        let entry = Entry::read(&cell);
        Some(Entry { name: names.read(row).or(entry.name), ..entry })
    });
    Ok(entries.collect())
}

/// Spreadsheets separate by what their country doesn't use in numbers: the first line tells.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// Where one of these heads stands.
fn head_of(first: &csv::StringRecord, names: &[&str]) -> Option<usize> {
    first.iter().position(|head| names.contains(&head.to_lowercase().as_str()))
}

/// Which columns hold names.
#[derive(Default)]
struct NameColumns {
    whole: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
}

impl NameColumns {
    fn of(first: &csv::StringRecord) -> Self {
        Self {
            whole: head_of(first, &WHOLE_NAMES),
            first: head_of(first, &FIRST_NAMES),
            last: head_of(first, &LAST_NAMES),
        }
    }

    fn read(&self, row: &csv::StringRecord) -> Option<InvitedName> {
        let cell =
            |column: Option<usize>| column.and_then(|index| row.get(index)).map(clean).unwrap_or_default();
        InvitedName::read(&cell(self.whole))
            .or_else(|| InvitedName::read(&format!("{} {}", cell(self.first), cell(self.last))))
    }
}

/// Which column holds the addresses, and how many rows are its head.
fn column_of(first: &csv::StringRecord, wanted: &str) -> Result<(usize, usize), FieldErrors> {
    if !wanted.is_empty() {
        let index = head_of(first, &[wanted.to_lowercase().as_str()]).ok_or_else(|| {
            let heads = first.iter().filter(|head| !head.is_empty()).collect::<Vec<_>>().join(", ");
            FieldErrors::one("column", format_args!("The file has no such column. It has: {heads}."))
        })?;
        return Ok((index, 1));
    }
    if let Some(index) = head_of(first, &HEADS) {
        return Ok((index, 1));
    }
    match first.iter().position(|cell| Entry::read(cell).address.is_some()) {
        Some(index) => Ok((index, 0)),
        None => Err(FieldErrors::one(
            "column",
            "Say which column of the file holds the addresses, by the name in its first line.",
        )),
    }
}
