//! Members of an event in the browser: leaving it.

#[cfg(feature = "ssr")]
mod leaving;
mod server_fns;

#[cfg(feature = "ssr")]
pub use leaving::{LeaveEventSection, LeaveWaitlistSection};
pub use server_fns::LeaveEvent;
