-- Session ids that were rotated away, invitations that are sent again without a word to the inviters, and versions of
-- settings that are edited. Roll forward: a new table, and columns with a constant default.

-- Whoever comes with one of these stole or kept an id that is dead: that is recorded, once for each.
create table login_session_former_ids (
    -- SHA-256, as in login_sessions.
    id_hash          bytea primary key,
    login_session_id uuid not null references login_sessions (id) on delete cascade,
    rotated_at       timestamptz not null,
    first_used_at    timestamptz,
    constraint login_session_former_ids_length check (octet_length(id_hash) = 32)
);
create index login_session_former_ids_by_session on login_session_former_ids (login_session_id);

-- The newest mail was asked for by somebody at the sign-in page: what becomes of it is not shown to the inviters.
alter table invitations add column is_mailed_quietly boolean not null default false;

-- Raised by each edit: a form that was opened before is stale.
alter table users
    add column privacy_version       integer not null default 1,
    add column notifications_version integer not null default 1;
alter table event_privacy add column version bigint not null default 1;
