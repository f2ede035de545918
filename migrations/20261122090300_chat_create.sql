-- Rooms of an event and their messages. Child keys carry event_id, so that no room of another event is accepted.
-- Roll forward: new tables only.

create table chat_rooms (
    id          uuid primary key,
    event_id    uuid not null references events (id) on delete cascade,
    kind        text not null,
    name        text not null,
    description text,
    is_enabled  boolean not null default true,
    position    integer not null,
    -- Posts so far: the gap-free position of the newest message.
    last_seq    bigint not null default 0,
    -- Changes so far: the cursor of readers.
    last_rev    bigint not null default 0,
    created_at  timestamptz not null,
    constraint chat_rooms_event_key unique (event_id, id),
    constraint chat_rooms_kind_known check (kind in ('GLOBAL', 'PUBLIC', 'BACKSTAGE', 'GREEN_ROOM', 'ADMIN')),
    constraint chat_rooms_name_length check (char_length(name) between 3 and 100),
    constraint chat_rooms_description_length check (char_length(description) <= 500)
);
create unique index chat_rooms_name_unique on chat_rooms (event_id, lower(name));

create table chat_messages (
    id                uuid primary key,
    event_id          uuid not null,
    room_id           uuid not null,
    author_id         uuid not null references users (id),
    client_message_id uuid not null,
    seq               bigint not null,
    rev               bigint not null,
    body              text not null,
    created_at        timestamptz not null,
    deleted_at        timestamptz,
    deleted_by        uuid references users (id),
    constraint chat_messages_room_of_event foreign key (event_id, room_id) references chat_rooms (event_id, id) on delete cascade,
    constraint chat_messages_client_id_unique unique (author_id, client_message_id),
    constraint chat_messages_seq_unique unique (room_id, seq),
    constraint chat_messages_rev_unique unique (room_id, rev),
    constraint chat_messages_body_length check (char_length(body) between 1 and 2000)
);

create table room_reads (
    event_id      uuid not null,
    room_id       uuid not null,
    user_id       uuid not null references users (id),
    last_read_seq bigint not null,
    primary key (room_id, user_id),
    constraint room_reads_room_of_event foreign key (event_id, room_id) references chat_rooms (event_id, id) on delete cascade
);
