//! Calendars in the browser: where they are fetched, and the own secret address. The files have routes of their own.

#[cfg(feature = "ssr")]
mod calendar_page;
mod server_fns;

#[cfg(feature = "ssr")]
pub use calendar_page::CalendarPage;
pub use server_fns::{MakeFeed, RevokeFeed};
