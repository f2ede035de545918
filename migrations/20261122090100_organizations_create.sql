-- Tenants and their members. Owners are the members with role OWNER; there is no owner column.
-- Roll forward: new tables only.

create table organizations (
    id          uuid primary key,
    slug        text not null,
    name        text not null,
    description text,
    created_by  uuid not null references users (id),
    -- Made with the creating form, so that a double submit has the effect of one.
    form_key    uuid not null,
    version     integer not null default 1,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    deleted_at  timestamptz,
    deleted_by  uuid references users (id),
    constraint organizations_slug_unique unique (slug),
    constraint organizations_form_key_unique unique (created_by, form_key),
    constraint organizations_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) between 3 and 60),
    constraint organizations_name_length check (char_length(name) between 2 and 100),
    constraint organizations_description_length check (char_length(description) <= 1000)
);

create table organization_members (
    organization_id uuid not null references organizations (id) on delete cascade,
    user_id         uuid not null references users (id),
    role            text not null,
    joined_at       timestamptz not null,
    invited_by      uuid references users (id),
    primary key (organization_id, user_id),
    constraint organization_members_role_known check (role in ('OWNER', 'ADMIN', 'MEMBER'))
);
create index organization_members_by_user on organization_members (user_id);
