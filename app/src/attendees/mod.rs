//! Members of an event in the browser: the organizers' table of them, one of them, adding more; and leaving.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

mod adding_fns;
#[cfg(feature = "ssr")]
mod adding_page;
#[cfg(feature = "ssr")]
mod leaving;
mod member_fns;
#[cfg(feature = "ssr")]
mod member_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod people_page;
#[cfg(feature = "ssr")]
mod people_rows;
#[cfg(feature = "ssr")]
mod place;
mod server_fns;
#[cfg(feature = "ssr")]
mod words;

pub use adding_fns::{AddMember, JoinAsAdmin};
#[cfg(feature = "ssr")]
pub use adding_page::AddPeoplePage;
#[cfg(feature = "ssr")]
pub use leaving::{LeaveEventSection, LeaveWaitlistSection};
pub use member_fns::{BanMember, BringMemberBack, ChangeMemberRole, RemoveMemberOfEvent, UnbanMember};
#[cfg(feature = "ssr")]
pub use member_page::MemberPage;
#[cfg(feature = "ssr")]
pub use notice::PeopleNotice;
#[cfg(feature = "ssr")]
pub use people_page::PeoplePage;
pub use server_fns::LeaveEvent;
