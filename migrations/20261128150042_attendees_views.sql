-- What a member says of themselves has a version, so that the second of two windows is told; and organizers keep views
-- of the table of people under names of their own.
-- Roll forward: a new table and columns with constant defaults; a previous binary neither reads nor raises them.

alter table event_members
    add column texts_version integer not null default 1,
    add column texts_by      uuid references users (id) on delete set null;

create table people_views (
    id         uuid primary key,
    event_id   uuid not null references events (id) on delete cascade,
    -- Whose it is: nobody else sees it.
    user_id    uuid not null references users (id) on delete cascade,
    name       text not null,
    -- As in the address of the table.
    search     text not null,
    role       text,
    view       text not null,
    sort       text not null,
    created_at timestamptz not null,
    constraint people_views_name_length check (char_length(name) between 1 and 40),
    constraint people_views_search_length check (char_length(search) <= 200),
    constraint people_views_role_known check (role in ('ADMIN', 'ORGANIZER', 'MODERATOR', 'SPEAKER', 'ATTENDEE'))
);
create unique index people_views_name_unique on people_views (event_id, user_id, lower(name));
create index people_views_by_user on people_views (user_id);
