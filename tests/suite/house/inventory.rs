//! The inventory names every promised behaviour; each is a test here.

use std::collections::BTreeSet;
use std::process::Command;

const INVENTORY: &str = include_str!("../../inventory.tsv");

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
fn every_row_is_a_test() {
    let (inventory, tests) = (ids(INVENTORY), tests());
    assert_eq!(inventory.len(), 261);
    let lost: Vec<_> = inventory.difference(&tests).collect();
    assert!(lost.is_empty(), "promised, and no test: {lost:#?}");
}
