-- What invited people are called, which invitations ended with their organization, and copies of one's data in parts.
-- Roll forward: new columns that may be null or have a constant default, and a new table. Nothing is rewritten.

alter table invitations
    -- As the inviter wrote it beside the address: for the greeting and the sign-up form, until the person says it.
    add column name text,
    -- Comes back with its organization; one that ended before doesn't.
    add column cancelled_with_organization boolean not null default false,
    add constraint invitations_name_length check (char_length(name) between 1 and 200);

alter table account_exports
    -- Could not be made: ready since then, with nothing in it.
    add column failed boolean not null default false,
    -- How often a worker took it on.
    add column attempts integer not null default 0;

-- A copy is written and read a part at a time, so that nobody holds the whole of it. `content` is empty since then.
create table account_export_parts (
    export_id uuid not null references account_exports (id) on delete cascade,
    -- The worker's try that wrote it: what one that overslept its claim wrote is not read.
    attempt   integer not null,
    position  integer not null,
    content   text not null,
    primary key (export_id, attempt, position)
);
