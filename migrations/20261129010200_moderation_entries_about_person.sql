-- What the log tells of one person: their moderators' page leads to it.
-- Roll forward: an index.

create index moderation_entries_about on moderation_entries (event_id, subject_id, position) where subject_id is not null;
