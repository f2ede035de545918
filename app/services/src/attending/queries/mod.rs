mod attendance;
mod changes;
mod choices;
mod of_person;
mod seats;
mod session;
mod stars;
mod starting;

pub use attendance::{AttendeeRow, Wanted, all_attendees, attendees, count_attendees, mark, unmark};
pub use changes::{
    ChangeRow, ClaimedRow, RecipientRow, ToldSession, changes, claim_changes, count_changes, count_held,
    release, sessions_at_rest, told_session, who_chose,
};
pub use choices::choices_of;
pub use of_person::{OwnSignUpRow, OwnStarRow, delete_stars_of, sign_ups_of, stars_of};
pub use seats::{claim, give_back, give_back_all, hold_membership, lock, lock_sessions_of};
pub use session::session;
pub use stars::{merge_stars, star, unstar};
pub use starting::{StartingRow, claim_start, sessions_about_to_start, who_waits_for};
