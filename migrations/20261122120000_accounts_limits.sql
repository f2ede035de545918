-- Counters of tries, the devices people have signed in from, links for forgotten passwords, and an epoch of login
-- sessions. Roll forward: new tables, one more value of a closed list, and a column with a constant default.

create table rate_counters (
    -- SHA-256 of what is counted and for whom: no address or name stays readable here.
    key            bytea primary key,
    count          integer not null,
    window_ends_at timestamptz not null,
    -- Only counters whose pauses grow: how many within a day, and the end of the present one.
    blocks         integer not null default 0,
    blocked_until  timestamptz,
    -- From here on the row says nothing any more.
    forget_at      timestamptz not null,
    constraint rate_counters_key_length check (octet_length(key) = 32),
    constraint rate_counters_count_positive check (count >= 0 and blocks >= 0)
);
create index rate_counters_by_end on rate_counters (forget_at);

-- A browser a person has signed in from at least once: strangers' guesses never lock it out.
create table known_devices (
    user_id      uuid not null references users (id) on delete cascade,
    -- SHA-256 of the device cookie.
    token_hash   bytea not null,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (user_id, token_hash),
    constraint known_devices_hash_length check (octet_length(token_hash) = 32)
);
create index known_devices_by_use on known_devices (last_seen_at);

alter table account_tokens drop constraint account_tokens_purpose_known;
alter table account_tokens add constraint account_tokens_purpose_known
    check (purpose in ('VERIFY_ADDRESS', 'RESET_PASSWORD'));

-- Raised with the password: a sign-in that was checked before begins no login session after.
alter table users add column session_epoch integer not null default 0;
