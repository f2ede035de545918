-- The logo of a sponsor: one of its event's files.
-- Roll forward: an empty column; a previous binary neither reads nor sets it.

alter table files
    add constraint files_event_key unique (event_id, id);

alter table sponsors
    add column logo_file_id uuid,
    add constraint sponsors_logo_of_event foreign key (event_id, logo_file_id)
        references files (event_id, id) on delete set null (logo_file_id);
create unique index sponsors_by_logo on sponsors (logo_file_id) where logo_file_id is not null;
