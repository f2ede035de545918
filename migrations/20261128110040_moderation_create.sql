-- Reports, warnings, and the log of what moderators did.
-- Roll forward: new tables only.

create table reports (
    id              uuid primary key,
    event_id        uuid not null references events (id) on delete cascade,
    reporter_id     uuid not null references users (id),
    target_kind     text not null,
    -- The message, direct message or person. No foreign key: a report outlives what it is about.
    target_id       uuid not null,
    -- Who wrote it, or who it is.
    person_id       uuid not null references users (id),
    room_id         uuid,
    -- From a room that moderators don't read: organizers answer it.
    organizers_only boolean not null,
    reason          text not null,
    body            text not null,
    -- The reported text with up to five messages before it, as they were; an array of lines.
    snapshot        jsonb not null,
    status          text not null,
    claimed_by      uuid references users (id),
    claimed_at      timestamptz,
    verdict         text,
    note            text,
    created_at      timestamptz not null,
    closed_at       timestamptz,
    closed_by       uuid references users (id),
    constraint reports_target_known check (target_kind in ('MESSAGE', 'DIRECT_MESSAGE', 'PERSON')),
    constraint reports_reason_known check (reason in ('SPAM', 'HARASSMENT', 'HATE', 'SEXUAL', 'OTHER')),
    constraint reports_status_known check (status in ('OPEN', 'IN_REVIEW', 'RESOLVED', 'DISMISSED')),
    constraint reports_verdict_known check (verdict in ('DISMISS', 'DELETE_MESSAGE', 'WARN', 'MUTE', 'BAN')),
    constraint reports_claimed_in_review check ((status = 'IN_REVIEW') <= (claimed_by is not null)),
    constraint reports_closed_with_verdict check ((status in ('RESOLVED', 'DISMISSED')) = (closed_at is not null and verdict is not null)),
    constraint reports_not_oneself check (reporter_id <> person_id),
    constraint reports_body_length check (char_length(body) <= 5000),
    constraint reports_note_length check (char_length(note) <= 1000)
);
-- The same reporter and target again adds to the open report.
create unique index reports_open_unique on reports (event_id, reporter_id, target_kind, target_id)
    where status in ('OPEN', 'IN_REVIEW');
create index reports_queue on reports (event_id, created_at, id);
create index reports_by_reporter on reports (reporter_id, created_at);
create index reports_about_person on reports (person_id);
create index reports_closed_by_age on reports (closed_at) where closed_at is not null;

create table event_warnings (
    id           uuid primary key,
    event_id     uuid not null,
    user_id      uuid not null,
    reason       text not null,
    warned_by    uuid not null references users (id),
    created_at   timestamptz not null,
    confirmed_at timestamptz,
    constraint event_warnings_of_member foreign key (event_id, user_id) references event_members (event_id, user_id) on delete cascade,
    constraint event_warnings_reason_length check (char_length(reason) between 1 and 500)
);
create index event_warnings_open on event_warnings (event_id, user_id) where confirmed_at is null;

create table moderation_entries (
    id         uuid primary key,
    -- The order of the log: several things can happen at one instant.
    position   bigint generated always as identity,
    event_id   uuid not null references events (id),
    actor_id   uuid not null,
    actor_name text not null,
    action     text not null,
    -- Whom or what it was done to, as it was called then.
    subject    text not null,
    subject_id uuid,
    message_id uuid,
    report_id  uuid,
    reason     text,
    duration   text,
    created_at timestamptz not null,
    constraint moderation_entries_action_known check (action in (
        'DELETE_MESSAGE', 'RESTORE_MESSAGE', 'APPROVE_MESSAGE', 'REJECT_MESSAGE', 'WARN', 'MUTE', 'UNMUTE', 'BAN',
        'UNBAN', 'CLAIM_REPORT', 'RESOLVE_REPORT', 'DISMISS_REPORT', 'CLOSE_ROOM', 'OPEN_ROOM', 'CLOSE_ALL_PUBLIC')),
    constraint moderation_entries_duration_known check (duration in ('TEN_MINUTES', 'HOUR', 'DAY', 'EVENT')),
    constraint moderation_entries_reason_length check (char_length(reason) <= 1000)
);
create unique index moderation_entries_newest on moderation_entries (event_id, position desc);

create trigger moderation_entries_append_only before update or delete on moderation_entries
    for each row execute function refuse_change();
create trigger moderation_entries_not_emptied before truncate on moderation_entries
    for each statement execute function refuse_change();
