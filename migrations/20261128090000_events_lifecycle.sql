-- The whole life of an event, what its page says beside its details, and what a membership holds.
-- Roll forward: new columns with defaults; a previous binary reads none of them.

alter table events
    add column event_type              text not null default 'CONFERENCE',
    add column hero_text               text,
    add column registration_opens_at   timestamptz,
    add column registration_closes_at  timestamptz,
    add column welcome_title           text,
    -- Markdown as typed, as all long texts of an event are.
    add column welcome_content         text,
    -- [{"title", "description", "icon"}]
    add column highlights              jsonb not null default '[]',
    -- [{"question", "answer"}]
    add column faqs                    jsonb not null default '[]',
    add column conduct                 text,
    add column contact_email           text,
    add column icebreakers             text[] not null default array[
        'What brought you to this event?',
        'Which session are you looking forward to most, and why?',
        'What are you working on that you could talk about for hours?',
        'What would make today worth the trip for you?',
        'Who would you like to be introduced to?',
        'What did you change your mind about this year?',
        'Which question should a speaker answer today?',
        'Coffee, tea, or a walk outside: may I join?'],
    add column session_status_mode     text not null default 'CLOCK',
    -- Both null: session rooms are opened and closed by hand.
    add column rooms_open_before_minutes integer,
    add column rooms_close_after_minutes integer,
    add column hold_agenda_changes     boolean not null default false,
    add column profanity_mode          text not null default 'OFF',
    add column profanity_words         text[] not null default '{}',
    -- 0: never
    add column auto_archive_days       integer not null default 30,
    add column cancel_reason           text,
    add column cancelled_at            timestamptz,
    add constraint events_type_known check (event_type in ('CONFERENCE', 'SINGLE_SESSION')),
    add constraint events_hero_text_length check (char_length(hero_text) between 1 and 300),
    add constraint events_registration_order check (registration_closes_at > registration_opens_at),
    add constraint events_welcome_lengths check (
        coalesce(char_length(welcome_title), 0) <= 150 and coalesce(char_length(welcome_content), 0) <= 5000),
    add constraint events_highlights_number check (jsonb_typeof(highlights) = 'array' and jsonb_array_length(highlights) <= 12),
    add constraint events_faqs_number check (jsonb_typeof(faqs) = 'array' and jsonb_array_length(faqs) <= 50),
    add constraint events_conduct_length check (char_length(conduct) <= 5000),
    add constraint events_contact_email_length check (char_length(contact_email) between 3 and 254),
    add constraint events_icebreakers_number check (cardinality(icebreakers) between 1 and 20),
    add constraint events_session_status_mode_known check (session_status_mode in ('CLOCK', 'MANUAL')),
    add constraint events_room_minutes_range check (
        rooms_open_before_minutes between 0 and 1440 and rooms_close_after_minutes between 0 and 1440
        or rooms_open_before_minutes is null and rooms_close_after_minutes is null),
    add constraint events_profanity_mode_known check (profanity_mode in ('OFF', 'MASK', 'HOLD')),
    add constraint events_profanity_words_number check (cardinality(profanity_words) <= 500),
    add constraint events_auto_archive_days_range check (auto_archive_days between 0 and 365),
    add constraint events_cancel_reason_length check (char_length(cancel_reason) between 1 and 500);

-- What the clock archives.
create index events_to_archive on events (end_date) where status in ('PUBLISHED', 'CANCELLED') and auto_archive_days > 0;
create index events_deleted on events (deleted_at) where deleted_at is not null and purged_at is null;

alter table event_members
    -- Override the profile inside this event.
    add column event_title       text,
    add column event_bio         text,
    add column show_in_directory boolean not null default true,
    add column checked_in_at     timestamptz,
    add column checked_in_by     uuid references users (id),
    add column muted_by          uuid references users (id),
    add column mute_reason       text,
    add column banned_at         timestamptz,
    add column banned_by         uuid references users (id),
    add column ban_reason        text,
    -- SHA-256 of the secret in the address of the personal calendar.
    add column agenda_feed_hash  bytea,
    add column updated_at        timestamptz,
    add constraint event_members_title_length check (char_length(event_title) between 1 and 200),
    add constraint event_members_bio_length check (char_length(event_bio) between 1 and 2000),
    add constraint event_members_mute_reason_length check (char_length(mute_reason) between 1 and 500),
    add constraint event_members_ban_reason_length check (char_length(ban_reason) between 1 and 500),
    add constraint event_members_agenda_feed_hash_length check (octet_length(agenda_feed_hash) = 32),
    add constraint event_members_agenda_feed_hash_unique unique (agenda_feed_hash);

create index event_members_by_role on event_members (event_id, role, status);
