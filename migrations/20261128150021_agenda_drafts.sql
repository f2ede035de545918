-- Changes of a published agenda that organizers hold until they release them together.
-- Roll forward: a new column without a default; a previous binary doesn't read it, and shows the released agenda to all.

-- {"title", "starts_at", "ends_at", "venue_room_id", "is_cancelled"}: how the session will be once its changes are
-- released. The columns beside it are what everybody sees until then, so that nothing that reads them can tell too early.
alter table agenda_sessions
    add column draft jsonb,
    add constraint agenda_sessions_draft_object check (jsonb_typeof(draft) = 'object');

create index agenda_sessions_with_draft on agenda_sessions (event_id) where draft is not null;
