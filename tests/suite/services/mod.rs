//! One use case each.

mod auth;
mod email;
mod mail_transport;
mod organization;
mod storage;
