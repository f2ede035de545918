//! Flows across slices through the real router.

mod address_change;
mod auth;
mod chat;
mod durability;
mod event;
mod infrastructure;
mod invitation;
mod invitation_answers;
mod invitation_ends;
mod invitation_links;
mod invitation_lists;
mod leaving;
mod notifications;
mod organization;
mod organization_pages;
mod organization_races;
mod own_data;
mod pages;
mod placeholders;
mod privacy;
mod profile;
mod renewal;
mod sign_up;
mod sponsor;
mod sponsor_bounds;
