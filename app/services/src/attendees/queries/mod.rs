//! The slice's only SQL. Callers that write hold the event.

mod adding;
mod bans;
mod check_in;
mod member;
mod mutes;
mod of_person;
mod seats;
mod statistics;
mod table;
mod texts;
mod views;

pub use adding::{AddedMember, add_member, candidates, organization_member, share_organization_of};
pub use bans::{NewBan, ban, unban};
pub use check_in::{ArrivalRow, arrivals, check_in, count_arrivals, undo_check_in};
pub use member::{MemberRow, bring_back, join_as_admin, member, set_removed, set_role};
pub use mutes::{NewMute, mute, unmute};
pub use of_person::forget_member;
pub use seats::{PromotedRow, admins, delete_speaking, end_memberships, lock_events_of, promote, set_left};
pub use statistics::{counters, joined_by_day, outcome, session_figures};
pub use table::{
    CountsRow, PersonRow, Wanted, count_active, count_people, counts, people, people_by_id, people_by_name,
};
pub use texts::{NewTexts, last_texts_editor, set_texts, texts};
pub use views::{
    NewView, OwnViewRow, ViewRow, count_views, delete_view, delete_views_of, save_view, views, views_of_user,
};
