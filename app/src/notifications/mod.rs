//! What people are told, in the browser.

mod server_fns;
#[cfg(feature = "ssr")]
mod unsubscribe_page;

pub use server_fns::StopMails;
#[cfg(feature = "ssr")]
pub use unsubscribe_page::UnsubscribePage;
