-- Messages by their age, for the job that reminds people of those they have not read: it looks at the last day alone.
-- Roll forward: an index only.

create index direct_messages_waiting on direct_messages (created_at) where deleted_at is null;
