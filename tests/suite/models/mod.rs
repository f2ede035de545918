//! Domain types, policies and the constraints that repeat them.

mod event;
mod organization;
mod user;
