-- What an organization's own accounts at streaming services need, sealed with a key derived from the instance secret.
-- Roll forward: a new table; a previous binary reads none of it.

create table organization_credentials (
    organization_id uuid not null references organizations (id) on delete cascade,
    kind            text not null,
    -- The last characters of the public id, which may be shown again. Nothing else of the set is ever shown.
    shown_id        text not null,
    -- Nonce, then the whole set as JSON under AES-256-GCM; organization and kind are authenticated with it.
    sealed          bytea not null,
    updated_by      uuid references users (id),
    updated_at      timestamptz not null,
    constraint organization_credentials_pkey primary key (organization_id, kind),
    constraint organization_credentials_kind_known check (kind in ('MUX_TOKEN', 'MUX_SIGNING', 'JAAS')),
    constraint organization_credentials_shown_id_length check (char_length(shown_id) between 1 and 4),
    constraint organization_credentials_sealed_length check (octet_length(sealed) between 29 and 20000)
);
