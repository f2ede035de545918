-- Invitations to organizations and events, one table for both, and the people they make known: placeholders.
-- Roll forward: new tables, and a check that lets a placeholder have no name. Nothing is rewritten.

-- Nobody knows what somebody is called who was only invited; a made-up name could end up on a page.
alter table users drop constraint users_first_name_length;
alter table users add constraint users_first_name_length
    check (char_length(first_name) <= 100 and (first_name <> '' or state = 'PLACEHOLDER'));
alter table users add constraint users_placeholder_has_no_password
    check (state <> 'PLACEHOLDER' or password_hash is null);
create index users_placeholders on users (created_at) where state = 'PLACEHOLDER';

create table invitations (
    id              uuid primary key,
    organization_id uuid references organizations (id) on delete cascade,
    event_id        uuid references events (id) on delete cascade,
    -- Canonical. It decides who may accept: a person is who reads the mail.
    address         text not null,
    role            text not null,
    message         text,
    invited_by      uuid not null references users (id),
    -- The account or placeholder of the address when it was invited; the one that accepted afterwards.
    user_id         uuid references users (id) on delete set null,
    -- SHA-256 of the token in the newest mail; the token itself is nowhere.
    token_hash      bytea not null,
    status          text not null default 'PENDING',
    -- Of the newest mail, moved in the statement that notes its end in the outbox.
    delivery        text not null default 'QUEUED',
    -- The mail server's words when the newest mail failed.
    delivery_answer text,
    mail_id         uuid references outbox_mails (id) on delete set null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    sent_at         timestamptz,
    -- Accepted or declined by the invited person.
    responded_at    timestamptz,
    -- Since when it is not PENDING any more, whatever the reason.
    ended_at        timestamptz,
    constraint invitations_one_target check (num_nonnulls(organization_id, event_id) = 1),
    constraint invitations_token_unique unique (token_hash),
    constraint invitations_token_length check (octet_length(token_hash) = 32),
    constraint invitations_address_canonical check (address = lower(address) and char_length(address) between 3 and 254),
    constraint invitations_role_known check (
        case when event_id is null then role in ('ADMIN', 'MEMBER')
             else role in ('ADMIN', 'ORGANIZER', 'MODERATOR', 'SPEAKER', 'ATTENDEE') end
    ),
    constraint invitations_message_length check (char_length(message) between 1 and 500),
    constraint invitations_status_known check (status in ('PENDING', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'CANCELLED')),
    constraint invitations_delivery_known check (delivery in ('QUEUED', 'SENT', 'FAILED')),
    constraint invitations_ends_once check ((status = 'PENDING') = (ended_at is null)),
    constraint invitations_expiry_order check (expires_at > created_at)
);
create unique index invitations_one_pending_of_organization on invitations (organization_id, address)
    where status = 'PENDING' and organization_id is not null;
create unique index invitations_one_pending_of_event on invitations (event_id, address)
    where status = 'PENDING' and event_id is not null;
create index invitations_of_organization on invitations (organization_id, created_at desc, id desc);
create index invitations_of_event on invitations (event_id, created_at desc, id desc);
create index invitations_by_address on invitations (address, ended_at);
create index invitations_by_expiry on invitations (expires_at) where status = 'PENDING';
create index invitations_by_mail on invitations (mail_id);
create index invitations_by_user on invitations (user_id);
create index invitations_by_inviter on invitations (invited_by);

-- Links that a newer one replaced: whoever opens one learns that, instead of "unknown".
create table invitation_replaced_tokens (
    token_hash    bytea primary key,
    invitation_id uuid not null references invitations (id) on delete cascade,
    constraint invitation_replaced_tokens_length check (octet_length(token_hash) = 32)
);
create index invitation_replaced_tokens_by_invitation on invitation_replaced_tokens (invitation_id);
