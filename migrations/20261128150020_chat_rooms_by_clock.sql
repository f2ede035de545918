-- Rooms of sessions open and close by the clock, where the organizers want it.
-- Roll forward: a new column without a default, read by the clock alone; a previous binary doesn't know it.

-- What the clock said last; null where it has said nothing, or has no say any more. It speaks again only when it comes to
-- say something else, so that what somebody did by hand meanwhile stands until then.
alter table chat_rooms add column clock_open boolean;

-- The clock looks every few seconds.
create index events_rooms_by_clock on events (id) where rooms_open_before_minutes is not null;
create index chat_rooms_under_clock on chat_rooms (event_id) where clock_open is not null;
