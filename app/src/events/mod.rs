//! Events in the browser: the public page, the way in, and what organizers do with their event.

mod content_fns;
#[cfg(feature = "ssr")]
mod content_list_page;
#[cfg(feature = "ssr")]
mod content_page;
#[cfg(feature = "ssr")]
mod danger_page;
#[cfg(feature = "ssr")]
mod edit_event_page;
#[cfg(feature = "ssr")]
mod event_fields;
#[cfg(feature = "ssr")]
mod event_page;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod json_ld;
#[cfg(feature = "ssr")]
mod keep;
mod life_fns;
#[cfg(feature = "ssr")]
mod life_notice;
#[cfg(feature = "ssr")]
mod look;
#[cfg(feature = "ssr")]
mod manage_event_page;
#[cfg(feature = "ssr")]
mod new_event_page;
#[cfg(feature = "ssr")]
mod now_page;
#[cfg(feature = "ssr")]
mod opening;
#[cfg(feature = "ssr")]
mod public_events_page;
#[cfg(feature = "ssr")]
mod sections;
mod server_fns;
mod settings_fns;
#[cfg(feature = "ssr")]
mod settings_page;
#[cfg(feature = "ssr")]
mod today;

pub use content_fns::{AddEventEntry, SaveEventEntry, SaveEventSections, ShiftEventEntry};
#[cfg(feature = "ssr")]
pub use content_list_page::EventListPage;
#[cfg(feature = "ssr")]
pub use content_page::EventContentPage;
#[cfg(feature = "ssr")]
pub use danger_page::EventDangerPage;
#[cfg(feature = "ssr")]
pub use edit_event_page::EditEventPage;
#[cfg(feature = "ssr")]
pub use event_page::{EventPage, share_picture};
#[cfg(feature = "ssr")]
pub use frame::frame;
pub use life_fns::{
    ArchiveEvent, CancelEvent, DeleteEvent, DuplicateEvent, ReinstateEvent, ReopenEvent, RestoreEvent,
    UnpublishEvent,
};
#[cfg(feature = "ssr")]
pub use life_notice::LifeNotice;
#[cfg(feature = "ssr")]
pub use look::accent_style;
#[cfg(feature = "ssr")]
pub use manage_event_page::ManageEventPage;
#[cfg(feature = "ssr")]
pub use new_event_page::NewEventPage;
#[cfg(feature = "ssr")]
pub use now_page::NowPage;
#[cfg(feature = "ssr")]
pub use public_events_page::{PublicEventsPage, filter_path};
pub use server_fns::{CreateEvent, PublishEvent, RegisterForEvent, SaveEvent};
pub use settings_fns::SaveEventSettings;
#[cfg(feature = "ssr")]
pub use settings_page::EventSettingsPage;
#[cfg(feature = "ssr")]
pub use today::{TodayBadge, is_today};
