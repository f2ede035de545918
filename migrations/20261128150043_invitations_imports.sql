-- Which invitations were sent together, so that a list that was a mistake can be taken back as one.
-- Roll forward: an empty column; a previous binary neither reads nor sets it.

alter table invitations add column import_id uuid;
create index invitations_by_import on invitations (import_id) where import_id is not null;
