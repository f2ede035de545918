-- What people say about themselves, who sees it, what they want to hear of, and how an account ends.
-- Roll forward: new columns that are empty or have a constant default, new tables, more values of a closed list.

alter table users
    add column company         text,
    add column title           text,
    add column pronouns        text,
    -- Markdown as typed.
    add column bio             text,
    add column linkedin        text,
    add column x               text,
    add column mastodon        text,
    add column github          text,
    add column website         text,
    -- Raised by each edit of the profile: a form that was opened before is stale.
    add column profile_version integer not null default 1,
    add column email_visibility          text    not null default 'CONNECTIONS_ORGANIZERS',
    add column show_public_email         boolean not null default false,
    add column public_email              text,
    add column allow_connection_requests text    not null default 'EVENT_ATTENDEES',
    add column social_links_visibility   text    not null default 'EVENT_ATTENDEES',
    add column show_company              boolean not null default true,
    add column show_bio                  boolean not null default true,
    add column show_presence             boolean not null default true,
    add column send_read_receipts        boolean not null default true,
    add column deactivated_at  timestamptz,
    add column deleted_at      timestamptz,
    -- From here on the row is only somebody messages and memberships point to.
    add column erased_at       timestamptz,
    add constraint users_profile_lengths check (
        coalesce(char_length(company), 0) <= 120 and coalesce(char_length(title), 0) <= 120
        and coalesce(char_length(pronouns), 0) <= 40 and coalesce(char_length(bio), 0) <= 2000
    ),
    add constraint users_links_are_https check (
        coalesce(char_length(linkedin), 0) <= 500 and coalesce(char_length(x), 0) <= 500
        and coalesce(char_length(mastodon), 0) <= 500 and coalesce(char_length(github), 0) <= 500
        and coalesce(char_length(website), 0) <= 500
        and coalesce(linkedin, 'https://') like 'https://%' and coalesce(x, 'https://') like 'https://%'
        and coalesce(mastodon, 'https://') like 'https://%' and coalesce(github, 'https://') like 'https://%'
        and coalesce(website, 'https://') like 'https://%'
    ),
    add constraint users_email_visibility_known check (
        email_visibility in ('EVENT_ATTENDEES', 'CONNECTIONS_ORGANIZERS', 'ORGANIZERS_ONLY')),
    add constraint users_allow_connection_requests_known check (
        allow_connection_requests in ('EVENT_ATTENDEES', 'SPEAKERS_ORGANIZERS', 'NONE')),
    add constraint users_social_links_visibility_known check (
        social_links_visibility in ('EVENT_ATTENDEES', 'CONNECTIONS', 'HIDDEN')),
    add constraint users_public_email_given check (not show_public_email or public_email is not null),
    add constraint users_public_email_length check (char_length(public_email) between 3 and 254),
    add constraint users_deleted_at_known check (state <> 'DELETED' or deleted_at is not null);
create index users_waiting_for_erasure on users (deleted_at) where state = 'DELETED' and erased_at is null;

-- A person's privacy inside one event; a row replaces the global one there as a whole.
create table event_privacy (
    event_id                  uuid not null references events (id) on delete cascade,
    user_id                   uuid not null references users (id) on delete cascade,
    email_visibility          text not null,
    show_public_email         boolean not null,
    public_email              text,
    allow_connection_requests text not null,
    social_links_visibility   text not null,
    show_company              boolean not null,
    show_bio                  boolean not null,
    updated_at                timestamptz not null,
    primary key (event_id, user_id),
    constraint event_privacy_email_visibility_known check (
        email_visibility in ('EVENT_ATTENDEES', 'CONNECTIONS_ORGANIZERS', 'ORGANIZERS_ONLY')),
    constraint event_privacy_allow_connection_requests_known check (
        allow_connection_requests in ('EVENT_ATTENDEES', 'SPEAKERS_ORGANIZERS', 'NONE')),
    constraint event_privacy_social_links_visibility_known check (
        social_links_visibility in ('EVENT_ATTENDEES', 'CONNECTIONS', 'HIDDEN')),
    constraint event_privacy_public_email_given check (not show_public_email or public_email is not null),
    constraint event_privacy_public_email_length check (char_length(public_email) between 3 and 254)
);
create index event_privacy_by_user on event_privacy (user_id);

-- What differs from the defaults of a kind; a kind without a row is as it comes.
create table notification_preferences (
    user_id uuid not null references users (id) on delete cascade,
    kind    text not null,
    in_app  boolean not null,
    mail    boolean not null,
    primary key (user_id, kind),
    constraint notification_preferences_kind_known check (kind in (
        'CONNECTION_REQUEST', 'CONNECTION_ACCEPTED', 'DIRECT_MESSAGE', 'MENTION', 'INVITATION', 'REGISTRATION',
        'PROMOTION', 'EVENT_CHANGED', 'EVENT_CANCELLED', 'EVENT_REMINDER', 'SESSION_STARTING', 'SESSION_CHANGED',
        'ROLE_CHANGED', 'MESSAGE_MODERATED', 'RESTRICTED', 'BANNED', 'REPORT_OPENED', 'REPORT_OUTCOME', 'SECURITY'))
);

alter table account_tokens
    -- The address a link sets: the new one, or the old one to go back to.
    add column address text,
    drop constraint account_tokens_purpose_known,
    add constraint account_tokens_purpose_known
        check (purpose in ('VERIFY_ADDRESS', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'UNDO_ADDRESS')),
    add constraint account_tokens_address_given
        check ((purpose in ('CHANGE_ADDRESS', 'UNDO_ADDRESS')) = (address is not null));

-- A copy of what is kept about a person, prepared beside the requests and kept for a day.
create table account_exports (
    id            uuid primary key,
    user_id       uuid not null references users (id) on delete cascade,
    requested_at  timestamptz not null,
    -- A worker holds the row until then; a crashed worker's claim runs out.
    claimed_until timestamptz,
    ready_at      timestamptz,
    expires_at    timestamptz,
    content       text,
    constraint account_exports_ready_as_a_whole
        check ((ready_at is null) = (content is null) and (ready_at is null) = (expires_at is null))
);
create index account_exports_by_user on account_exports (user_id, requested_at desc);
create unique index account_exports_one_waiting on account_exports (user_id) where ready_at is null;
create index account_exports_by_expiry on account_exports (expires_at) where ready_at is not null;
