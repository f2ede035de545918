use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// People with a message that has waited since before this instant, in a conversation they were not reminded of since
/// they last read it.
pub async fn waiting_readers(
    db: impl PgExecutor<'_>,
    before: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select distinct s.user_id
           from conversation_sides s
           join direct_messages m on m.conversation_id = s.conversation_id and m.sender_id <> s.user_id
                and m.seq > greatest(s.last_read_seq, s.cleared_before_seq) and m.deleted_at is null
                and m.created_at < $1
           join users u on u.id = s.user_id and u.state = 'ACTIVE'
          where s.reminded_seq <= s.last_read_seq and not s.muted
          order by s.user_id
          limit $2",
        before,
        limit
    )
    .fetch_all(db)
    .await
}

pub struct SenderRow {
    pub first_name: String,
    pub last_name: String,
}

/// Marks those conversations of one person as reminded of, up to their last message; answers who wrote in those that
/// both can still write in. Somebody else who marks them meanwhile gets nobody.
pub async fn claim_reminders(
    tx: &mut PgConnection,
    reader: Uuid,
    before: OffsetDateTime,
) -> sqlx::Result<Vec<SenderRow>> {
    sqlx::query_as!(
        SenderRow,
        r#"with claimed as (
               update conversation_sides s set reminded_seq = c.last_seq
                 from conversations c
                where s.user_id = $1 and c.id = s.conversation_id and s.reminded_seq <= s.last_read_seq and not s.muted
                  and exists (select 1 from direct_messages m
                               where m.conversation_id = s.conversation_id and m.sender_id <> s.user_id
                                 and m.seq > greatest(s.last_read_seq, s.cleared_before_seq)
                                 and m.deleted_at is null and m.created_at < $2)
               returning c.id, c.user_low, c.user_high, c.event_id
           )
           select o.first_name, o.last_name
             from claimed c
             join users o on o.id = case when c.user_low = $1 then c.user_high else c.user_low end
                  and o.state = 'ACTIVE'
            where case when c.event_id is null
                       then exists (select 1 from connections k
                                     where k.user_low = c.user_low and k.user_high = c.user_high
                                       and k.status = 'ACCEPTED')
                       else not exists (select 1 from event_members e
                                         where e.event_id = c.event_id and e.user_id = $1 and e.status = 'BANNED') end
              and not exists (select 1 from user_blocks b
                               where (b.blocker_id = $1 and b.blocked_id = o.id)
                                  or (b.blocker_id = o.id and b.blocked_id = $1))
            order by o.first_name, o.last_name, o.id"#,
        reader,
        before
    )
    .fetch_all(tx)
    .await
}

pub struct RecipientRow {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
}

/// Somebody who wants mails about messages.
pub async fn recipient(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Option<RecipientRow>> {
    sqlx::query_as!(
        RecipientRow,
        "select u.email, u.first_name, u.last_name
           from users u
           left join notification_preferences p on p.user_id = u.id and p.kind = 'DIRECT_MESSAGE'
          where u.id = $1 and u.state = 'ACTIVE' and coalesce(p.mail, true)",
        user
    )
    .fetch_optional(tx)
    .await
}
