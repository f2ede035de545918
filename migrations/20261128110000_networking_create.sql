-- Who knows whom, who wants nobody to reach them, and what two people write to each other.
-- A pair is stored ordered (`user_low` < `user_high`), so that it has one row whoever began.
-- Roll forward: new tables only.

create table connections (
    id           uuid primary key,
    user_low     uuid not null references users (id) on delete cascade,
    user_high    uuid not null references users (id) on delete cascade,
    requester_id uuid not null,
    status       text not null,
    icebreaker   text not null,
    -- Where it began; the title and the dates outlive the event.
    event_id     uuid not null references events (id),
    requested_at timestamptz not null,
    responded_at timestamptz,
    -- Each side's own note, shown to nobody else.
    note_low     text,
    note_high    text,
    constraint connections_pair_unique unique (user_low, user_high),
    constraint connections_pair_ordered check (user_low < user_high),
    constraint connections_requester_of_pair check (requester_id in (user_low, user_high)),
    constraint connections_status_known check (status in ('PENDING', 'ACCEPTED', 'REJECTED', 'REMOVED')),
    constraint connections_icebreaker_length check (char_length(icebreaker) between 1 and 500),
    constraint connections_note_low_length check (char_length(note_low) <= 1000),
    constraint connections_note_high_length check (char_length(note_high) <= 1000)
);
create index connections_of_high on connections (user_high, status);
create index connections_of_low on connections (user_low, status);
create index connections_by_requester on connections (requester_id, requested_at);
create index connections_pending_by_age on connections (requested_at) where status = 'PENDING';

create table user_blocks (
    blocker_id uuid not null references users (id) on delete cascade,
    blocked_id uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    primary key (blocker_id, blocked_id),
    constraint user_blocks_not_oneself check (blocker_id <> blocked_id)
);
create index user_blocks_by_blocked on user_blocks (blocked_id, blocker_id);

create table conversations (
    id              uuid primary key,
    user_low        uuid not null references users (id),
    user_high       uuid not null references users (id),
    -- null: the global one of two connected people; else opened by an organizer of this event
    event_id        uuid references events (id),
    started_by      uuid not null,
    created_at      timestamptz not null,
    last_message_at timestamptz,
    -- Posts so far: the gap-free position of the newest message.
    last_seq        bigint not null default 0,
    -- Changes so far: the cursor of readers.
    last_rev        bigint not null default 0,
    constraint conversations_pair_unique unique nulls not distinct (user_low, user_high, event_id),
    constraint conversations_pair_ordered check (user_low < user_high),
    constraint conversations_started_by_of_pair check (started_by in (user_low, user_high)),
    constraint conversations_pair_key unique (id, user_low, user_high)
);
create index conversations_of_high on conversations (user_high, last_message_at);
create index conversations_of_low on conversations (user_low, last_message_at);

create table conversation_sides (
    conversation_id    uuid not null,
    user_low           uuid not null,
    user_high          uuid not null,
    user_id            uuid not null,
    -- What this side cleared: messages up to here are gone for it.
    cleared_before_seq bigint not null default 0,
    last_read_seq      bigint not null default 0,
    last_delivered_seq bigint not null default 0,
    muted              boolean not null default false,
    primary key (conversation_id, user_id),
    constraint conversation_sides_of_conversation
        foreign key (conversation_id, user_low, user_high) references conversations (id, user_low, user_high) on delete cascade,
    constraint conversation_sides_of_participant check (user_id in (user_low, user_high))
);
create index conversation_sides_by_user on conversation_sides (user_id);

create table direct_messages (
    id                uuid primary key,
    conversation_id   uuid not null,
    -- A sender who is no participant has no side, and so cannot exist.
    sender_id         uuid not null,
    client_message_id uuid not null,
    seq               bigint not null,
    rev               bigint not null,
    body              text not null,
    reply_to          uuid,
    created_at        timestamptz not null,
    edited_at         timestamptz,
    deleted_at        timestamptz,
    constraint direct_messages_by_participant
        foreign key (conversation_id, sender_id) references conversation_sides (conversation_id, user_id) on delete cascade,
    constraint direct_messages_key unique (conversation_id, id),
    constraint direct_messages_reply_same_conversation
        foreign key (conversation_id, reply_to) references direct_messages (conversation_id, id),
    constraint direct_messages_client_id_unique unique (sender_id, client_message_id),
    constraint direct_messages_seq_unique unique (conversation_id, seq),
    constraint direct_messages_rev_unique unique (conversation_id, rev),
    constraint direct_messages_body_length check (char_length(body) between 1 and 2000)
);

create table direct_message_edits (
    message_id    uuid not null references direct_messages (id) on delete cascade,
    edited_at     timestamptz not null,
    previous_body text not null,
    primary key (message_id, edited_at)
);

create table direct_message_reactions (
    message_id uuid not null references direct_messages (id) on delete cascade,
    user_id    uuid not null references users (id),
    emoji      text not null,
    created_at timestamptz not null,
    primary key (message_id, user_id, emoji),
    constraint direct_message_reactions_emoji_length check (char_length(emoji) between 1 and 32)
);
