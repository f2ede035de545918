delete from rate_counters;
delete from user_blocks;
update sponsors set deleted_at = null;
update sponsor_tiers set deleted_at = null;
update agenda_sessions set version = 1;
delete from invitations where address = 'somebody@example.org';
update reports set status = 'OPEN', claimed_by = null, claimed_at = null, verdict = null, note = null, closed_by = null,
       closed_at = null;
update chat_rooms set deleted_at = null, is_enabled = true, closed_with_all = false, version = 1, slow_mode_seconds = 0;
update chat_messages set deleted_at = null, deleted_by = null, delete_reason = null;
delete from chat_reactions;
delete from direct_message_reactions;
update direct_messages set deleted_at = null;
update conversation_sides set cleared_before_seq = 0, last_read_seq = 0, muted = false;
delete from conversations where event_id is not null;
-- Roles
delete from organization_members where user_id in (select (of_person ->> 'user_id')::uuid from jsonb_array_elements($1) of_person)
   and organization_id in (select id from organizations where slug = 'atria-test' or slug_before_deletion = 'gone' or slug = 'gone');
delete from event_members where user_id in (select (of_person ->> 'user_id')::uuid from jsonb_array_elements($1) of_person)
   and event_id in (select e.id from events e join organizations o on o.id = e.organization_id where o.slug = 'atria-test');
insert into organization_members (organization_id, user_id, role, joined_at)
select o.id, (of_person ->> 'user_id')::uuid, of_person ->> 'role', now()
  from jsonb_array_elements($1) of_person
  join organizations o on o.slug = 'atria-test' or (o.slug_before_deletion = 'gone' or o.slug = 'gone')
 where of_person ->> 'role' is not null;
insert into event_members (event_id, user_id, role, status, source, joined_at, muted_at, muted_until)
select e.id, (of_person ->> 'user_id')::uuid, of_person ->> 'member_role', of_person ->> 'status', 'ADDED', now(),
       case when (of_person ->> 'is_muted')::boolean then now() end,
       case when (of_person ->> 'is_muted')::boolean then timestamptz '2030-01-01' end
  from jsonb_array_elements($1) of_person
  join organizations o on o.slug = 'atria-test'
  join events e on e.organization_id = o.id
 where of_person ->> 'member_role' is not null;
