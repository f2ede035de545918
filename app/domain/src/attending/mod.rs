//! What people do with the sessions of an agenda: star them, sign up, be seen there. The sessions themselves are the
//! agenda's.

mod policy;
mod rules;

pub use policy::{SessionAction, SessionFacts, may};
pub use rules::{ATTENDANCE_FROM_BEFORE, SignUpFacts, may_mark_now, takes_sign_ups};
