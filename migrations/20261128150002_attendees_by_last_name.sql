-- The directory in its own order, by last name, read from an index: without it each page sorts all people of the event.
-- Roll forward: a new column that the triggers of `sort_name` fill too, and an index.

alter table event_members add column sort_last text not null default '';

create or replace function event_member_sort_name() returns trigger language plpgsql as $$
begin
    select lower(u.first_name || ' ' || u.last_name), lower(u.last_name) into new.sort_name, new.sort_last
      from users u where u.id = new.user_id;
    new.sort_name := coalesce(new.sort_name, '');
    new.sort_last := coalesce(new.sort_last, '');
    return new;
end
$$;

create or replace function follow_name_of_user() returns trigger language plpgsql as $$
begin
    update event_members
       set sort_name = lower(new.first_name || ' ' || new.last_name), sort_last = lower(new.last_name)
     where user_id = new.id;
    return null;
end
$$;

update event_members m set sort_last = lower(u.last_name) from users u where u.id = m.user_id;

create index event_members_by_last_name on event_members (event_id, sort_last, sort_name, user_id);
