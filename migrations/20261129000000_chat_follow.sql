-- How much of a room its reader wants to hear. Members without a row hear everything.
alter table room_reads
    add column follow text not null default 'EVERYTHING',
    add constraint room_reads_follow check (follow in ('EVERYTHING', 'MENTIONS', 'NOTHING', 'HIDDEN'));
