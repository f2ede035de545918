//! The slice's only SQL. Callers that write hold the event.

mod adding;
mod bans;
mod member;
mod seats;
mod table;

pub use adding::{AddedMember, add_member, candidates, organization_member, share_organization_of};
pub use bans::{ban, unban};
pub use member::{MemberRow, bring_back, join_as_admin, member, set_removed, set_role};
pub use seats::{PromotedRow, admins, delete_speaking, end_memberships, lock_events_of, promote, set_left};
pub use table::{CountsRow, PersonRow, Wanted, count_people, counts, people};
