use std::str::FromStr as _;

use domain::FieldErrors;
use domain::accounts::EmailAddress;
use domain::invitations::{InvitedName, MAX_BULK_ROWS, TargetKind};
use lettre::message::Mailbox;

use super::address_file;

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
    /// As it stood beside the address, if it did.
    pub name: Option<InvitedName>,
}

/// Longer entries are no addresses; what is shown of them is cut.
const MAX_SHOWN_CHARS: usize = 300;

impl AddressList {
    /// Reads what was pasted, then the file.
    ///
    /// # Errors
    /// [`FieldErrors`] on `addresses` (nothing, more than 500, or more in all than a list of this kind holds), `file` (more
    /// rows than it holds, see [`TargetKind::max_file_rows`]) or `column`.
    pub fn parse(fields: &BulkFields, kind: TargetKind) -> Result<Self, FieldErrors> {
        let mut entries: Vec<Entry> =
            pasted(&fields.addresses).iter().map(|text| Entry::read(text)).collect();
        if entries.len() > MAX_BULK_ROWS {
            let count = entries.len();
            let more = match kind {
                TargetKind::Organization => "",
                TargetKind::Event => " A file may hold more.",
            };
            return Err(FieldErrors::one(
                "addresses",
                format_args!("Paste at most {MAX_BULK_ROWS} at once; these are {count}.{more}"),
            ));
        }
        entries.extend(address_file::read(&fields.file, fields.column.trim(), kind.max_file_rows())?);
        Self::of_length(entries, kind)
    }

    /// Reads back what [`AddressList::as_text`] wrote.
    ///
    /// # Errors
    /// [`FieldErrors`] on `addresses`: nothing, or more than a list of this kind holds.
    pub fn read_back(text: &str, kind: TargetKind) -> Result<Self, FieldErrors> {
        Self::of_length(pasted(text).iter().map(|text| Entry::read(text)).collect(), kind)
    }

    fn of_length(entries: Vec<Entry>, kind: TargetKind) -> Result<Self, FieldErrors> {
        match entries.len() {
            0 => Err(FieldErrors::one("addresses", "Paste addresses, or choose a file with them.")),
            count if count > kind.max_list_rows() => Err(FieldErrors::one(
                "addresses",
                format_args!("A list holds at most {}; these are {count}.", kind.max_list_rows()),
            )),
            _ => Ok(Self(entries)),
        }
    }

    /// One text that [`AddressList::parse`] reads back as the same list.
    #[must_use]
    pub fn as_text(&self) -> String {
        let word = |entry: &Entry| match (&entry.address, &entry.name) {
            (Some(address), Some(name)) => format!("\"{}\" <{address}>", name.as_str()),
            (Some(address), None) => address.to_string(),
            (None, _) => entry.typed.replace(['"', ',', ';', '\n'], " "),
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.0
    }
}

impl Entry {
    pub(super) fn read(typed: &str) -> Self {
        // lettre knows the form `Name <address>`; what an address may be is our own rule.
        let (bare, name) = match Mailbox::from_str(typed) {
            Ok(mailbox) => (Some(mailbox.email.to_string()), mailbox.name),
            Err(_) => (None, None),
        };
        let address = EmailAddress::parse(bare.as_deref().unwrap_or(typed)).ok();
        let name = name.as_deref().and_then(InvitedName::read);
        Self { typed: typed.chars().take(MAX_SHOWN_CHARS).collect(), address, name }
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

pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(addresses: &str, file: &str, column: &str) -> Result<Vec<String>, FieldErrors> {
        let fields =
            BulkFields { addresses: addresses.to_owned(), file: file.to_owned(), column: column.to_owned() };
        AddressList::parse(&fields, TargetKind::Event)
            .map(|list| list.entries().iter().map(Entry::shown).collect())
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
    fn a_file_that_is_no_text_is_named_as_such() {
        for file in ["PK\u{3}\u{4}ÐÏà¡sheet", "a@example.org\0"] {
            let refused = read("", file, "").expect_err("a workbook");
            assert_eq!(
                refused.get("file"),
                Some("This is no CSV file. Save the table as CSV, and choose that file.")
            );
        }
    }

    #[test]
    fn names_beside_the_addresses_are_kept() {
        let names = |addresses: &str, file: &str| {
            let fields = BulkFields {
                addresses: addresses.to_owned(),
                file: file.to_owned(),
                ..BulkFields::default()
            };
            let list = AddressList::parse(&fields, TargetKind::Event).expect("a list");
            let again = AddressList::read_back(&list.as_text(), TargetKind::Event).expect("a list");
            assert_eq!(again.as_text(), list.as_text(), "through the preview");
            let name = |entry: &Entry| entry.name.as_ref().map(|name| name.as_str().to_owned());
            list.entries().iter().map(name).collect::<Vec<_>>()
        };
        let (ada, ben) = (Some("Ada Lovelace".to_owned()), Some("Ben Bö".to_owned()));
        let pasted = "Ada Lovelace <ada@example.org>, ben@example.org\n\"Bö, Ben\" <b@example.org>";
        assert_eq!(names(pasted, ""), [ada.clone(), None, ben.clone()]);
        for file in [
            "Name,Email\nAda Lovelace,ada@example.org\n\"Bö, Ben\",ben@example.org",
            "Last name;E-Mail;First name\nLovelace;ada@example.org;Ada\nBö;ben@example.org;Ben",
            "Email\nAda Lovelace <ada@example.org>\nBen Bö <ben@example.org>",
        ] {
            assert_eq!(names("", file), [ada.clone(), ben.clone()], "{file:?}");
        }
        assert_eq!(
            names("", "ada@example.org,Ada\nben@example.org,Ben"),
            [None, None],
            "a table without a head"
        );
    }

    #[test]
    fn at_most_500_are_pasted_and_5000_stand_in_a_file_and_not_none() {
        let many = |count: usize| (0..count).map(|n| format!("a{n}@example.org\n")).collect::<String>();
        assert_eq!(read(&many(500), "", "").map(|list| list.len()), Ok(500));
        assert!(read(&many(501), "", "").expect_err("501").get("addresses").is_some());
        assert_eq!(read("", &many(5_000), "").map(|list| list.len()), Ok(5_000));
        for file in [many(5_001), format!("Email\n{}", many(5_001))] {
            assert_eq!(
                read("", &file, "").expect_err("too many rows").get("file"),
                Some("A file may hold at most 5000 rows; this one has 5001. Split it, and import each part.")
            );
        }
        assert!(read(" ,;\n", "", "").expect_err("none").get("addresses").is_some());
    }

    #[test]
    fn an_organization_invites_500_at_once_pasted_and_from_a_file_together() {
        let many = |count: usize| (0..count).map(|n| format!("a{n}@example.org\n")).collect::<String>();
        let parse = |addresses: String, file: String| {
            let fields = BulkFields { addresses, file, ..BulkFields::default() };
            AddressList::parse(&fields, TargetKind::Organization).map(|list| list.entries().len())
        };
        assert_eq!(parse(many(200), format!("Email\n{}", many(300))), Ok(500));
        let refused = |pasted: usize, rows: usize| parse(many(pasted), many(rows)).expect_err("too many");
        assert_eq!(
            refused(200, 301).get("addresses"),
            Some("A list holds at most 500; these are 501."),
            "both count"
        );
        assert_eq!(refused(501, 0).get("addresses"), Some("Paste at most 500 at once; these are 501."));
        let file = "A file may hold at most 500 rows; this one has 501. Split it, and import each part.";
        assert_eq!(refused(0, 501).get("file"), Some(file));
        let back = |count: usize| AddressList::read_back(&many(count), TargetKind::Organization);
        assert!(back(500).is_ok() && back(501).is_err());
    }

    #[test]
    fn a_list_reads_back_from_its_own_text() {
        let fields = BulkFields {
            addresses: "\"Chen, Li\" <li@example.org>\nno\"pe\nada@example.org".to_owned(),
            ..BulkFields::default()
        };
        let text = AddressList::parse(&fields, TargetKind::Event).expect("a list").as_text();
        assert_eq!(read(&text, "", "").expect("a list"), ["li@example.org", "no pe", "ada@example.org"]);
    }
}
