use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody who can be asked in an event.
pub struct RecipientRow {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// What they can do there: an owner of the organization acts as ADMIN.
    pub role: Option<String>,
    /// In force in the event.
    pub permission: String,
    pub event_title: String,
    pub organization_id: Uuid,
}

/// An active member with an open account, unless one of the two blocks the other.
pub async fn recipient(
    tx: &mut PgConnection,
    event: Uuid,
    recipient: Uuid,
    requester: Uuid,
) -> sqlx::Result<Option<RecipientRow>> {
    sqlx::query_as!(
        RecipientRow,
        r#"select u.first_name, u.last_name, u.email,
                  case when exists (select 1 from organization_members o
                                     where o.organization_id = e.organization_id and o.user_id = u.id
                                       and o.role = 'OWNER') then 'ADMIN' else m.role end as role,
                  coalesce(p.allow_connection_requests, u.allow_connection_requests) as "permission!",
                  e.title as event_title, e.organization_id
             from event_members m
             join events e on e.id = m.event_id
             join users u on u.id = m.user_id and u.state = 'ACTIVE'
             left join event_privacy p on p.event_id = m.event_id and p.user_id = m.user_id
            where m.event_id = $1 and m.user_id = $2 and m.status = 'ACTIVE'
              and not exists (select 1 from user_blocks b
                               where (b.blocker_id = $2 and b.blocked_id = $3)
                                  or (b.blocker_id = $3 and b.blocked_id = $2))"#,
        event,
        recipient,
        requester
    )
    .fetch_optional(tx)
    .await
}

/// Requests that are open to whoever sent them, also those that were declined.
pub async fn open_requests(
    tx: &mut PgConnection,
    requester: Uuid,
    sent_after: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from connections
            where requester_id = $1 and status in ('PENDING', 'REJECTED') and ended_at is null
              and requested_at > $2"#,
        requester,
        sent_after
    )
    .fetch_one(tx)
    .await
}

pub struct NewRequest<'a> {
    pub id: Uuid,
    pub requester: Uuid,
    pub recipient: Uuid,
    pub icebreaker: &'a str,
    pub event: Uuid,
    pub now: OffsetDateTime,
}

/// On the row of the pair, if there is one; notes stay.
pub async fn put_request(tx: &mut PgConnection, new: &NewRequest<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id, requested_at)
         values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $2, 'PENDING', $4, $5, $6)
         on conflict on constraint connections_pair_unique do update
            set requester_id = excluded.requester_id, status = excluded.status, icebreaker = excluded.icebreaker,
                event_id = excluded.event_id, requested_at = excluded.requested_at, responded_at = null,
                ended_at = null, ended_by = null",
        new.id,
        new.requester,
        new.recipient,
        new.icebreaker,
        new.event,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}
