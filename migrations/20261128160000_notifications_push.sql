-- Browsers that are told of news while no page of Atria is looked at (Web Push, RFC 8030).
-- Roll forward: additions only; instances of before leave them alone.

create table push_subscriptions (
    id               uuid primary key,
    -- One browser; who signs out there is told nothing more there.
    login_session_id uuid not null references login_sessions (id) on delete cascade,
    user_id          uuid not null references users (id) on delete cascade,
    -- Where its push service takes messages for it; whoever knows it can send there.
    endpoint         text not null,
    -- What messages are sealed with (RFC 8291).
    public_key       bytea not null,
    auth_secret      bytea not null,
    created_at       timestamptz not null,
    constraint push_subscriptions_session_unique unique (login_session_id),
    constraint push_subscriptions_endpoint_unique unique (endpoint),
    constraint push_subscriptions_endpoint_length check (char_length(endpoint) between 1 and 1000),
    constraint push_subscriptions_public_key_length check (octet_length(public_key) = 65),
    constraint push_subscriptions_auth_secret_length check (octet_length(auth_secret) = 16)
);
create index push_subscriptions_by_user on push_subscriptions (user_id);

alter table notification_preferences add column push boolean not null default true;

-- When it is to be pushed; nothing for what is pushed already, or never.
alter table notifications add column push_at timestamptz;
create index notifications_to_push on notifications (push_at) where push_at is not null;
