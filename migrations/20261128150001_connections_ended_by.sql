-- Who ended a request or a connection: a request that its recipient ended by a block was not withdrawn.
-- Roll forward: a new column that is empty; where it is, whoever asked is taken to have withdrawn.

alter table connections add column ended_by uuid;
alter table connections add constraint connections_ended_by_of_pair check (ended_by in (user_low, user_high));
