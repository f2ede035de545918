//! Stars, sign-ups and attendance in the browser. Stars of visitors are kept in a cookie of theirs until they sign in.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

#[cfg(feature = "ssr")]
mod attendance_page;
#[cfg(feature = "ssr")]
mod changes_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod own_place;
#[cfg(feature = "ssr")]
mod own_sessions;
mod server_fns;
#[cfg(feature = "ssr")]
mod star_button;
#[cfg(feature = "ssr")]
mod star_cookie;

#[cfg(feature = "ssr")]
pub use attendance_page::AttendancePage;
#[cfg(feature = "ssr")]
pub use changes_page::ChangesPage;
#[cfg(feature = "ssr")]
pub use notice::AttendingNotice;
#[cfg(feature = "ssr")]
pub use own_place::OwnPlaceInSession;
#[cfg(feature = "ssr")]
pub use own_sessions::OwnSessionsSection;
pub use server_fns::{CancelSignUp, MarkAttendance, ReleaseChanges, SignUpForSession, StarSession};
#[cfg(feature = "ssr")]
pub use star_button::StarButton;
#[cfg(feature = "ssr")]
pub use star_cookie::kept_stars;
#[cfg(feature = "ssr")]
pub(crate) use star_cookie::merge_kept_stars;
