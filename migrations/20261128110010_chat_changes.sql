-- What happens to messages and rooms after they were made: edits with their history, reasons of deletions, answers,
-- reactions, names in a text, a search; rooms that organizers edit, slow down, close together and delete.
-- Roll forward: columns with defaults, new tables, an index that is built while the table is small.

alter table chat_rooms
    add column slow_mode_seconds integer not null default 0,
    -- By "Close all public": its counterpart opens these and no others.
    add column closed_with_all boolean not null default false,
    add column version integer not null default 1,
    add column updated_by uuid references users (id),
    add column form_key uuid,
    add column deleted_at timestamptz,
    add constraint chat_rooms_slow_mode_known check (slow_mode_seconds in (0, 10, 30, 60, 300, 900)),
    add constraint chat_rooms_form_key_unique unique (event_id, form_key);

drop index chat_rooms_name_unique;
create unique index chat_rooms_name_unique on chat_rooms (event_id, lower(name))
    where session_id is null and deleted_at is null;
create index chat_rooms_deleted on chat_rooms (deleted_at) where deleted_at is not null;

alter table chat_messages
    add column reply_to uuid,
    add column edited_at timestamptz,
    add column delete_reason text,
    -- The event is a word of each text, so that a search never walks through those of another.
    add column search tsvector not null
        generated always as (to_tsvector('simple', body) || array_to_tsvector(array[event_id::text])) stored,
    add constraint chat_messages_of_room_key unique (room_id, id),
    add constraint chat_messages_reply_same_room foreign key (room_id, reply_to) references chat_messages (room_id, id),
    add constraint chat_messages_delete_reason_length check (char_length(delete_reason) <= 500),
    add constraint chat_messages_deleted_by_somebody check ((deleted_at is null) = (deleted_by is null)),
    add constraint chat_messages_reason_of_deletion check (delete_reason is null or deleted_at is not null);
create index chat_messages_by_word on chat_messages using gin (search) where deleted_at is null;
-- Slow mode asks for the last of one person; a reply's target is looked up when messages are purged.
create index chat_messages_of_author_in_room on chat_messages (room_id, author_id, created_at);
create index chat_messages_by_reply on chat_messages (room_id, reply_to) where reply_to is not null;

create table chat_message_edits (
    event_id      uuid not null,
    room_id       uuid not null,
    message_id    uuid not null,
    edited_at     timestamptz not null,
    previous_body text not null,
    primary key (message_id, edited_at),
    constraint chat_message_edits_room_of_event
        foreign key (event_id, room_id) references chat_rooms (event_id, id) on delete cascade,
    constraint chat_message_edits_of_message
        foreign key (room_id, message_id) references chat_messages (room_id, id) on delete cascade
);

create table chat_reactions (
    event_id   uuid not null,
    room_id    uuid not null,
    message_id uuid not null,
    user_id    uuid not null references users (id),
    emoji      text not null,
    created_at timestamptz not null,
    primary key (message_id, emoji, user_id),
    constraint chat_reactions_room_of_event
        foreign key (event_id, room_id) references chat_rooms (event_id, id) on delete cascade,
    constraint chat_reactions_of_message
        foreign key (room_id, message_id) references chat_messages (room_id, id) on delete cascade,
    constraint chat_reactions_emoji_length check (char_length(emoji) between 1 and 16)
);

create table chat_mentions (
    event_id   uuid not null,
    room_id    uuid not null,
    message_id uuid not null,
    user_id    uuid not null references users (id),
    -- The name as it stands in the text; readers are shown the present one.
    written    text not null,
    primary key (message_id, user_id),
    constraint chat_mentions_room_of_event
        foreign key (event_id, room_id) references chat_rooms (event_id, id) on delete cascade,
    constraint chat_mentions_of_message
        foreign key (room_id, message_id) references chat_messages (room_id, id) on delete cascade
);
create index chat_mentions_by_user on chat_mentions (user_id, room_id);

-- A message as its readers may see it; a deleted one without a word of it.
create view chat_message_views as
select c.id, c.event_id, c.room_id, c.client_message_id, c.author_id, a.first_name, a.last_name, c.seq, c.rev,
       case when c.deleted_at is null then c.body end as body,
       c.created_at,
       c.edited_at is not null as is_edited,
       case when c.deleted_at is null then null
            when c.deleted_by = c.author_id then 'AUTHOR'
            else 'MODERATOR' end as deleted_by,
       q.id as quoted_id, q.seq as quoted_seq, qa.first_name as quoted_first_name, qa.last_name as quoted_last_name,
       case when q.deleted_at is null then left(q.body, 141) end as quoted_body,
       reacted.emojis, reacted.counts, mentioned.ids as mentioned_ids, mentioned.first_names as mentioned_first_names,
       mentioned.last_names as mentioned_last_names, mentioned.written as mentioned_written
  from chat_messages c
  join users a on a.id = c.author_id
  left join chat_messages q on q.room_id = c.room_id and q.id = c.reply_to and c.deleted_at is null
  left join users qa on qa.id = q.author_id
 cross join lateral (
       select array_agg(e.emoji order by e.since, e.emoji) as emojis, array_agg(e.count order by e.since, e.emoji) as counts
         from (select r.emoji, count(*) as count, min(r.created_at) as since
                 from chat_reactions r where r.message_id = c.id and c.deleted_at is null
                group by r.emoji) e) reacted
 cross join lateral (
       select array_agg(m.user_id order by m.user_id) as ids, array_agg(u.first_name order by m.user_id) as first_names,
              array_agg(u.last_name order by m.user_id) as last_names, array_agg(m.written order by m.user_id) as written
         from chat_mentions m join users u on u.id = m.user_id
        where m.message_id = c.id and c.deleted_at is null) mentioned;
