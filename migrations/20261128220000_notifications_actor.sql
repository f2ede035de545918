-- Who is named in a line: what is not read yet ends with a block between the two.
-- Roll forward: an empty column. No foreign key: whoever is gone blocks nobody.

alter table notifications add column actor_id uuid;
