-- When a request was withdrawn, or a connection ended: who withdrew asks again a day later.
-- Roll forward: a new column that is empty.

alter table connections add column ended_at timestamptz;
