-- Messages that wait for a moderator, in events that hold what has unwanted words in it. Approved, a message is posted at
-- that moment under the id and the client id it has here.
-- Roll forward: a new table only.

create table held_messages (
    id                uuid primary key,
    event_id          uuid not null,
    room_id           uuid not null,
    author_id         uuid not null references users (id),
    client_message_id uuid not null,
    body              text not null,
    reply_to          uuid,
    state             text not null,
    created_at        timestamptz not null,
    reviewed_by       uuid references users (id),
    reviewed_at       timestamptz,
    constraint held_messages_room_of_event foreign key (event_id, room_id) references chat_rooms (event_id, id) on delete cascade,
    constraint held_messages_reply_same_room
        foreign key (room_id, reply_to) references chat_messages (room_id, id) on delete cascade,
    constraint held_messages_client_id_unique unique (author_id, client_message_id),
    constraint held_messages_state_known check (state in ('HELD', 'APPROVED', 'REJECTED')),
    constraint held_messages_reviewed check ((state = 'HELD') = (reviewed_at is null)),
    constraint held_messages_body_length check (char_length(body) between 1 and 2000)
);
create index held_messages_waiting on held_messages (event_id, created_at, id) where state = 'HELD';
create index held_messages_reviewed on held_messages (reviewed_at) where reviewed_at is not null;
create index held_messages_of_author on held_messages (room_id, author_id) where state = 'HELD';
