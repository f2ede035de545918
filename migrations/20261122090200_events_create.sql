-- Events of organizations and their members.
-- Roll forward: new tables only.

create table events (
    id              uuid primary key,
    organization_id uuid not null references organizations (id),
    slug            text not null,
    title           text not null,
    description     text,
    format          text not null,
    visibility      text not null,
    status          text not null default 'DRAFT',
    start_date      date not null,
    end_date        date not null,
    -- IANA name; days and "today" are computed in it.
    time_zone       text not null,
    host_name       text not null,
    venue_name      text,
    venue_address   text,
    venue_city      text,
    venue_region    text,
    venue_country   text,
    online_note     text,
    max_attendees   integer,
    -- ACTIVE members with role ATTENDEE, moved in the same statement that claims or frees a seat.
    seats_taken     integer not null default 0,
    created_by      uuid not null references users (id),
    form_key        uuid not null,
    version         integer not null default 1,
    updated_by      uuid references users (id),
    published_at    timestamptz,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz,
    deleted_by      uuid references users (id),
    constraint events_slug_unique unique (slug),
    constraint events_form_key_unique unique (created_by, form_key),
    constraint events_tenant_key unique (organization_id, id),
    constraint events_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) between 3 and 60),
    constraint events_title_length check (char_length(title) between 3 and 150),
    constraint events_description_length check (char_length(description) <= 10000),
    constraint events_host_name_length check (char_length(host_name) between 1 and 120),
    constraint events_venue_lengths check (
        coalesce(char_length(venue_name), 0) <= 200 and coalesce(char_length(venue_address), 0) <= 500
        and coalesce(char_length(venue_city), 0) <= 100 and coalesce(char_length(venue_region), 0) <= 100
        and coalesce(char_length(venue_country), 0) <= 100
    ),
    constraint events_online_note_length check (char_length(online_note) <= 500),
    constraint events_format_known check (format in ('VIRTUAL', 'IN_PERSON', 'HYBRID')),
    constraint events_visibility_known check (visibility in ('PUBLIC', 'PRIVATE')),
    constraint events_status_known check (status in ('DRAFT', 'PUBLISHED', 'ARCHIVED', 'CANCELLED', 'DELETED')),
    constraint events_date_order check (end_date >= start_date and end_date - start_date < 60),
    constraint events_max_attendees_range check (max_attendees between 1 and 1000000),
    constraint events_seats_not_negative check (seats_taken >= 0),
    constraint events_seats_within_capacity check (max_attendees is null or seats_taken <= max_attendees)
);
create index events_by_organization on events (organization_id, start_date, id);
create index events_public_by_start on events (start_date, id) where visibility = 'PUBLIC' and status = 'PUBLISHED';

create table event_members (
    event_id      uuid not null references events (id) on delete cascade,
    user_id       uuid not null references users (id),
    role          text not null,
    status        text not null,
    source        text not null,
    joined_at     timestamptz not null,
    waitlisted_at timestamptz,
    muted_at      timestamptz,
    -- null with muted_at set: until the event ends
    muted_until   timestamptz,
    primary key (event_id, user_id),
    constraint event_members_role_known check (role in ('ADMIN', 'ORGANIZER', 'MODERATOR', 'SPEAKER', 'ATTENDEE')),
    constraint event_members_status_known check (status in ('ACTIVE', 'WAITLISTED', 'LEFT', 'REMOVED', 'BANNED')),
    constraint event_members_source_known check (source in ('REGISTERED', 'INVITED', 'ADDED', 'CREATED'))
);
create index event_members_by_user on event_members (user_id, status);
-- Waitlist order, first come first served.
create index event_members_waitlist on event_members (event_id, waitlisted_at) where status = 'WAITLISTED';
