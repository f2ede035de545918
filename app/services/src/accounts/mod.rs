//! Accounts: sign-up, confirming the address, sign-in and the login sessions of browsers. Cookies belong to
//! the process; what a person may do is decided by the other slices.

mod acquaintance;
mod address_change;
mod browser;
mod caller;
mod closing;
mod confirmation;
mod devices;
mod erasure;
mod event_privacy;
mod export;
mod export_content;
mod export_draft;
mod export_rooms;
mod in_event;
mod invited;
mod links;
mod login_sessions;
mod notices;
mod password;
mod password_rule;
mod password_strength;
mod passwords;
mod profile;
mod queries;
mod recent_sign_in;
mod rules;
mod sign_in;
mod sign_up;
mod social_links;
mod sweep;

pub(crate) use acquaintance::acquaintance;
pub use address_change::{
    AddressLink, PendingAddress, cancel_address_change, confirm_address_change, find_address_change,
    find_address_undo, pending_address_change, request_address_change, undo_address_change,
};
pub use browser::browser_in_words;
pub use caller::Caller;
pub use closing::{deactivate, delete_account, owned_alone};
pub use confirmation::{Confirmed, PendingSignUp, confirm_address, find_sign_up, withdraw_sign_up};
pub use devices::remember_device;
pub use event_privacy::{
    OwnPlace, events_with_own_privacy, follow_global_privacy, override_privacy, own_place,
};
pub use export::{
    AccountExport, ExportFile, newest_export, open_export, prepare_exports, request_export, run_exports,
};
pub(crate) use in_event::{PersonInEvent, people_in_event, people_seen};
pub use invited::{NewPerson, activate_invited, active_of, make_placeholders};
pub use login_sessions::{
    Begun, Device, LoginSessionRow, NewLoginSession, SessionLimits, alive, begin, devices, end, end_device,
    end_other_devices, end_own, is_alive, load, owner_of, rotate, store_data,
};
pub(crate) use password::stored_address;
pub use password::{change_password, find_reset, forgot_password, reset_password};
pub use password_rule::{Beside, estimate_password};
pub use passwords::{PasswordHasher, PasswordPoolSettings, WORK as PASSWORD_WORK};
pub use profile::{GlobalSwitches, OwnProfile, ProfileFields, own_profile, save_privacy, save_profile};
pub use recent_sign_in::{confirm_password, has_recent_sign_in, require_recent_sign_in};
pub use sign_in::{Credentials, SignInDone, SignInOutcome, come_back, come_back_as, sign_in};
pub use sign_up::{NewAccount, any_exists, resend_confirmation, sign_up, sign_up_confirmed};
pub(crate) use social_links::parse_link_at;
pub use social_links::parse_social_links;
pub use sweep::sweep;

/// How long the link in the confirmation mail works (specification 5.2).
pub const CONFIRMATION_LIFETIME: time::Duration = time::Duration::hours(24);
/// How long the link in the mail about a forgotten password works (specification 5.6).
pub const RESET_LIFETIME: time::Duration = time::Duration::hours(1);
/// How long the link to a new address works (specification 5.7).
pub const CHANGE_LIFETIME: time::Duration = time::Duration::hours(24);
/// How long the old address can take a change back.
pub const UNDO_LIFETIME: time::Duration = time::Duration::days(7);
/// How long a deleted account can be opened again by signing in (specification 5.8).
pub const UNDO_DELETION_WITHIN: time::Duration = time::Duration::days(30);
/// How long an export is kept.
pub const EXPORT_LIFETIME: time::Duration = time::Duration::hours(24);
/// A browser that is not used for this long is a stranger again.
pub const DEVICE_LIFETIME: time::Duration = time::Duration::days(365);
/// A login session ends after this long without a request (specification 5.4).
pub const IDLE_LIMIT: time::Duration = time::Duration::days(7);
/// A login session ends this long after sign-in, whatever happens.
pub const ABSOLUTE_LIMIT: time::Duration = time::Duration::days(30);
/// What needs a recent sign-in needs the password confirmed within this time (specification 1.1).
pub const RECENT_SIGN_IN: time::Duration = time::Duration::minutes(10);
/// A session id older than this is rotated by the next page.
pub const ROTATE_AFTER: time::Duration = time::Duration::hours(24);
/// A placeholder is removed this long after its last invitation ended (specification 7.1).
pub const PLACEHOLDER_LIFETIME: time::Duration = time::Duration::days(30);
/// An account nobody confirmed is removed after this long (specification 5.2).
pub const UNCONFIRMED_LIFETIME: time::Duration = time::Duration::days(30);

/// Whether somebody proved once that an address with an account in this state is theirs: they sign in, if only to come
/// back.
pub(crate) fn can_sign_in(state: Option<&str>) -> bool {
    matches!(state, Some("ACTIVE" | "DEACTIVATED" | "DELETED"))
}

/// Locks a person in the caller's transaction, so that two submits of one form take turns.
///
/// # Errors
/// Database errors only.
pub async fn lock(tx: &mut sqlx::PgConnection, user: domain::ids::UserId) -> crate::Outcome<()> {
    Ok(queries::lock(tx, user.get()).await?)
}

/// Counts an unknown link of any kind; answers what to say about it.
///
/// # Errors
/// [`domain::AppError::TooMany`] after 20 of those an hour from one network.
pub async fn unknown_link(
    services: &crate::Services,
    caller: &Caller,
) -> crate::Outcome<crate::ServiceError> {
    password::wrong_token(services, caller).await
}
