//! The slice's only SQL.

mod admit;
mod advice;
mod become_speaker;
mod content;
mod deletion;
mod duplicate;
mod life;
mod listeners;
mod listings;
mod of_person;
mod read;
mod reminders;
mod sessions;
mod settings;
mod with_organization;
mod write;

pub use admit::{admit_member, give_seat_back};
pub use advice::{advice_on_agenda, advice_on_page};
pub use become_speaker::{become_speaker, membership};
pub use content::{
    ContentRow, Sections, content, save_faqs, save_highlights, save_icebreakers, save_sections,
};
pub use deletion::{
    DeletedRow, delete_softly, deleted_of, due_for_purge, lock_deleted, lock_to_purge, organization_of,
    purge_contents, purge_texts, restore,
};
pub use duplicate::{
    Copy, Pairs, chat_rooms_to_copy, copy_chat_rooms, copy_main_session, copy_sessions, copy_sponsors,
    copy_tiers, copy_tracks, copy_venue_rooms, insert_copy, sponsors_to_copy, tiers_to_copy, tracks_to_copy,
    venue_rooms_to_copy,
};
pub use life::{
    LifeRow, ToTellRow, cancel_sessions, life, lock_to_archive, members_to_tell, reinstate_sessions,
    set_status, to_archive,
};
pub use listeners::event_listeners;
pub use listings::{CardRow, FilterRow, ListedRow, Lister, count_listed, count_public, listed, public};
pub use of_person::{MembershipRow, memberships};
pub use read::{
    HeadRow, ListRow, ReadinessRow, head, last_editor, of_organization, of_user, readiness, slug_by_form_key,
    standing,
};
pub use reminders::{RemindedRow, ToRemindRow, claim_reminder, events_to_remind, members_to_remind};
pub use sessions::{AnnouncedRow, announced, session_times, set_session_times};
pub use settings::{save_settings, settings};
pub use with_organization::{
    delete_all_of, lock_all_of, lock_events_of_member, only_admin_of, remove_from_events, restore_all_of,
    take_over,
};
pub use write::{
    Owned, RegistrationRow, insert, insert_creator, join, lock, lock_readiness, lock_registration,
    set_accent, take_seat, update,
};
