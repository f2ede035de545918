-- What both of a conversation see of a message: deleted ones without text, the answered one quoted, reactions counted;
-- whoever closed their account without their name.
-- Roll forward: a view only.

create view direct_message_views as
select m.id, m.conversation_id, m.client_message_id, m.sender_id,
       case when u.state = 'ACTIVE' then u.first_name else 'Deleted' end as first_name,
       case when u.state = 'ACTIVE' then u.last_name else 'person' end as last_name,
       m.seq, m.rev,
       case when m.deleted_at is null then m.body end as body,
       m.created_at,
       m.edited_at is not null as is_edited,
       m.deleted_at is not null as is_deleted,
       q.id as quoted_id,
       q.seq as quoted_seq,
       case when qu.state = 'ACTIVE' then qu.first_name else 'Deleted' end as quoted_first_name,
       case when qu.state = 'ACTIVE' then qu.last_name else 'person' end as quoted_last_name,
       case when q.deleted_at is null then left(q.body, 200) end as quoted_body,
       r.emojis,
       r.counts
  from direct_messages m
  join users u on u.id = m.sender_id
  left join direct_messages q on q.conversation_id = m.conversation_id and q.id = m.reply_to and m.deleted_at is null
  left join users qu on qu.id = q.sender_id
  left join lateral (
      select array_agg(of_emoji.emoji order by of_emoji.first_at, of_emoji.emoji) as emojis,
             array_agg(of_emoji.number order by of_emoji.first_at, of_emoji.emoji) as counts
        from (select e.emoji, count(*) as number, min(e.created_at) as first_at
                from direct_message_reactions e
               where e.message_id = m.id
               group by e.emoji) of_emoji
  ) r on m.deleted_at is null;
