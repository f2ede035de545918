//! Events in the browser: the public page, the way in, and what organizers do with their event.

#[cfg(feature = "ssr")]
mod edit_event_page;
#[cfg(feature = "ssr")]
mod event_fields;
#[cfg(feature = "ssr")]
mod event_page;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod look;
#[cfg(feature = "ssr")]
mod manage_event_page;
#[cfg(feature = "ssr")]
mod new_event_page;
#[cfg(feature = "ssr")]
mod now_page;
#[cfg(feature = "ssr")]
mod public_events_page;
mod server_fns;
#[cfg(feature = "ssr")]
mod today;

#[cfg(feature = "ssr")]
pub use edit_event_page::EditEventPage;
#[cfg(feature = "ssr")]
pub use event_page::EventPage;
#[cfg(feature = "ssr")]
pub use frame::frame;
#[cfg(feature = "ssr")]
pub use look::accent_style;
#[cfg(feature = "ssr")]
pub use manage_event_page::ManageEventPage;
#[cfg(feature = "ssr")]
pub use new_event_page::NewEventPage;
#[cfg(feature = "ssr")]
pub use now_page::NowPage;
#[cfg(feature = "ssr")]
pub use public_events_page::PublicEventsPage;
pub use server_fns::{CreateEvent, PublishEvent, RegisterForEvent, SaveEvent};
#[cfg(feature = "ssr")]
pub use today::{TodayBadge, is_today};
