-- What organizers do to the people of an event: the log tells it, a lifted ban gives back what was there before.
-- Roll forward: a new column that is empty, two indexes, a wider list; a previous binary writes none of the new values,
-- and skips none it reads by name alone.

alter table event_members
    add column status_before_ban text,
    add constraint event_members_status_before_ban_known
        check (status_before_ban in ('ACTIVE', 'WAITLISTED', 'LEFT', 'REMOVED')),
    add constraint event_members_ban_reasoned check (status_before_ban is null or ban_reason is not null);

-- Registrations over time, and the table of people by when they came.
create index event_members_by_joining on event_members (event_id, joined_at, user_id);

alter table audit_entries drop constraint audit_entries_action_known;
alter table audit_entries add constraint audit_entries_action_known check (action in (
    'ORGANIZATION_CREATED', 'SETTINGS_CHANGED', 'SLUG_CHANGED', 'ROLE_CHANGED', 'MEMBER_JOINED', 'MEMBER_REMOVED',
    'MEMBER_LEFT', 'OWNERSHIP_TRANSFERRED', 'ORGANIZATION_DELETED', 'ORGANIZATION_RESTORED', 'INVITATION_SENT',
    'INVITATION_RESENT', 'INVITATION_CANCELLED', 'INVITATION_ROLE_CHANGED', 'INVITATION_ACCEPTED',
    'INVITATION_DECLINED', 'EVENT_CREATED', 'EVENT_PUBLISHED', 'EVENT_UNPUBLISHED', 'EVENT_CANCELLED',
    'EVENT_REINSTATED', 'EVENT_ARCHIVED', 'EVENT_REOPENED', 'EVENT_DELETED', 'EVENT_RESTORED', 'EVENT_ROLE_CHANGED',
    'EVENT_MEMBER_ADDED', 'EVENT_MEMBER_REMOVED', 'EVENT_MEMBER_BROUGHT_BACK', 'EVENT_MEMBER_BANNED',
    'EVENT_MEMBER_UNBANNED', 'EVENT_JOINED_AS_ADMIN', 'EVENT_TAKEN_OVER'));

-- What the log tells about one person in one event.
create index audit_entries_about_member on audit_entries (event_id, subject_id, position)
    where event_id is not null and subject_id is not null;
