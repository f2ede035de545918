use sqlx::PgExecutor;
use uuid::Uuid;

/// What the policy asks about one of many people, each in an event.
pub struct EventListenerRow {
    pub user_id: Uuid,
    pub event_id: Uuid,
    pub visibility: String,
    pub status: String,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub organization_role: Option<String>,
}

/// Those whose event is gone are left out.
pub async fn event_listeners(
    db: impl PgExecutor<'_>,
    users: &[Uuid],
    events: &[Uuid],
) -> sqlx::Result<Vec<EventListenerRow>> {
    sqlx::query_as!(
        EventListenerRow,
        r#"select listening.user_id as "user_id!", e.id as event_id, e.visibility, e.status, m.role as "role?",
                  m.status as "membership?", o.role as "organization_role?"
             from unnest($1::uuid[], $2::uuid[]) as listening (user_id, event_id)
             join events e on e.id = listening.event_id and e.status <> 'DELETED'
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members m on m.event_id = e.id and m.user_id = listening.user_id
             left join organization_members o
               on o.organization_id = e.organization_id and o.user_id = listening.user_id
            order by listening.user_id, e.id
            limit cardinality($1)"#,
        users,
        events
    )
    .fetch_all(db)
    .await
}
