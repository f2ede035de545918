//! Members of an event in the browser: the organizers' table of them, one of them, adding more; and leaving.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

mod adding_fns;
#[cfg(feature = "ssr")]
mod adding_page;
mod bulk_fns;
mod check_in_fns;
#[cfg(feature = "ssr")]
mod check_in_page;
#[cfg(feature = "ssr")]
mod counters;
#[cfg(feature = "ssr")]
mod leaving;
mod member_fns;
#[cfg(feature = "ssr")]
mod member_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod own_place_page;
#[cfg(feature = "ssr")]
mod people_page;
#[cfg(feature = "ssr")]
mod people_rows;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod saved_views;
mod server_fns;
#[cfg(feature = "ssr")]
mod several_page;
#[cfg(feature = "ssr")]
mod statistics_page;
#[cfg(feature = "ssr")]
mod text_fields;
mod texts_fns;
mod view_fns;
#[cfg(feature = "ssr")]
mod words;

pub use adding_fns::{AddMember, JoinAsAdmin};
#[cfg(feature = "ssr")]
pub use adding_page::AddPeoplePage;
pub use bulk_fns::{ChangeRoles, RemoveSeveral};
pub use check_in_fns::CheckIn;
#[cfg(feature = "ssr")]
pub use check_in_page::CheckInPage;
#[cfg(feature = "ssr")]
pub use counters::Counters;
#[cfg(feature = "ssr")]
pub use leaving::LeaveWaitlistSection;
pub use member_fns::{BanMember, BringMemberBack, ChangeMemberRole, RemoveMemberOfEvent, UnbanMember};
#[cfg(feature = "ssr")]
pub use member_page::MemberPage;
#[cfg(feature = "ssr")]
pub use notice::PeopleNotice;
#[cfg(feature = "ssr")]
pub use own_place_page::OwnPlacePage;
#[cfg(feature = "ssr")]
pub use people_page::PeoplePage;
pub use server_fns::LeaveEvent;
#[cfg(feature = "ssr")]
pub use several_page::SeveralPeoplePage;
#[cfg(feature = "ssr")]
pub use statistics_page::StatisticsPage as EventStatisticsPage;
pub use texts_fns::{SaveOwnTexts, SaveTexts};
pub use view_fns::{DeletePeopleView, SavePeopleView};
