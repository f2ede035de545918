//! The slice's only SQL: people, mailed links, known devices and login sessions.

mod devices;
mod people;
mod sessions;
mod tokens;

pub use devices::{delete_devices, delete_unused_devices, remember_device, user_signing_in};
pub use people::{
    UnverifiedUser, activate, any_user, change_password, delete_never_confirmed, delete_unverified, lock,
    lock_by_email, own_account, pending_sign_up, set_password, upsert_unverified, verify_address,
};
pub use sessions::{
    NewSessionRow, alive, confirm_session, delete_expired_sessions, id_is_taken, insert_session,
    load_session, login_sessions_of, password_confirmed_at, revoke_login_session, revoke_login_session_of,
    revoke_login_sessions, revoke_session, rotate_session, update_session_data,
};
pub use tokens::{
    NewToken, Purpose, consume_token, delete_old_tokens, insert_token, kill_tokens, resettable,
};
