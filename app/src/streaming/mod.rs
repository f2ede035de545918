//! Streaming in the browser: the stage of a session, where organizers set it, and the organization's own accounts.

#[cfg(feature = "ssr")]
mod credentials_page;
mod server_fns;
#[cfg(feature = "ssr")]
mod stage_page;
#[cfg(feature = "ssr")]
mod stream_page;

#[cfg(feature = "ssr")]
pub use credentials_page::StreamingSettingsPage;
pub use server_fns::{RemoveCredentials, SaveCredentials, SaveStream};
#[cfg(feature = "ssr")]
pub use stage_page::StagePage;
#[cfg(feature = "ssr")]
pub use stream_page::StreamPage;
