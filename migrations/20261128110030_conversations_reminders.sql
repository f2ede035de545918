-- Up to which message somebody was reminded by mail: once per conversation until they have read on.
-- Roll forward: a new column with a constant default.

alter table conversation_sides add column reminded_seq bigint not null default 0;
