//! Every refusal of every door.

pub mod access_matrix;
mod auth;
mod event_calls;
mod one_connection;
mod permission;
mod socket;
