//! Flows across slices through the real router.

mod auth;
mod chat;
mod durability;
mod event;
mod infrastructure;
mod organization;
mod pages;
mod renewal;
mod sign_up;
