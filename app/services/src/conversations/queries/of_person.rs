use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct OwnMessageRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub event: Option<String>,
    pub body: String,
    pub created_at: OffsetDateTime,
}

/// What a person wrote to others and did not delete, in the order of the ids, which begin with the time.
pub async fn own_messages(
    db: impl PgExecutor<'_>,
    sender: Uuid,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<OwnMessageRow>> {
    sqlx::query_as!(
        OwnMessageRow,
        r#"select m.id, case when o.state = 'ACTIVE' then o.first_name else 'Deleted' end as "first_name!",
                  case when o.state = 'ACTIVE' then o.last_name else 'person' end as "last_name!",
                  e.title as "event?", m.body, m.created_at
             from direct_messages m
             join conversations c on c.id = m.conversation_id
             join users o on o.id = case when c.user_low = m.sender_id then c.user_high else c.user_low end
             left join events e on e.id = c.event_id
            where m.sender_id = $1 and m.id > $2 and m.deleted_at is null
            order by m.id
            limit $3"#,
        sender,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// How far somebody read, and what they silenced.
pub async fn reset_sides(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update conversation_sides set last_read_seq = 0, last_delivered_seq = 0, muted = false where user_id = $1",
        user
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct AcquaintanceRow {
    pub person: Uuid,
    pub partner: Uuid,
}

/// Who may know whether these people are online: their connections, and whom they talk to in an event where both are.
/// Nobody of those who show it to nobody, and no pair with a block between them. `among` are the partners asked about;
/// without it all are.
pub async fn partners(
    db: impl PgExecutor<'_>,
    people: &[Uuid],
    among: Option<&[Uuid]>,
) -> sqlx::Result<Vec<AcquaintanceRow>> {
    sqlx::query_as!(
        AcquaintanceRow,
        r#"select u.id as "person!", partner.id as "partner!"
             from users u
             cross join lateral (
                 select k.user_high as id from connections k where k.user_low = u.id and k.status = 'ACCEPTED'
                 union
                 select k.user_low from connections k where k.user_high = u.id and k.status = 'ACCEPTED'
                 union
                 select s.user_id
                   from conversation_sides own
                   join conversation_sides s on s.conversation_id = own.conversation_id and s.user_id <> own.user_id
                   join conversations c on c.id = own.conversation_id and c.event_id is not null
                   join events e on e.id = c.event_id and e.status <> 'DELETED'
                  where own.user_id = u.id
                    and not exists (select 1 from event_members gone
                                     where gone.event_id = c.event_id and gone.status <> 'ACTIVE'
                                       and gone.user_id in (own.user_id, s.user_id))
             ) partner
            where u.id = any($1) and u.show_presence and u.state = 'ACTIVE'
              and ($2::uuid[] is null or partner.id = any($2))
              and not exists (select 1 from user_blocks b
                               where (b.blocker_id = u.id and b.blocked_id = partner.id)
                                  or (b.blocker_id = partner.id and b.blocked_id = u.id))
            order by u.id, partner.id
            limit 100000"#,
        people,
        among
    )
    .fetch_all(db)
    .await
}
