-- Sponsors of events and their tiers. Every event gets the five tiers that new ones start with.
-- Roll forward: new tables only; a previous binary makes events without tiers, and their organizers add them.

create table sponsor_tiers (
    id           uuid primary key,
    event_id     uuid not null references events (id) on delete cascade,
    key          text not null,
    name         text not null,
    colour       text not null,
    -- Base 62, compared bytewise (domain::fractional_index).
    order_key    text collate "C" not null,
    -- How many active sponsors it takes; null is no limit.
    max_sponsors integer,
    -- Made with the form: a second submit answers with the first tier.
    form_key     uuid not null,
    version      integer not null default 1,
    updated_by   uuid references users (id),
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    -- Can be taken back for ten minutes, then a sweep removes the row.
    deleted_at   timestamptz,
    constraint sponsor_tiers_event_key unique (event_id, id),
    constraint sponsor_tiers_key_unique unique (event_id, key),
    constraint sponsor_tiers_form_key_unique unique (event_id, form_key),
    -- Deferred: spreading a list anew gives keys that others still have.
    constraint sponsor_tiers_order_unique unique (event_id, order_key) deferrable initially deferred,
    constraint sponsor_tiers_key_shape check (key ~ '^[a-z0-9-]{1,50}$'),
    constraint sponsor_tiers_name_length check (char_length(name) between 1 and 100),
    constraint sponsor_tiers_colour_shape check (colour ~ '^#[0-9A-F]{6}$'),
    constraint sponsor_tiers_order_key_shape check (order_key ~ '^[0-9A-Za-z]{0,31}[1-9A-Za-z]$'),
    constraint sponsor_tiers_max_sponsors_range check (max_sponsors between 1 and 500)
);
create index sponsor_tiers_deleted on sponsor_tiers (deleted_at) where deleted_at is not null;

create table sponsors (
    id            uuid primary key,
    event_id      uuid not null references events (id) on delete cascade,
    -- null: "Without tier", shown last
    tier_id       uuid,
    -- Where it stood before its tier was deleted; it goes back when the tier does, unless it was moved since.
    left_tier_id  uuid,
    order_key     text collate "C" not null,
    name          text not null,
    description   text,
    website       text,
    linkedin      text,
    x             text,
    youtube       text,
    tiktok        text,
    instagram     text,
    facebook      text,
    other_link    text,
    -- One per line.
    benefits      text,
    is_active     boolean not null default true,
    is_featured   boolean not null default false,
    -- For organizers only: no query of a public page may select these three.
    contact_name  text,
    contact_email text,
    contact_phone text,
    form_key      uuid not null,
    version       integer not null default 1,
    updated_by    uuid references users (id),
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    deleted_at    timestamptz,
    constraint sponsors_event_key unique (event_id, id),
    constraint sponsors_form_key_unique unique (event_id, form_key),
    constraint sponsors_order_unique unique nulls not distinct (event_id, tier_id, order_key)
        deferrable initially deferred,
    constraint sponsors_tier_of_event foreign key (event_id, tier_id) references sponsor_tiers (event_id, id),
    constraint sponsors_left_tier_of_event foreign key (event_id, left_tier_id)
        references sponsor_tiers (event_id, id) on delete set null (left_tier_id),
    constraint sponsors_order_key_shape check (order_key ~ '^[0-9A-Za-z]{0,31}[1-9A-Za-z]$'),
    constraint sponsors_name_length check (char_length(name) between 1 and 255),
    constraint sponsors_description_length check (char_length(description) between 1 and 1000),
    constraint sponsors_link_lengths check (
        coalesce(char_length(website), 0) <= 500 and coalesce(char_length(linkedin), 0) <= 500
        and coalesce(char_length(x), 0) <= 500 and coalesce(char_length(youtube), 0) <= 500
        and coalesce(char_length(tiktok), 0) <= 500 and coalesce(char_length(instagram), 0) <= 500
        and coalesce(char_length(facebook), 0) <= 500 and coalesce(char_length(other_link), 0) <= 500
    ),
    constraint sponsors_links_https check (
        coalesce(website, 'https://') like 'https://%' and coalesce(linkedin, 'https://') like 'https://%'
        and coalesce(x, 'https://') like 'https://%' and coalesce(youtube, 'https://') like 'https://%'
        and coalesce(tiktok, 'https://') like 'https://%' and coalesce(instagram, 'https://') like 'https://%'
        and coalesce(facebook, 'https://') like 'https://%' and coalesce(other_link, 'https://') like 'https://%'
    ),
    constraint sponsors_benefits_lines check (benefits ~ '^[^\n]{1,200}(\n[^\n]{1,200}){0,19}$'),
    constraint sponsors_contact_name_length check (char_length(contact_name) between 1 and 255),
    constraint sponsors_contact_email_length check (char_length(contact_email) between 3 and 254),
    constraint sponsors_contact_phone_shape check (contact_phone ~ '^[0-9 +()./-]{1,50}$')
);
create index sponsors_shown on sponsors (event_id) where is_active and deleted_at is null;
create index sponsors_deleted on sponsors (deleted_at) where deleted_at is not null;

insert into sponsor_tiers (id, event_id, key, name, colour, order_key, form_key, created_at, updated_at)
select gen_random_uuid(), e.id, t.key, t.name, t.colour, t.order_key, gen_random_uuid(), e.created_at, e.created_at
  from events e
 cross join (values ('platinum', 'Platinum', '#E5E4E2', 'A'), ('gold', 'Gold', '#DEAE4A', 'K'),
                    ('silver', 'Silver', '#C7D3DB', 'U'), ('bronze', 'Bronze', '#BB8F4C', 'e'),
                    ('community', 'Community', '#8B5CF6', 'o')) as t (key, name, colour, order_key)
 where e.purged_at is null;
