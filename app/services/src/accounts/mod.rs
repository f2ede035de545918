//! Accounts: sign-up, confirming the address, sign-in and the login sessions of browsers. Cookies belong to
//! the process; what a person may do is decided by the other slices.

mod login_sessions;
mod password_strength;
mod passwords;
mod queries;
mod sign_in;
mod sign_up;

pub use login_sessions::{
    LoginSessionRow, NewLoginSession, begin, delete_expired, end, load, rotate, store_data,
};
pub use password_strength::check_strength;
pub use passwords::{PasswordHasher, PasswordPoolSettings};
pub use sign_in::{Credentials, sign_in};
pub use sign_up::{
    NewAccount, PendingSignUp, any_exists, confirm_address, find_sign_up, resend_confirmation, sign_up,
    sign_up_confirmed, withdraw_sign_up,
};

/// How long the link in the confirmation mail works (specification 5.2).
pub const CONFIRMATION_LIFETIME: time::Duration = time::Duration::hours(24);
/// A login session ends after this long without a request (specification 5.4).
pub const IDLE_LIMIT: time::Duration = time::Duration::days(7);
/// A login session ends this long after sign-in, whatever happens.
pub const ABSOLUTE_LIMIT: time::Duration = time::Duration::days(30);
/// A session id older than this is rotated by the next page.
pub const ROTATE_AFTER: time::Duration = time::Duration::hours(24);
