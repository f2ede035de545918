-- What people are told ahead of time, once each: that an event begins tomorrow, that a session begins soon. What was
-- told stands beside what it was told for, so who moves an event or a session has people told again.
-- Roll forward: empty columns, which a previous binary neither reads nor sets.

alter table events
    -- The first day of which its members were reminded.
    add column reminded_for date;
create index events_to_remind on events (start_date) where status = 'PUBLISHED';

alter table agenda_sessions
    -- The start of which those who chose it were told.
    add column announced_start timestamptz;
