//! The slice's only SQL: people and their profiles, mailed links, known devices, login sessions and exports.

mod acquaintance;
mod closing;
mod devices;
mod exports;
mod in_event;
mod invited;
mod live_session;
mod people;
mod profiles;
mod sessions;
mod tokens;

pub use acquaintance::acquaintance;
pub use closing::{
    begin_deletion, claim_for_erasure, deactivate, delete_event_privacies, delete_exports,
    delete_login_sessions, delete_tokens, due_for_erasure, erase_person, reopen, reopen_in_epoch,
    set_address,
};
pub use devices::{
    SigningInRow, address_of_closed, delete_devices, delete_unused_devices, remember_device, user_signing_in,
};
pub use exports::{
    AccountFacts, ClaimedExport, account_facts, all_devices, all_login_sessions, claim_export,
    delete_old_exports, empty_expired_exports, export_part, fail_export, fail_given_up_exports,
    finish_export, insert_export, insert_export_part, newest_export, ready_export,
};
pub use in_event::{PersonInEventRow, people_in_event, people_seen};
pub use invited::{
    Invited, activate_invited, active_of, delete_placeholders, forgotten_placeholders, hold_by_address,
    insert_placeholders,
};
pub use live_session::load_session;
pub use people::{
    PendingRow, UnverifiedUser, UserRow, activate, any_user, change_password, delete_never_confirmed,
    delete_unproved, find_by_email, lock, lock_by_email, names_around, never_confirmed, own_account,
    pending_sign_up, rehash, set_password, upsert_unverified, verify_address,
};
pub use profiles::{
    OverrideRow, PrivacyRow, ProfileRow, delete_event_privacy, event_privacies, event_privacy, profile,
    set_event_privacy, update_privacy, update_profile,
};
pub use sessions::{
    NewSessionRow, alive, confirm_session, delete_expired_sessions, id_is_taken, insert_session, is_alive,
    login_sessions_of, note_former_id, password_confirmed_at, revoke_login_session, revoke_login_session_of,
    revoke_login_sessions, revoke_session, rotate_session, session_owner, update_session_data,
};
pub use tokens::{
    ConsumedRow, NewToken, Purpose, address_link, consume_token, delete_old_tokens, insert_token,
    kill_later_undo_tokens, kill_tokens, kill_undo_tokens, pending_address, resettable, token_owner,
    unproved_at_address_of,
};
