use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What waits for whom: written between two instants, in conversations that both can still write in and that the reader was
/// not reminded of since they last read them.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    pub from: OffsetDateTime,
    pub before: OffsetDateTime,
}

/// People with such a message, by id, after one of them. Only what was written in that time is looked at.
pub async fn waiting_readers(
    db: impl PgExecutor<'_>,
    waiting: Waiting,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select distinct s.user_id
           from direct_messages m
           join conversation_sides s on s.conversation_id = m.conversation_id and s.user_id <> m.sender_id
           join users u on u.id = s.user_id and u.state = 'ACTIVE'
          where m.created_at > $1 and m.created_at < $2 and m.deleted_at is null
            and m.seq > greatest(s.last_read_seq, s.cleared_before_seq)
            and s.reminded_seq <= s.last_read_seq and not s.muted and s.user_id > $3
          order by s.user_id
          limit $4",
        waiting.from,
        waiting.before,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

pub struct SenderRow {
    pub first_name: String,
    pub last_name: String,
}

/// Marks those conversations of one person as reminded of, up to their last message, and answers who wrote in them.
/// Somebody else who marks them meanwhile gets nobody; where one of the two can't write now, nothing is marked, so that the
/// reader is reminded once they are back together.
pub async fn claim_reminders(
    tx: &mut PgConnection,
    reader: Uuid,
    waiting: Waiting,
) -> sqlx::Result<Vec<SenderRow>> {
    sqlx::query_as!(
        SenderRow,
        r#"with claimed as (
               update conversation_sides s set reminded_seq = c.last_seq
                 from conversations c
                 join users o on o.id = case when c.user_low = $1 then c.user_high else c.user_low end
                      and o.state = 'ACTIVE'
                where s.user_id = $1 and c.id = s.conversation_id and s.reminded_seq <= s.last_read_seq and not s.muted
                  and exists (select 1 from direct_messages m
                               where m.conversation_id = s.conversation_id and m.sender_id <> s.user_id
                                 and m.seq > greatest(s.last_read_seq, s.cleared_before_seq)
                                 and m.deleted_at is null and m.created_at > $2 and m.created_at < $3)
                  and case when c.event_id is null
                           then exists (select 1 from connections k
                                         where k.user_low = c.user_low and k.user_high = c.user_high
                                           and k.status = 'ACCEPTED')
                           else not exists (select 1 from event_members e
                                             where e.event_id = c.event_id and e.user_id = $1
                                               and e.status = 'BANNED') end
                  and not exists (select 1 from user_blocks b
                                   where (b.blocker_id = $1 and b.blocked_id = o.id)
                                      or (b.blocker_id = o.id and b.blocked_id = $1))
               returning o.id, o.first_name, o.last_name
           )
           select first_name, last_name from claimed order by first_name, last_name, id"#,
        reader,
        waiting.from,
        waiting.before
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
