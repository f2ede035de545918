-- Who made a change: nobody is told of their own act. Changes of before are nobody's, and all are told of them.
-- Roll forward: a new column that is empty; a previous binary reads no change less.
alter table agenda_changes add column changed_by uuid references users (id);
