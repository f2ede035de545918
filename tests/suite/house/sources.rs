//! House rules that no lint knows.

use std::fs;
use std::path::{Path, PathBuf};

/// Longer files hide a name.
const MOST_LINES: usize = 350;

fn sources(endings: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in
        ["src", "app", "frontend", "style", "tests", "end2end/support", "end2end/tests", "bin", "public"]
    {
        walk(&root.join(folder), endings, &mut found);
    }
    found
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules" && name != "target") {
            walk(&path, endings, found);
        } else if endings.iter().any(|ending| path.extension().is_some_and(|extension| extension == *ending))
        {
            found.push(path);
        }
    }
}

#[test]
fn file_length() {
    let files = sources(&["rs", "css", "ts", "js", "mjs"]);
    assert!(files.len() > 100, "the walk finds the sources: {}", files.len());
    let long: Vec<_> = files
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .collect();
    assert!(long.is_empty(), "over {MOST_LINES} lines: {long:#?}");
}

#[test]
fn sql_stands_only_in_queries() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let strays: Vec<_> = sources(&["rs"])
        .into_iter()
        .filter(|path| path.starts_with(root.join("app")))
        .filter(|path| {
            !path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("queries"))
        })
        .filter(|path| !path.ends_with("db/migrate.rs"))
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            ["sqlx::query!", "sqlx::query_as!", "sqlx::query_scalar!", "sqlx::query("]
                .iter()
                .any(|call| text.contains(call))
        })
        .collect();
    assert!(strays.is_empty(), "SQL outside queries.rs: {strays:#?}");
}

#[test]
fn routes_are_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &["rs"], &mut files);
    let doors = ["endpoints.rs", "server_functions.rs"];
    let strays: Vec<_> = files
        .iter()
        .filter(|path| !doors.iter().any(|door| path.ends_with(door)))
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            [".route(", "routing::get(", "routing::post("].iter().any(|route| program.contains(route))
        })
        .collect();
    assert!(strays.is_empty(), "routes that no list knows; see src/endpoints.rs: {strays:#?}");
}
