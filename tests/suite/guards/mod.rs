//! Every refusal of every door.

mod access_matrix;
mod auth;
mod permission;
