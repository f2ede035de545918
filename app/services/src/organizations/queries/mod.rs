//! The slice's only SQL.

mod admit;
mod audit;
mod deletion;
mod export;
mod members;
mod of_person;
mod organizations;
mod settings;
mod statistics;

pub use admit::admit_member;
pub use audit::{
    ByItself, EntryRow, NewEntry, OwnEntryRow, entries_about_member, entries_after, entries_before,
    entries_by, insert_by_itself, insert_entries, insert_entry,
};
pub use deletion::{
    delete_softly, deleted_of, due_for_purge, is_free_slug, lock_deleted, lock_to_purge,
    owners_with_addresses, purge, restore,
};
pub use export::export;
pub use members::{
    HeirRow, Wanted, count_heirs, count_members, delete_member, heirs, lock_organization, member, members,
    owners, set_role,
};
pub use of_person::{MembershipRow, delete_memberships, lock_owned, memberships, owned};
pub use organizations::{
    OrganizationRow, SummaryRow, hold, insert, insert_owner, of_user, owned_count, slug_by_form_key,
    visible_to,
};
pub use settings::{
    former_slugs, free_former_slugs, is_former_slug_of_another, last_editor, retire_slug, set_slug, settings,
    slug_after, take_back_slug, update_settings,
};
pub use statistics::{events_by_status, members_by_role, people_reached, registrations_by_month};
