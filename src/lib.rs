//! The Atria process: wiring only. What the product does is in `services`, what it looks like in `app`.
#![recursion_limit = "512"]

pub mod account_export;
mod calendars;
pub mod cli;
pub mod config;
mod contact_files;
pub mod doctor;
pub mod endpoints;
mod files;
pub mod form_with_file;
mod health;
pub mod middleware;
pub mod node_claim;
mod og_images;
mod organization_export;
pub mod os_user;
pub mod postgres;
pub mod process;
mod refusal;
pub mod router;
pub mod secret_file;
pub mod seed;
pub mod serve;
pub mod server_functions;
pub mod serving;
pub mod session;
pub mod session_store;
pub mod shutdown;
pub mod socket;
pub mod telemetry;
pub mod wire;

mod build;
mod unsubscribe;

pub use build::{App, BuildError, build, build_with_clock, connect_services};
