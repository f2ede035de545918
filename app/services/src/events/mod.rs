//! Events: creating, editing and publishing one, its public page, registration and the lists people find it in.

mod accent;
mod admit;
mod auto_archive;
mod become_speaker;
mod content;
mod content_lists;
mod create;
mod danger;
mod deletion;
mod duplicate;
mod edit;
mod filter;
mod hold;
mod listeners;
mod lists;
mod news;
mod of_person;
mod page;
mod queries;
mod readiness;
mod register;
mod reminders;
mod reschedule;
mod settings;
mod standing;
mod transition;
mod values;
mod with_organization;

pub use accent::save_accent;
pub(crate) use admit::admit;
pub use auto_archive::{auto_archive, run_auto_archive};
pub(crate) use become_speaker::{become_speaker, membership};
pub use content::{EventContent, SectionFields, content, content_to_edit, save_sections};
pub use content_lists::{ContentList, EntryFields, add_entry, save_entry, shift_entry};
pub use create::{NewEvent, create};
pub use danger::{DangerPage, Step, danger};
pub use deletion::{DeletedEvent, UNDO_TIME, delete, deleted_of, restore, sweep};
pub use duplicate::{NewDuplicate, duplicate};
pub use edit::{EditedEvent, save};
pub use filter::{EventFilter, FilterFields};
pub(crate) use hold::hold;
pub use listeners::may_listen;
pub use lists::{
    EventCard, EventListItem, MyEvent, OrganizationEvents, listed_of_organization, mine, of_organization,
    public_listing, upcoming_public,
};
pub(crate) use of_person::memberships;
pub(crate) use page::head_with_standing;
pub use page::{EventHead, EventPage, ManagePage, manage, open, open_for_members};
pub(crate) use queries::{give_seat_back, take_seat};
pub use register::{Registered, register};
pub use reminders::{remind_of_events, run_event_reminders};
pub use settings::{SettingsFields, SettingsPage, save_settings, settings};
pub(crate) use standing::load as standing_in;
pub use standing::{EventStanding, StandingFacts, standing};
pub use transition::{archive, cancel, publish, reinstate, reopen, unpublish};
pub use values::EventFields;
pub(crate) use with_organization::{Removal, delete_all, remove_from_all, restore_all};
