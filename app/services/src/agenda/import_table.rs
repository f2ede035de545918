//! Sessions in an uploaded table: which column is what, and what stands in its rows.

use domain::FieldErrors;
use domain::agenda::SessionKind;

use super::fields::SessionFields;

/// What columns are called, where they are not called as we guess. Empty: guess.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    pub title: String,
    pub kind: String,
    pub start: String,
    pub end: String,
    pub room: String,
    pub track: String,
    pub speakers: String,
    pub description: String,
}

/// One row as it stands there, before anything of the event is looked up.
pub(super) struct Row {
    pub line: usize,
    /// Without room and track.
    pub fields: SessionFields,
    pub room: String,
    pub track: String,
    /// Addresses as typed.
    pub speakers: Vec<String>,
}

/// The most of one file (specification 21.1).
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// The most rows of one file (specification 21.1).
const MAX_ROWS: usize = 5000;

const TITLES: [&str; 4] = ["title", "name", "session", "talk"];
const KINDS: [&str; 3] = ["type", "kind", "format"];
const STARTS: [&str; 5] = ["start", "starts", "begin", "starts at", "start time"];
const ENDS: [&str; 4] = ["end", "ends", "ends at", "end time"];
const ROOMS: [&str; 4] = ["room", "venue room", "venue", "location"];
const TRACKS: [&str; 1] = ["track"];
const SPEAKERS: [&str; 4] = ["speakers", "speaker", "speakers' addresses", "speaker emails"];
const DESCRIPTIONS: [&str; 3] = ["description", "abstract", "text"];

/// Where each column stands.
struct Places {
    title: usize,
    kind: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    room: Option<usize>,
    track: Option<usize>,
    speakers: Option<usize>,
    description: Option<usize>,
}

/// The rows with anything in them.
///
/// # Errors
/// [`FieldErrors`] under `file`, and under the name of a column that was named and is not there.
pub(super) fn read(text: &str, columns: &Columns) -> Result<Vec<Row>, FieldErrors> {
    let no_file = |message: &str| FieldErrors::one("file", message);
    if text.len() > MAX_BYTES {
        return Err(no_file("A file has at most 5 MB. Split it."));
    }
    let text = text.trim_start_matches('\u{feff}');
    let is_of_text = |c: char| !c.is_ascii_control() || matches!(c, '\n' | '\r' | '\t');
    if text.trim().is_empty() {
        return Err(no_file("Choose a file with a table of sessions."));
    }
    if !text.chars().all(is_of_text) {
        return Err(no_file("This is no CSV file. Save the table as CSV, and choose that file."));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .take(MAX_ROWS + 2)
        .collect::<Result<_, _>>()
        .map_err(|_| no_file("This file can't be read as CSV."))?;
    let Some((head, rows)) = rows.split_first() else {
        return Err(no_file("Choose a file with a table of sessions."));
    };
    if rows.len() > MAX_ROWS {
        return Err(no_file("A file has at most 5,000 rows. Split it."));
    }
    let places = Places::find(head, columns)?;
    let filled = rows.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()));
    Ok(filled.map(|(index, row)| places.row(index + 2, row)).collect())
}

/// Spreadsheets separate by what their country doesn't use in numbers: the first line tells.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

impl Places {
    fn find(head: &csv::StringRecord, columns: &Columns) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut place = |field: &str, named: &str, guesses: &[&str]| {
            let position =
                |names: &[&str]| head.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
            if named.trim().is_empty() {
                return position(guesses);
            }
            let found = position(&[named.trim().to_lowercase().as_str()]);
            if found.is_none() {
                let heads = head.iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ");
                errors.add(field, format_args!("The file has no such column. It has: {heads}."));
            }
            found
        };
        let title = place("title_column", &columns.title, &TITLES);
        let places = Self {
            title: title.unwrap_or_default(),
            kind: place("kind_column", &columns.kind, &KINDS),
            start: place("start_column", &columns.start, &STARTS),
            end: place("end_column", &columns.end, &ENDS),
            room: place("room_column", &columns.room, &ROOMS),
            track: place("track_column", &columns.track, &TRACKS),
            speakers: place("speakers_column", &columns.speakers, &SPEAKERS),
            description: place("description_column", &columns.description, &DESCRIPTIONS),
        };
        if title.is_none() {
            errors.add("title_column", "Say which column holds the titles, by the name in its first line.");
        }
        if errors.is_empty() { Ok(places) } else { Err(errors) }
    }

    fn row(&self, line: usize, row: &csv::StringRecord) -> Row {
        let cell =
            |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default().to_owned();
        let fields = SessionFields {
            title: Some(cell(Some(self.title))),
            kind: Some(kind(&cell(self.kind))),
            starts_at: Some(cell(self.start)),
            ends_at: Some(cell(self.end)),
            description: Some(cell(self.description)),
            ..SessionFields::default()
        };
        let speakers = cell(self.speakers);
        let speakers = speakers.split([',', ';', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty());
        Row {
            line,
            fields,
            room: cell(self.room),
            track: cell(self.track),
            speakers: speakers.map(ToOwned::to_owned).collect(),
        }
    }
}

/// A kind as stored or as people read it; anything else stays as it is, and is refused.
fn kind(typed: &str) -> String {
    let is_it = |kind: &&SessionKind| {
        kind.label().eq_ignore_ascii_case(typed) || kind.as_str().eq_ignore_ascii_case(typed)
    };
    SessionKind::ALL.iter().find(is_it).map_or_else(|| typed.to_owned(), |kind| kind.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_heads_or_by_the_names_given() {
        let rows = read(
            "Title;Start;Room;Speaker\nOpening;2026-09-24 09:00;Hall;ada@example.org, ben@example.org\n;;;\n",
            &Columns::default(),
        )
        .unwrap();
        assert_eq!(rows.len(), 1, "an empty row is none");
        assert_eq!((rows[0].line, rows[0].room.as_str()), (2, "Hall"));
        assert_eq!(rows[0].fields.title.as_deref(), Some("Opening"));
        assert_eq!(rows[0].speakers, ["ada@example.org", "ben@example.org"]);
        let named = Columns { title: "Vortrag".to_owned(), ..Columns::default() };
        assert_eq!(read("vortrag,Raum\nEins,1", &named).unwrap()[0].fields.title.as_deref(), Some("Eins"));
        let missing = read("a,b\n1,2", &named).err().unwrap();
        assert!(missing.get("title_column").is_some_and(|error| error.contains("a, b")));
        assert!(read("a,b\n1,2", &Columns::default()).err().unwrap().get("title_column").is_some());
    }

    #[test]
    fn what_is_no_table_is_refused_and_so_are_too_many_rows() {
        for text in ["", " \n", "PK\u{3}\u{4}"] {
            assert!(read(text, &Columns::default()).err().unwrap().get("file").is_some(), "{text:?}");
        }
        let long = format!("title\n{}", "x\n".repeat(MAX_ROWS + 1));
        assert!(read(&long, &Columns::default()).err().unwrap().get("file").is_some());
    }

    #[test]
    fn kinds_are_taken_as_people_write_them() {
        assert_eq!(kind("talk"), "PRESENTATION");
        assert_eq!(kind("Workshop"), "WORKSHOP");
        assert_eq!(kind("party"), "party");
    }
}
