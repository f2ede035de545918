use std::str::FromStr as _;

use domain::FieldErrors;
use domain::accounts::EmailAddress;
use domain::invitations::MAX_BULK_ROWS;
use lettre::message::Mailbox;

/// What the form for many invitations posts of its addresses.
#[derive(Debug, Clone, Default)]
pub struct BulkFields {
    /// Pasted: separated by commas, semicolons or lines, also as `Name <address>`.
    pub addresses: String,
    /// The text of an uploaded CSV file, or nothing.
    pub file: String,
    /// The name of the file's column with the addresses, where it is not found by itself.
    pub column: String,
}

/// Addresses as they were given, in order; those that can be read are canonical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressList(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub typed: String,
    pub address: Option<EmailAddress>,
}

/// What the head of a column with addresses is called, in lower case.
const HEADS: [&str; 7] =
    ["email", "e-mail", "email address", "e-mail address", "address", "mail", "e-mail-adresse"];
/// Longer entries are no addresses; what is shown of them is cut.
const MAX_SHOWN_CHARS: usize = 300;

impl AddressList {
    /// Reads what was pasted, then the file.
    ///
    /// # Errors
    /// [`FieldErrors`] on `addresses` (nothing, or more than 500), `file` or `column`.
    pub fn parse(fields: &BulkFields) -> Result<Self, FieldErrors> {
        let mut typed = pasted(&fields.addresses);
        typed.extend(from_csv(&fields.file, fields.column.trim())?);
        match typed.len() {
            0 => Err(FieldErrors::one("addresses", "Paste addresses, or choose a file with them.")),
            1..=MAX_BULK_ROWS => Ok(Self(typed.iter().map(|text| Entry::read(text)).collect())),
            count => Err(FieldErrors::one(
                "addresses",
                format_args!("Invite at most {MAX_BULK_ROWS} at once; these are {count}."),
            )),
        }
    }

    /// One text that [`AddressList::parse`] reads back as the same list.
    #[must_use]
    pub fn as_text(&self) -> String {
        let word = |entry: &Entry| match &entry.address {
            Some(address) => address.to_string(),
            None => entry.typed.replace(['"', ',', ';', '\n'], " "),
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.0
    }
}

impl Entry {
    fn read(typed: &str) -> Self {
        // lettre knows the form `Name <address>`; what an address may be is our own rule.
        let bare = Mailbox::from_str(typed).map(|mailbox| mailbox.email.to_string());
        let address = EmailAddress::parse(bare.as_deref().unwrap_or(typed)).ok();
        Self { typed: typed.chars().take(MAX_SHOWN_CHARS).collect(), address }
    }

    /// Canonical where it is an address.
    pub(super) fn shown(&self) -> String {
        self.address.as_ref().map_or_else(|| self.typed.clone(), ToString::to_string)
    }
}

/// Splits at commas and semicolons outside of quoted names, and at every line end.
fn pasted(text: &str) -> Vec<String> {
    let mut entries = Vec::new();
    for line in text.lines() {
        let mut is_quoted = false;
        let parts = line.split(|c| {
            is_quoted ^= c == '"';
            !is_quoted && matches!(c, ',' | ';')
        });
        entries.extend(parts.map(clean).filter(|part| !part.is_empty()).flat_map(bare_ones));
    }
    entries
}

/// Bare addresses with nothing but blanks between them are one entry each.
fn bare_ones(part: String) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let all_bare =
        words.len() > 1 && words.iter().all(|word| word.contains('@') && !word.contains(['<', '"']));
    if all_bare { words.into_iter().map(ToOwned::to_owned).collect() } else { vec![part] }
}

fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// The cells of the column with addresses; empty ones are left out.
fn from_csv(text: &str, column: &str) -> Result<Vec<String>, FieldErrors> {
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .collect::<Result<_, _>>()
        .map_err(|_| FieldErrors::one("file", "This file can't be read as CSV."))?;
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let (index, heads) = column_of(first, column)?;
    let cells = rows.iter().skip(heads).filter_map(|row| row.get(index)).map(clean);
    Ok(cells.filter(|cell| !cell.is_empty()).collect())
}

/// Spreadsheets separate by what their country doesn't use in numbers: the first line tells.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// Which column holds the addresses, and how many rows are its head.
fn column_of(first: &csv::StringRecord, wanted: &str) -> Result<(usize, usize), FieldErrors> {
    let head_is =
        |names: &[&str]| first.iter().position(|head| names.contains(&head.to_lowercase().as_str()));
    if !wanted.is_empty() {
        let index = head_is(&[wanted.to_lowercase().as_str()]).ok_or_else(|| {
            let heads = first.iter().filter(|head| !head.is_empty()).collect::<Vec<_>>().join(", ");
            FieldErrors::one("column", format_args!("The file has no such column. It has: {heads}."))
        })?;
        return Ok((index, 1));
    }
    if let Some(index) = head_is(&HEADS) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(addresses: &str, file: &str, column: &str) -> Result<Vec<String>, FieldErrors> {
        let fields =
            BulkFields { addresses: addresses.to_owned(), file: file.to_owned(), column: column.to_owned() };
        AddressList::parse(&fields).map(|list| list.entries().iter().map(Entry::shown).collect())
    }

    #[test]
    fn a_pasted_list_is_split_at_commas_semicolons_and_lines() {
        let text = "ada@example.org, Ben <BEN@example.org>;\"Chen, Li\" <li@example.org>\r\n\n  dora@example.org ,, \
                    not an address\nx\"y@\nlast@example.org";
        assert_eq!(
            read(text, "", "").expect("a list"),
            [
                "ada@example.org",
                "ben@example.org",
                "li@example.org",
                "dora@example.org",
                "not an address",
                "x\"y@",
                "last@example.org"
            ]
        );
    }

    #[test]
    fn bare_addresses_may_stand_side_by_side_and_names_keep_theirs() {
        let text = "eve@example.org frank@example.org\nAda Lovelace <ada@example.org>\nnot at all";
        let expected = ["eve@example.org", "frank@example.org", "ada@example.org", "not at all"];
        assert_eq!(read(text, "", "").expect("a list"), expected);
    }

    #[test]
    fn a_file_is_read_by_its_head_by_a_named_column_or_by_what_looks_like_an_address() {
        let both = ["ada@example.org", "ben@example.org"];
        for (file, column) in [
            ("Name,Email\nAda,ada@example.org\n\"Ben, B\",ben@example.org\n,\n", ""),
            ("\u{feff}Name;E-Mail\r\nAda;ada@example.org\r\nBen;ben@example.org", ""),
            ("Work\tPrivate\nada@example.org\tx\nben@example.org\ty", "work"),
            ("Ada,ada@example.org\nBen,ben@example.org", ""),
        ] {
            assert_eq!(read("", file, column).expect(file), both, "{file:?}");
        }
        let fields = |file, column| read("", file, column).expect_err("no column");
        let named = fields("Name,Work\nAda,ada@example.org", "Email");
        assert_eq!(named.get("column"), Some("The file has no such column. It has: Name, Work."));
        assert!(fields("Name,Work\nAda,ada@example.org", "").get("column").is_some());
    }

    #[test]
    fn at_most_500_and_not_none() {
        let many = |count: usize| (0..count).map(|n| format!("a{n}@example.org\n")).collect::<String>();
        assert_eq!(read(&many(500), "", "").map(|list| list.len()), Ok(500));
        assert!(read(&many(400), &many(101), "").expect_err("501").get("addresses").is_some());
        assert!(read(" ,;\n", "", "").expect_err("none").get("addresses").is_some());
    }

    #[test]
    fn a_list_reads_back_from_its_own_text() {
        let fields = BulkFields {
            addresses: "\"Chen, Li\" <li@example.org>\nno\"pe\nada@example.org".to_owned(),
            ..BulkFields::default()
        };
        let text = AddressList::parse(&fields).expect("a list").as_text();
        assert_eq!(read(&text, "", "").expect("a list"), ["li@example.org", "no pe", "ada@example.org"]);
    }
}
