-- How much of a room its reader wants to hear; null where they have not chosen.
-- Roll forward: a new column that is empty; a previous binary counts every room as before.
alter table room_reads
    add column follow text,
    add constraint room_reads_follow check (follow in ('EVERYTHING', 'MENTIONS', 'NOTHING', 'HIDDEN'));
