//! Flows across slices through the real router.

mod auth;
mod chat;
mod durability;
mod event;
mod infrastructure;
mod invitation;
mod invitation_answers;
mod invitation_links;
mod invitation_lists;
mod organization;
mod organization_races;
mod pages;
mod renewal;
mod sign_up;
