//! Pictures in the browser: taking one away, an event's look. Files come in by routes of their own, not by calls.

#[cfg(feature = "ssr")]
mod branding_page;
mod server_fns;

#[cfg(feature = "ssr")]
pub use branding_page::BrandingPage;
pub use server_fns::{RemoveAvatar, RemoveEventImage, RemoveSponsorLogo, SaveAccent};
