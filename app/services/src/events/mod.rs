//! Events: creating, editing and publishing one, its public page, registration and the lists people find it in.

mod accent;
mod admit;
mod become_speaker;
mod create;
mod edit;
mod hold;
mod listeners;
mod lists;
mod of_person;
mod page;
mod publish;
mod queries;
mod register;
mod standing;
mod values;
mod with_organization;

pub use accent::save_accent;
pub(crate) use admit::admit;
pub(crate) use become_speaker::{become_speaker, membership};
pub use create::{NewEvent, create};
pub use edit::{EditedEvent, save};
pub(crate) use hold::hold;
pub use listeners::may_listen;
pub use lists::{EventCard, EventListItem, MyEvent, mine, of_organization, public_listing, upcoming_public};
pub(crate) use of_person::memberships;
pub(crate) use page::head_with_standing;
pub use page::{EventHead, EventPage, ManagePage, manage, open, open_for_members};
pub use publish::publish;
pub(crate) use queries::give_seat_back;
pub use register::{Registered, register};
pub(crate) use standing::load as standing_in;
pub use standing::{EventStanding, StandingFacts, standing};
pub use values::EventFields;
pub(crate) use with_organization::{delete_all, purge_all, remove_from_all, restore_all};
