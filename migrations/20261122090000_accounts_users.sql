-- People belong to the instance; login sessions and mailed tokens belong to people.
-- Roll forward: new tables only.

create table users (
    id                uuid primary key,
    email             text not null,
    password_hash     text,
    first_name        text not null,
    last_name         text not null default '',
    time_zone         text,
    state             text not null,
    email_verified_at timestamptz,
    -- Names the sign-up that set names and password last: only the browser that made it is signed in by its link.
    sign_up_id        uuid,
    -- The page that sign-up came from, to go on there after the first sign-in.
    sign_up_next      text,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint users_email_unique unique (email),
    constraint users_email_canonical check (email = lower(email) and char_length(email) between 3 and 254),
    constraint users_first_name_length check (char_length(first_name) between 1 and 100),
    constraint users_last_name_length check (char_length(last_name) <= 100),
    constraint users_state_known check (state in ('PLACEHOLDER', 'UNVERIFIED', 'ACTIVE', 'DEACTIVATED', 'DELETED')),
    constraint users_active_has_password check (state <> 'ACTIVE' or password_hash is not null),
    constraint users_active_is_verified check (state <> 'ACTIVE' or email_verified_at is not null)
);

-- One browser. Visitors get a row only when a form must keep something for them (user_id is null then).
create table login_sessions (
    id                    uuid primary key,
    -- SHA-256 of the id in the cookie; the id itself is nowhere.
    id_hash               bytea not null,
    user_id               uuid references users (id) on delete cascade,
    data                  jsonb not null,
    user_agent            text,
    source_address        inet,
    created_at            timestamptz not null,
    rotated_at            timestamptz not null,
    last_seen_at          timestamptz not null,
    idle_expires_at       timestamptz not null,
    absolute_expires_at   timestamptz not null,
    password_confirmed_at timestamptz,
    revoked_at            timestamptz,
    constraint login_sessions_id_hash_unique unique (id_hash),
    constraint login_sessions_id_hash_length check (octet_length(id_hash) = 32)
);
create index login_sessions_by_user on login_sessions (user_id) where revoked_at is null;
create index login_sessions_by_expiry on login_sessions (absolute_expires_at);

create table account_tokens (
    id         uuid primary key,
    user_id    uuid not null references users (id) on delete cascade,
    purpose    text not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    constraint account_tokens_hash_unique unique (token_hash),
    constraint account_tokens_purpose_known check (purpose in ('VERIFY_ADDRESS'))
);
create index account_tokens_by_expiry on account_tokens (expires_at);
create index users_never_confirmed on users (updated_at) where state = 'UNVERIFIED';
create index account_tokens_by_user on account_tokens (user_id, purpose) where used_at is null;
