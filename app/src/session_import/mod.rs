//! A table of sessions becomes an agenda: the form, what would become of each row, and what became of it.

#[cfg(feature = "ssr")]
mod import_page;
mod server_fns;

#[cfg(feature = "ssr")]
pub use import_page::ImportSessionsPage;
pub use server_fns::ImportSessions;
