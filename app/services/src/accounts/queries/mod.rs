//! The slice's only SQL: people with their links, and login sessions.

mod people;
mod sessions;

pub use people::{
    UnverifiedUser, activate, any_user, consume_token, delete_never_confirmed, delete_old_tokens,
    delete_unverified, insert_token, kill_tokens, lock, lock_by_email, pending_sign_up, upsert_unverified,
    user_by_email,
};
pub use sessions::{
    NewSessionRow, alive, delete_expired_sessions, insert_session, load_session, revoke_login_session,
    revoke_session, rotate_session, update_session_data,
};
