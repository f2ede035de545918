-- Uploaded pictures: one row per picture, whatever the number of its sizes. The bytes are in the file storage.
-- Roll forward: a new table and empty columns; nothing is rewritten.

create table files (
    -- Made when the file comes in; the objects' keys begin with it, so its time is theirs.
    id               uuid primary key,
    purpose          text not null,
    -- Where the bytes are. Follows the event: see `services::uploads::settle`.
    bucket           text not null,
    organization_id  uuid,
    event_id         uuid,
    -- Of an avatar: whose it is.
    user_id          uuid references users (id) on delete cascade,
    uploaded_by      uuid references users (id) on delete set null,
    -- SHA-256 over all sizes, part of public addresses.
    content_hash     bytea not null,
    alternative_text text,
    -- One entry per size, smallest first: its name, then what the picture really measures.
    sizes            integer[] not null,
    widths           integer[] not null,
    heights          integer[] not null,
    -- All sizes together.
    stored_bytes     integer not null,
    created_at       timestamptz not null,
    constraint files_event_of_organization foreign key (organization_id, event_id)
        references events (organization_id, id) on delete cascade,
    constraint files_purpose_known check (purpose in (
        'AVATAR', 'EVENT_LOGO', 'EVENT_BANNER', 'EVENT_HERO_DESKTOP', 'EVENT_HERO_MOBILE', 'SPONSOR_LOGO')),
    constraint files_bucket_known check (bucket in ('PUBLIC', 'PRIVATE')),
    constraint files_one_owner check (
        case when purpose = 'AVATAR'
             then user_id is not null and event_id is null and organization_id is null and bucket = 'PRIVATE'
             else user_id is null and event_id is not null and organization_id is not null end),
    constraint files_content_hash_length check (octet_length(content_hash) = 32),
    constraint files_alternative_text_length check (char_length(alternative_text) between 1 and 200),
    constraint files_sizes_complete check (
        cardinality(sizes) between 1 and 4
        and cardinality(widths) = cardinality(sizes) and cardinality(heights) = cardinality(sizes)
        and 0 < all (widths) and 0 < all (heights)),
    constraint files_stored_bytes_positive check (stored_bytes > 0)
);
create unique index files_one_avatar on files (user_id) where purpose = 'AVATAR';
create unique index files_one_per_event on files (event_id, purpose) where purpose like 'EVENT\_%';
create index files_by_organization on files (organization_id) where organization_id is not null;
create index files_by_event on files (event_id) where event_id is not null;
create index files_by_uploader on files (uploaded_by);

alter table users
    -- The same file as the row in `files`: every list of people shows it.
    add column avatar_file_id uuid references files (id) on delete set null;
create index users_by_avatar on users (avatar_file_id) where avatar_file_id is not null;

alter table events
    -- As chosen; what is shown is adjusted until it can be read.
    add column accent_color text,
    add constraint events_accent_color_shape check (accent_color ~ '^#[0-9A-F]{6}$');
