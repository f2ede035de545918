//! What people do with sessions: star them, sign up for them, be marked as present. Who may is `domain::attending`'s
//! policy; the sessions themselves belong to the agenda.
//!
//! Whoever signs up or changes seats holds the person's membership, then the session.

mod attendance;
mod cancel;
mod changes;
mod choices;
mod of_person;
mod queries;
mod seen;
mod sign_ups;
mod stars;
mod starting;
mod tell;

pub use attendance::{AttendanceList, Attendee, attendance, attendance_csv, mark};
pub(crate) use cancel::cancel_all_of;
pub use changes::{AgendaChange, ChangesPage, changes, release_changes};
pub use choices::{OwnChoices, own_choices};
pub(crate) use of_person::{forget_stars, sign_ups_of, stars_of};
pub use seen::{OwnPlace, SeenSession, own_place};
pub(crate) use seen::{seen, seen_in};
pub use sign_ups::{cancel_sign_up, sign_up};
pub use stars::{MAX_KEPT_STARS, may_star_as_visitor, merge_stars, set_star};
pub use starting::tell_starts;
pub use tell::{run_telling, tell_changes};
