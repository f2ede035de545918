//! The one integration-test binary. Module paths are the ids of `tests/inventory.tsv`; names of our own are
//! sentences.
#![recursion_limit = "512"]
#![expect(clippy::unwrap_used, reason = "a test that meets an error has found one")]
#![expect(clippy::disallowed_methods, reason = "tests read rows, and forge what an attacker would")]

mod guards;
mod house;
mod integration;
mod models;
mod realtime;
mod security;
mod services;
mod support;
mod utils;
