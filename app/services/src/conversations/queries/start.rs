use sqlx::PgConnection;
use uuid::Uuid;

/// Two people who may not have a conversation yet.
pub struct StrangersRow {
    pub other_first_name: String,
    pub other_last_name: String,
    pub other_is_active: bool,
    pub is_blocked: bool,
    pub is_connected: bool,
    pub shares_event: bool,
    pub shares_organization: bool,
    pub speaks_in_public: bool,
}

/// What connects two people; `None` when the other is nobody.
pub async fn strangers(tx: &mut PgConnection, user: Uuid, other: Uuid) -> sqlx::Result<Option<StrangersRow>> {
    sqlx::query_as!(
        StrangersRow,
        r#"with place as (
               select m.user_id, m.event_id, m.role <> 'ATTENDEE' as prepares
                 from event_members m
                where m.status = 'ACTIVE' and m.user_id in ($1, $2)
               union all
               select o.user_id, e.id, true
                 from organization_members o join events e on e.organization_id = o.organization_id
                where o.role = 'OWNER' and o.user_id in ($1, $2)
           )
           select u.first_name as other_first_name, u.last_name as other_last_name,
                  u.state = 'ACTIVE' as "other_is_active!",
                  exists (select 1 from user_blocks b
                           where (b.blocker_id = $1 and b.blocked_id = $2)
                              or (b.blocker_id = $2 and b.blocked_id = $1)) as "is_blocked!",
                  exists (select 1 from connections k
                           where k.user_low = least($1, $2) and k.user_high = greatest($1, $2)
                             and k.status = 'ACCEPTED') as "is_connected!",
                  exists (
                      select 1
                        from place mine
                        join place theirs on theirs.event_id = mine.event_id
                        join events shared on shared.id = mine.event_id and shared.status <> 'DELETED'
                        join organizations owning on owning.id = shared.organization_id and owning.deleted_at is null
                       where mine.user_id = $1 and theirs.user_id = $2
                         and (shared.status <> 'DRAFT' or (mine.prepares and theirs.prepares))
                  ) as "shares_event!",
                  exists (
                      select 1
                        from organization_members mine
                        join organization_members theirs on theirs.organization_id = mine.organization_id
                        join organizations shared on shared.id = mine.organization_id and shared.deleted_at is null
                       where mine.user_id = $1 and theirs.user_id = $2
                  ) as "shares_organization!",
                  exists (
                      select 1
                        from event_members speaking
                        join events shown on shown.id = speaking.event_id and shown.visibility = 'PUBLIC'
                             and shown.status in ('PUBLISHED', 'ARCHIVED', 'CANCELLED')
                        join organizations owning on owning.id = shown.organization_id and owning.deleted_at is null
                       where speaking.user_id = $2 and speaking.status = 'ACTIVE' and speaking.role = 'SPEAKER'
                  ) as "speaks_in_public!"
             from users u
            where u.id = $2 and u.state <> 'PLACEHOLDER'"#,
        user,
        other
    )
    .fetch_optional(tx)
    .await
}

/// An event as two people stand in it.
pub struct SharedEventRow {
    pub id: Uuid,
    pub title: String,
    pub status: String,
    pub own_role: Option<String>,
    pub own_membership: Option<String>,
    pub own_organization_role: Option<String>,
    pub other_role: Option<String>,
    pub other_membership: Option<String>,
    pub other_organization_role: Option<String>,
}

pub async fn shared_event(
    tx: &mut PgConnection,
    slug: &str,
    user: Uuid,
    other: Uuid,
) -> sqlx::Result<Option<SharedEventRow>> {
    sqlx::query_as!(
        SharedEventRow,
        r#"select e.id, e.title, e.status, mine.role as "own_role?", mine.status as "own_membership?",
                  my_organization.role as "own_organization_role?", other.role as "other_role?",
                  other.status as "other_membership?", other_organization.role as "other_organization_role?"
             from events e
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members mine on mine.event_id = e.id and mine.user_id = $2
             left join event_members other on other.event_id = e.id and other.user_id = $3
             left join organization_members my_organization
               on my_organization.organization_id = e.organization_id and my_organization.user_id = $2
             left join organization_members other_organization
               on other_organization.organization_id = e.organization_id and other_organization.user_id = $3
            where e.slug = $1 and e.status <> 'DELETED'"#,
        slug,
        user,
        other
    )
    .fetch_optional(tx)
    .await
}

pub async fn of_pair(
    tx: &mut PgConnection,
    user: Uuid,
    other: Uuid,
    event: Option<Uuid>,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select id from conversations
          where user_low = least($1::uuid, $2::uuid) and user_high = greatest($1::uuid, $2::uuid)
            and event_id is not distinct from $3",
        user,
        other,
        event
    )
    .fetch_optional(tx)
    .await
}
