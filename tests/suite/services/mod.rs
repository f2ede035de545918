//! One use case each.

mod auth;
mod email;
mod organization;
