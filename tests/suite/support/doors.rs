//! Every server function with its fields, as the sources declare them: a test that goes through all doors knows a new
//! one without being told.

use std::fs;
use std::path::Path;

/// One server function.
pub struct Door {
    /// Below `/api/`.
    pub endpoint: String,
    /// In order; a list's as it is posted, with `[]`.
    pub fields: Vec<String>,
}

impl Door {
    pub fn path(&self) -> String {
        format!("/api/{}", self.endpoint)
    }
}

/// All of them, by endpoint.
pub fn doors() -> Vec<Door> {
    let mut sources = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("app/src"), &mut sources);
    let mut doors: Vec<Door> = sources.iter().flat_map(|source| declared(source)).collect();
    doors.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
    doors
}

fn read(folder: &Path, sources: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push(fs::read_to_string(&path).expect("a source"));
        }
    }
}

fn declared(source: &str) -> Vec<Door> {
    let source: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    let door = |part: &str| {
        let (endpoint, rest) = part.split_once('"')?;
        let arguments = rest.split_once("async fn ")?.1.split_once('(')?.1.split_once(") ->")?.0;
        let fields = arguments.split(',').filter_map(|argument| {
            let named = argument.rsplit_once(']').map_or(argument, |(_, named)| named);
            let (name, kind) = named.trim().split_once(": ")?;
            let is_list = kind.starts_with("Vec<");
            Some(if is_list { format!("{name}[]") } else { name.to_owned() })
        });
        Some(Door { endpoint: endpoint.to_owned(), fields: fields.collect() })
    };
    source.split("#[server(endpoint = \"").skip(1).filter_map(door).collect()
}
