//! Members of events: the organizers' table of them, what is done to a membership, who gets the seats that become free,
//! and leaving. Who may do what is the policy of `domain::events`.

mod adding;
mod announce;
mod bans;
mod bulk;
mod check_in;
mod export;
mod held;
mod leave;
mod member_page;
mod moderated;
mod mutes;
mod of_person;
mod placing;
mod queries;
mod removal;
mod roles;
mod seats;
mod statistics;
mod table;
mod tell;
mod texts;
mod views;

pub use adding::{AddingPage, Candidate, MOST_CANDIDATES, add, adding, join_as_admin};
pub(crate) use announce::members_changed;
pub(crate) use bans::ban_changed;
pub use bans::{BanFields, ban, unban};
pub use bulk::{BulkChange, SeveralPage, change_several, several};
pub use check_in::{Arrival, CheckInPage, CheckedIn, arrivals, check_in, undo_check_in};
pub use export::people_csv;
pub use leave::leave;
pub use member_page::{Ban, MemberChoices, MemberDetails, MemberPage, member};
pub use moderated::{ModeratedPage, ModeratedPerson, moderated};
pub(crate) use mutes::{Restricted, Restriction, restrict_in, tell_of_warning, word_changed};
pub use mutes::{mute, unmute};
pub(crate) use of_person::{end_part_in_sessions, forget_member, lock_events_of};
pub use removal::{bring_back, remove};
pub use roles::{SeenMember, change_role, may_change_members};
pub(crate) use seats::free_seats;
pub use statistics::{Counters, EventStatistics, Joined, SessionFigures, Talk, counters, statistics};
pub use table::{PeopleCounts, PeopleFilter, PeopleTable, PersonInTable, people};
pub(crate) use tell::{NewPart, tell_speaker};
pub use texts::{OwnTexts, TextFields, own_texts, save_own_texts, save_texts};
pub(crate) use views::views_of;
pub use views::{SavedView, delete_view, save_view};
