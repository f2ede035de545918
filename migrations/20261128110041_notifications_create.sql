-- What a person is told in the app. The words are the program's; a row keeps the names they are made of.
-- Roll forward: a new table only.

create table notifications (
    id         uuid primary key,
    -- The order of the list; what happens to the same thing again moves to its top.
    position   bigint generated always as identity,
    user_id    uuid not null references users (id) on delete cascade,
    news       text not null,
    actor      text,
    subject    text,
    detail     text,
    -- A path of this instance.
    link       text not null,
    -- What it is about: unread news of one thing is one row.
    thing      text not null,
    times      integer not null default 1,
    created_at timestamptz not null,
    read_at    timestamptz,
    constraint notifications_link_local check (link ~ '^/[^/]' and char_length(link) <= 500),
    constraint notifications_thing_length check (char_length(thing) between 1 and 200),
    constraint notifications_detail_length check (char_length(detail) <= 1000)
);
create unique index notifications_unread_of_thing on notifications (user_id, news, thing) where read_at is null;
create unique index notifications_newest on notifications (user_id, position desc);
create index notifications_by_age on notifications (created_at);
