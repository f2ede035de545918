//! Domain types, policies and the constraints that repeat them.

mod event;
mod event_invitation;
mod organization;
mod organization_invitation;
mod organization_user;
mod session;
mod sponsor;
mod user;
