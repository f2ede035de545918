use sqlx::PgExecutor;
use uuid::Uuid;

/// A conversation as one of its two people has it, with everything the policy asks about them.
pub struct StandingRow {
    pub user_id: Uuid,
    pub conversation_id: Uuid,
    pub last_rev: i64,
    pub cleared_before_seq: i64,
    pub last_read_seq: i64,
    pub is_muted: bool,
    /// What the other side cleared.
    pub other_cleared_seq: i64,
    pub other_read_seq: i64,
    pub other_delivered_seq: i64,
    pub other_is_muted: bool,
    /// Both of them tell how far they have read.
    pub both_send_receipts: bool,
    pub other_id: Uuid,
    pub other_first_name: String,
    pub other_last_name: String,
    pub other_avatar: Option<Uuid>,
    pub other_is_active: bool,
    pub other_shows_presence: bool,
    pub is_blocked: bool,
    pub is_connected: bool,
    pub event_title: Option<String>,
    pub event_status: Option<String>,
    pub organization_is_deleted: Option<bool>,
    pub own_role: Option<String>,
    pub own_membership: Option<String>,
    pub own_organization_role: Option<String>,
    pub other_role: Option<String>,
    pub other_membership: Option<String>,
    pub other_organization_role: Option<String>,
}

/// One row for each of these pairs of a person and a conversation of theirs; others' conversations give none.
pub async fn standings(
    db: impl PgExecutor<'_>,
    users: &[Uuid],
    conversations: &[Uuid],
) -> sqlx::Result<Vec<StandingRow>> {
    sqlx::query_as!(
        StandingRow,
        r#"select asked.user_id as "user_id!", c.id as conversation_id, c.last_rev,
                  own.cleared_before_seq, own.last_read_seq, own.muted as is_muted,
                  theirs.cleared_before_seq as other_cleared_seq, theirs.last_read_seq as other_read_seq, 
                  theirs.last_delivered_seq as other_delivered_seq, theirs.muted as other_is_muted,
                  me.send_read_receipts and o.send_read_receipts as "both_send_receipts!",
                  o.id as other_id,
                  case when o.state = 'ACTIVE' then o.first_name else 'Deleted' end as "other_first_name!",
                  case when o.state = 'ACTIVE' then o.last_name else 'person' end as "other_last_name!",
                  case when o.state = 'ACTIVE' then o.avatar_file_id end as "other_avatar?",
                  o.state = 'ACTIVE' as "other_is_active!",
                  o.show_presence as other_shows_presence,
                  exists (select 1 from user_blocks b
                           where (b.blocker_id = me.id and b.blocked_id = o.id)
                              or (b.blocker_id = o.id and b.blocked_id = me.id)) as "is_blocked!",
                  exists (select 1 from connections k
                           where k.user_low = c.user_low and k.user_high = c.user_high
                             and k.status = 'ACCEPTED') as "is_connected!",
                  e.title as "event_title?", e.status as "event_status?",
                  (org.deleted_at is not null) as "organization_is_deleted?",
                  mine.role as "own_role?", mine.status as "own_membership?",
                  my_organization.role as "own_organization_role?",
                  other.role as "other_role?", other.status as "other_membership?",
                  other_organization.role as "other_organization_role?"
             from unnest($1::uuid[], $2::uuid[]) as asked (user_id, conversation_id)
             join conversations c on c.id = asked.conversation_id
             join conversation_sides own on own.conversation_id = c.id and own.user_id = asked.user_id
             join conversation_sides theirs on theirs.conversation_id = c.id and theirs.user_id <> asked.user_id
             join users me on me.id = own.user_id
             join users o on o.id = theirs.user_id
             left join events e on e.id = c.event_id
             left join organizations org on org.id = e.organization_id
             left join event_members mine on mine.event_id = c.event_id and mine.user_id = me.id
             left join event_members other on other.event_id = c.event_id and other.user_id = o.id
             left join organization_members my_organization
               on my_organization.organization_id = e.organization_id and my_organization.user_id = me.id
             left join organization_members other_organization
               on other_organization.organization_id = e.organization_id and other_organization.user_id = o.id
            order by asked.user_id, c.id
            limit cardinality($1)"#,
        users,
        conversations
    )
    .fetch_all(db)
    .await
}

pub struct HeadRow {
    pub id: Uuid,
    pub last_rev: i64,
}

/// The last `rev` of each of these conversations; missing ones are left out.
pub async fn heads(db: impl PgExecutor<'_>, conversations: &[Uuid]) -> sqlx::Result<Vec<HeadRow>> {
    sqlx::query_as!(
        HeadRow,
        "select c.id, c.last_rev from conversations c where c.id = any($1) order by c.id limit cardinality($1)",
        conversations
    )
    .fetch_all(db)
    .await
}
