-- What an organization's people set, its former addresses, its soft deletion, and what was done in it.
-- Roll forward: new columns that may be null or have a constant default, and new tables.

alter table organizations
    add column website text,
    add column contact_email text,
    add column default_time_zone text,
    add column mail_from_name text,
    add column updated_by uuid references users (id),
    -- The address it had: a deleted organization frees it at once and takes `deleted-{id}`.
    add column slug_before_deletion text,
    -- Texts, rooms and messages are gone for good since then; no undo any more.
    add column purged_at timestamptz,
    add constraint organizations_website_shape check (website like 'https://%' and char_length(website) <= 500),
    add constraint organizations_contact_email_length check (char_length(contact_email) between 3 and 254),
    add constraint organizations_default_time_zone_length check (char_length(default_time_zone) between 1 and 64),
    add constraint organizations_mail_from_name_length check (char_length(mail_from_name) between 1 and 100),
    add constraint organizations_purged_when_deleted check (purged_at is null or deleted_at is not null);
create index organizations_deleted on organizations (deleted_at) where deleted_at is not null and purged_at is null;

-- An address an organization had stays its own and leads to the present one.
create table organization_former_slugs (
    slug            text primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    retired_at      timestamptz not null
);
create index organization_former_slugs_by_organization on organization_former_slugs (organization_id);

alter table events
    add column status_before_deletion text,
    -- Comes back with its organization; one that was deleted before doesn't.
    add column deleted_with_organization boolean not null default false,
    add column purged_at timestamptz,
    add constraint events_status_before_deletion_known
        check (status_before_deletion in ('DRAFT', 'PUBLISHED', 'ARCHIVED', 'CANCELLED'));

-- Append-only: who did what in an organization. Names stand as they were then, so nothing here refers to people.
create table audit_entries (
    id              uuid primary key,
    -- The order of the log: several things can happen at one instant.
    position        bigint generated always as identity,
    organization_id uuid not null references organizations (id),
    event_id        uuid,
    actor_id        uuid not null,
    actor_name      text not null,
    action          text not null,
    -- Whom or what it was done to, as it was called then.
    subject         text,
    subject_id      uuid,
    value_before    text,
    value_after     text,
    created_at      timestamptz not null,
    constraint audit_entries_action_known check (action in (
        'ORGANIZATION_CREATED', 'SETTINGS_CHANGED', 'SLUG_CHANGED', 'ROLE_CHANGED', 'MEMBER_JOINED', 'MEMBER_REMOVED',
        'MEMBER_LEFT', 'OWNERSHIP_TRANSFERRED', 'ORGANIZATION_DELETED', 'ORGANIZATION_RESTORED', 'INVITATION_SENT',
        'INVITATION_RESENT', 'INVITATION_CANCELLED', 'INVITATION_ROLE_CHANGED', 'INVITATION_ACCEPTED',
        'INVITATION_DECLINED', 'EVENT_CREATED', 'EVENT_PUBLISHED', 'EVENT_DELETED', 'EVENT_RESTORED'))
);
create unique index audit_entries_newest on audit_entries (organization_id, position desc);

-- The running program may not change the log, not even as the owner of the table.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entries_append_only before update or delete on audit_entries
    for each row execute function refuse_change();
create trigger audit_entries_not_emptied before truncate on audit_entries
    for each statement execute function refuse_change();
