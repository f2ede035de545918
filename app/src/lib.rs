//! Pages, islands and server functions. Pages exist on the server only; the browser gets islands and wire types.
#![recursion_limit = "512"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` must never meet: build `frontend` by itself for wasm32");

pub mod accounts;
pub mod agenda;
pub mod attendees;
pub mod attending;
pub mod calendars;
pub mod chat;
pub mod connections;
pub mod conversations;
pub mod error;
pub mod events;
pub mod invitations;
#[cfg(feature = "hydrate")]
pub mod live;
pub mod moderation;
pub mod notifications;
pub mod organizations;
pub mod session_import;
pub mod sponsors;
pub mod streaming;
pub mod strict_form;
pub mod ui;
pub mod uploads;

#[cfg(feature = "ssr")]
pub mod dev_mail;
#[cfg(feature = "ssr")]
pub mod directory;
#[cfg(feature = "ssr")]
pub mod error_pages;
#[cfg(feature = "ssr")]
pub mod flash;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
pub mod landing;
#[cfg(feature = "ssr")]
pub mod layouts;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod ssr;

#[cfg(feature = "ssr")]
pub use shell::shell;
