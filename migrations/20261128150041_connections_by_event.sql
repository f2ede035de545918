-- Which connections began in an event, for its statistics.
-- Roll forward: an index.

create index connections_by_event on connections (event_id, status);
