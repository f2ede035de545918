-- The agenda: venue rooms, tracks, sessions with speakers and chat rooms, sign-ups, stars, and what changed.
-- Child keys carry event_id, so that nothing of another event is accepted.
-- Roll forward: new tables; the name of a chat room is unique among the rooms of the event itself from here on.

create table venue_rooms (
    id          uuid primary key,
    event_id    uuid not null references events (id) on delete cascade,
    name        text not null,
    description text,
    capacity    integer,
    -- Base 62, compared bytewise (domain::fractional_index).
    order_key   text collate "C" not null,
    form_key    uuid not null,
    version     integer not null default 1,
    updated_by  uuid references users (id),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    constraint venue_rooms_event_key unique (event_id, id),
    constraint venue_rooms_form_key_unique unique (event_id, form_key),
    constraint venue_rooms_order_unique unique (event_id, order_key) deferrable initially deferred,
    constraint venue_rooms_name_length check (char_length(name) between 1 and 100),
    constraint venue_rooms_description_length check (char_length(description) between 1 and 500),
    constraint venue_rooms_capacity_positive check (capacity >= 1),
    constraint venue_rooms_order_key_shape check (order_key ~ '^[0-9A-Za-z]{0,31}[1-9A-Za-z]$')
);
create unique index venue_rooms_name_unique on venue_rooms (event_id, lower(name));

create table tracks (
    id         uuid primary key,
    event_id   uuid not null references events (id) on delete cascade,
    name       text not null,
    colour     text not null,
    order_key  text collate "C" not null,
    form_key   uuid not null,
    version    integer not null default 1,
    updated_by uuid references users (id),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint tracks_event_key unique (event_id, id),
    constraint tracks_form_key_unique unique (event_id, form_key),
    constraint tracks_order_unique unique (event_id, order_key) deferrable initially deferred,
    constraint tracks_name_length check (char_length(name) between 1 and 60),
    constraint tracks_colour_shape check (colour ~ '^#[0-9A-F]{6}$'),
    constraint tracks_order_key_shape check (order_key ~ '^[0-9A-Za-z]{0,31}[1-9A-Za-z]$')
);
create unique index tracks_name_unique on tracks (event_id, lower(name));

create table agenda_sessions (
    id                   uuid primary key,
    event_id             uuid not null references events (id) on delete cascade,
    title                text not null,
    short_description    text,
    -- Markdown as typed.
    description          text,
    kind                 text not null default 'PRESENTATION',
    -- BCP 47
    language             text,
    tags                 text[] not null default '{}',
    -- Both null: in the unscheduled tray, which organizers see.
    starts_at            timestamptz,
    ends_at              timestamptz,
    venue_room_id        uuid,
    track_id             uuid,
    capacity             integer,
    sign_up_required     boolean not null default false,
    -- SIGNED_UP rows, moved in the same statement that claims or frees a place.
    sign_up_count        integer not null default 0,
    status               text not null default 'SCHEDULED',
    -- Set by hand: the clock does not take it back.
    status_by_hand       boolean not null default false,
    -- Cancelled by the event's own cancellation; comes back with it.
    cancelled_with_event boolean not null default false,
    chat_mode            text not null default 'ENABLED',
    opens_before_minutes integer not null default 15,
    -- Platform and value are set together. For members in their time only: no list, feed or search selects them.
    streaming_platform   text,
    streaming_value      text,
    streaming_passcode   text,
    mux_playback_policy  text,
    -- Rises with each change that people see: SEQUENCE of calendar files.
    sequence             integer not null default 0,
    form_key             uuid not null,
    version              integer not null default 1,
    created_by           uuid not null references users (id),
    updated_by           uuid references users (id),
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    -- Hidden at once with all that hangs on it, can be taken back for ten minutes; then a sweep purges it. The row
    -- stays without its texts, for calendar feeds.
    deleted_at           timestamptz,
    deleted_by           uuid references users (id),
    purged_at            timestamptz,
    constraint agenda_sessions_event_key unique (event_id, id),
    constraint agenda_sessions_form_key_unique unique (event_id, form_key),
    constraint agenda_sessions_room_of_event foreign key (event_id, venue_room_id)
        references venue_rooms (event_id, id) on delete set null (venue_room_id),
    constraint agenda_sessions_track_of_event foreign key (event_id, track_id)
        references tracks (event_id, id) on delete set null (track_id),
    constraint agenda_sessions_title_length check (char_length(title) between 3 and 255),
    constraint agenda_sessions_short_description_length check (char_length(short_description) between 1 and 200),
    constraint agenda_sessions_description_length check (char_length(description) between 1 and 10000),
    constraint agenda_sessions_kind_known check (kind in (
        'KEYNOTE', 'PRESENTATION', 'PANEL', 'WORKSHOP', 'NETWORKING', 'QA', 'BREAK')),
    constraint agenda_sessions_language_length check (char_length(language) between 2 and 35),
    constraint agenda_sessions_tags_number check (cardinality(tags) <= 10),
    constraint agenda_sessions_times_together check ((starts_at is null) = (ends_at is null)),
    constraint agenda_sessions_time_order check (ends_at > starts_at and ends_at - starts_at <= interval '24 hours'),
    constraint agenda_sessions_capacity_range check (capacity between 1 and 100000),
    constraint agenda_sessions_sign_ups_not_negative check (sign_up_count >= 0),
    constraint agenda_sessions_sign_ups_within_capacity check (capacity is null or sign_up_count <= capacity),
    constraint agenda_sessions_status_known check (status in ('SCHEDULED', 'LIVE', 'COMPLETED', 'CANCELLED')),
    constraint agenda_sessions_chat_mode_known check (chat_mode in ('ENABLED', 'BACKSTAGE_ONLY', 'DISABLED')),
    constraint agenda_sessions_opens_before_range check (opens_before_minutes between 0 and 1440),
    constraint agenda_sessions_streaming_together check ((streaming_platform is null) = (streaming_value is null)),
    constraint agenda_sessions_streaming_platform_known check (
        streaming_platform in ('VIMEO', 'MUX', 'ZOOM', 'JITSI', 'OTHER')),
    constraint agenda_sessions_streaming_value_length check (char_length(streaming_value) between 1 and 2000),
    constraint agenda_sessions_passcode_of_zoom check (
        streaming_passcode is null or streaming_platform = 'ZOOM' and char_length(streaming_passcode) between 1 and 50),
    constraint agenda_sessions_mux_policy_of_mux check (
        (streaming_platform is not distinct from 'MUX') = (mux_playback_policy is not null)),
    constraint agenda_sessions_mux_policy_known check (mux_playback_policy in ('PUBLIC', 'SIGNED'))
);
create index agenda_sessions_by_start on agenda_sessions (event_id, starts_at, id);
-- What the clock starts and ends.
create index agenda_sessions_to_start on agenda_sessions (starts_at) where status = 'SCHEDULED' and deleted_at is null;
create index agenda_sessions_to_end on agenda_sessions (ends_at) where status = 'LIVE' and deleted_at is null;
create index agenda_sessions_deleted on agenda_sessions (deleted_at) where deleted_at is not null and purged_at is null;

alter table events
    add column main_session_id uuid,
    add constraint events_main_session_of_event foreign key (id, main_session_id)
        references agenda_sessions (event_id, id) on delete set null (main_session_id);

create table session_speakers (
    event_id   uuid not null,
    session_id uuid not null,
    user_id    uuid not null,
    role       text not null,
    order_key  text collate "C" not null,
    created_at timestamptz not null,
    constraint session_speakers_pkey primary key (session_id, user_id),
    constraint session_speakers_session_of_event foreign key (event_id, session_id)
        references agenda_sessions (event_id, id) on delete cascade,
    constraint session_speakers_member_of_event foreign key (event_id, user_id)
        references event_members (event_id, user_id) on delete cascade,
    constraint session_speakers_order_unique unique (session_id, order_key) deferrable initially deferred,
    constraint session_speakers_role_known check (role in ('HOST', 'KEYNOTE', 'SPEAKER', 'MODERATOR', 'PANELIST')),
    constraint session_speakers_order_key_shape check (order_key ~ '^[0-9A-Za-z]{0,31}[1-9A-Za-z]$')
);
create index session_speakers_by_person on session_speakers (event_id, user_id);

create table session_sign_ups (
    event_id           uuid not null,
    session_id         uuid not null,
    user_id            uuid not null,
    status             text not null,
    signed_up_at       timestamptz not null,
    attended_at        timestamptz,
    attended_marked_by uuid references users (id),
    constraint session_sign_ups_pkey primary key (session_id, user_id),
    constraint session_sign_ups_session_of_event foreign key (event_id, session_id)
        references agenda_sessions (event_id, id) on delete cascade,
    constraint session_sign_ups_member_of_event foreign key (event_id, user_id)
        references event_members (event_id, user_id) on delete cascade,
    constraint session_sign_ups_status_known check (status in ('SIGNED_UP', 'CANCELLED')),
    constraint session_sign_ups_attendance_marked check ((attended_at is null) = (attended_marked_by is null))
);
create index session_sign_ups_by_person on session_sign_ups (event_id, user_id);

create table session_stars (
    event_id   uuid not null,
    session_id uuid not null,
    -- Anybody signed in: a star needs no membership.
    user_id    uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    constraint session_stars_pkey primary key (session_id, user_id),
    constraint session_stars_session_of_event foreign key (event_id, session_id)
        references agenda_sessions (event_id, id) on delete cascade
);
create index session_stars_by_person on session_stars (user_id, event_id);

-- The public list of changes, and what is still to be told to those who starred or signed up.
create table agenda_changes (
    id          uuid primary key,
    event_id    uuid not null,
    session_id  uuid not null,
    field       text not null,
    -- As people read them, in the event's zone: the list outlives rooms and titles.
    old_value   text,
    new_value   text,
    created_at  timestamptz not null,
    -- null: held until the organizers release it
    released_at timestamptz,
    told_at     timestamptz,
    constraint agenda_changes_session_of_event foreign key (event_id, session_id)
        references agenda_sessions (event_id, id) on delete cascade,
    constraint agenda_changes_field_known check (field in ('TITLE', 'TIME', 'ROOM', 'STATUS'))
);
create index agenda_changes_by_event on agenda_changes (event_id, released_at desc, id desc);
create index agenda_changes_by_session on agenda_changes (session_id);
create index agenda_changes_to_tell on agenda_changes (released_at) where told_at is null and released_at is not null;

alter table chat_rooms
    -- Exactly the rooms of a session; they are hidden and purged with it.
    add column session_id uuid,
    add constraint chat_rooms_session_of_event foreign key (event_id, session_id)
        references agenda_sessions (event_id, id) on delete cascade,
    add constraint chat_rooms_session_by_kind check ((kind in ('PUBLIC', 'BACKSTAGE')) = (session_id is not null));
create unique index chat_rooms_one_of_kind_per_session on chat_rooms (session_id, kind) where session_id is not null;
drop index chat_rooms_name_unique;
create unique index chat_rooms_name_unique on chat_rooms (event_id, lower(name)) where session_id is null;
alter table chat_rooms drop constraint chat_rooms_name_length;
-- A session's title is up to 255 characters, and "backstage" comes behind it.
alter table chat_rooms add constraint chat_rooms_name_length
    check (char_length(name) between 3 and case when session_id is null then 100 else 280 end);
