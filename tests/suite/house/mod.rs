//! Checks on the project itself.

mod inventory;
mod sources;
