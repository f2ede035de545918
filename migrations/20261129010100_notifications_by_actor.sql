-- Whom lines name: an erased person is taken out of all of them, in one statement that has 5 seconds.
-- Roll forward: an index.

create index notifications_by_actor on notifications (actor_id) where actor_id is not null;
