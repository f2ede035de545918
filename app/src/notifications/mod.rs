//! What people are told, in the browser: the list of it, and the links that stop mails.

mod centre_fns;
#[cfg(feature = "ssr")]
mod centre_page;
mod counts_fns;
mod push_fns;
mod server_fns;
#[cfg(feature = "ssr")]
mod unsubscribe_page;

pub use centre_fns::{MarkAllRead, OpenNotification};
#[cfg(feature = "ssr")]
pub use centre_page::NotificationCentrePage;
pub use counts_fns::CountWaiting;
pub use push_fns::{SubscribePush, UnsubscribePush};
pub use server_fns::StopMails;
#[cfg(feature = "ssr")]
pub use unsubscribe_page::UnsubscribePage;
