mod attendance;
mod seats;
mod session;
mod stars;

pub use attendance::{
    AttendeeRow, Wanted, all_attendees, attendees, count_attendees, mark, unmark,
};
pub use seats::{claim, give_back, give_back_all, hold_membership, lock, lock_sessions_of};
pub use session::session;
pub use stars::{merge_stars, star, stars_of, unstar};
