-- How much of a room its reader wants to hear; null where they have not chosen.
alter table room_reads
    add column follow text,
    add constraint room_reads_follow check (follow in ('EVERYTHING', 'MENTIONS', 'NOTHING', 'HIDDEN'));
