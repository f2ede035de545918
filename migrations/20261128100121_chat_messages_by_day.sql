-- How much is said in an event today, for its organizers.
-- Roll forward: an index only.

create index chat_messages_of_event_by_time on chat_messages (event_id, created_at);
