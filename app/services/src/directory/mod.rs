//! The people of an event as its members find them, and one person's profile, inside an event and anywhere. What is shown
//! of somebody is `Profile::shown_to`, what can be done about them `domain::connections`.

mod filter;
mod list;
mod profile;
mod queries;

pub use filter::DirectoryFilter;
pub use list::{Directory, DirectoryEntry, OwnVisibility, directory};
pub use profile::{MemberProfile, PersonPage, SharedEvent, SpokenSession, member_profile, person};
