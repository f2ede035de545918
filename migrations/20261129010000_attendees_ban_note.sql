-- What moderators note for each other about a ban: beside it while it holds, and in their log for good.
-- Roll forward: empty columns; instances of before leave them alone.

alter table event_members
    add column ban_note text,
    add constraint event_members_ban_note_length check (char_length(ban_note) between 1 and 1000);

alter table moderation_entries
    add column note text,
    add constraint moderation_entries_note_length check (char_length(note) between 1 and 1000);
