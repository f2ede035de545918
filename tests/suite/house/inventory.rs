//! The inventory names every promised behaviour; each is a test here, or still on the pending list.

use std::collections::BTreeSet;
use std::process::Command;

const INVENTORY: &str = include_str!("../../inventory.tsv");
const PENDING: &str = include_str!("../../pending.txt");

/// The pending list may only shrink: lower this with it, never raise it.
const MOST_PENDING: usize = 0;

fn ids(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

/// Every test of this binary, by its own word.
fn tests() -> BTreeSet<String> {
    let binary = std::env::current_exe().unwrap();
    let output = Command::new(binary).args(["--list", "--format", "terse"]).output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    listed.lines().filter_map(|line| line.strip_suffix(": test")).map(ToOwned::to_owned).collect()
}

#[test]
fn every_row_is_a_test_or_pending_and_never_both() {
    let (inventory, pending, tests) = (ids(INVENTORY), ids(PENDING), tests());
    assert_eq!(inventory.len(), 261);
    let built: BTreeSet<_> = inventory.intersection(&tests).cloned().collect();
    let lost: Vec<_> = inventory.iter().filter(|id| !built.contains(*id) && !pending.contains(*id)).collect();
    assert!(lost.is_empty(), "neither a test nor pending: {lost:#?}");
    let done: Vec<_> = pending.intersection(&built).collect();
    assert!(done.is_empty(), "built, so take them off the pending list: {done:#?}");
    let unknown: Vec<_> = pending.difference(&inventory).collect();
    assert!(unknown.is_empty(), "pending but not in the inventory: {unknown:#?}");
    assert!(pending.len() <= MOST_PENDING, "the pending list grew to {}", pending.len());
}
