//! Every refusal of every door.

pub mod access_matrix;
mod auth;
mod one_connection;
mod permission;
