use sqlx::PgExecutor;
use uuid::Uuid;

pub struct AcquaintanceRow {
    pub is_self: bool,
    pub shares_event: bool,
    pub shares_organization: bool,
    pub speaks_in_public: bool,
    pub is_connected: bool,
    pub asks_viewer: bool,
    pub is_blocked: bool,
}

/// Somebody who is not ACTIVE is seen by nobody. An owner of an organization takes part in its events.
pub async fn acquaintance(
    db: impl PgExecutor<'_>,
    viewer: Option<Uuid>,
    user: Uuid,
) -> sqlx::Result<Option<AcquaintanceRow>> {
    sqlx::query_as!(
        AcquaintanceRow,
        r#"with place as (
               select m.user_id, m.event_id, m.role <> 'ATTENDEE' as prepares
                 from event_members m
                where m.status = 'ACTIVE' and m.user_id in ($1, $2)
               union all
               select o.user_id, e.id, true
                 from organization_members o join events e on e.organization_id = o.organization_id
                where o.role = 'OWNER' and o.user_id in ($1, $2)
           )
           select coalesce(u.id = $1, false) as "is_self!",
                  exists (
                      select 1
                        from place mine
                        join place theirs on theirs.event_id = mine.event_id
                        join events shared on shared.id = mine.event_id and shared.status <> 'DELETED'
                        join organizations owning on owning.id = shared.organization_id and owning.deleted_at is null
                       where mine.user_id = $1 and theirs.user_id = u.id
                         and (shared.status <> 'DRAFT' or (mine.prepares and theirs.prepares))
                  ) as "shares_event!",
                  exists (
                      select 1
                        from organization_members mine
                        join organization_members theirs on theirs.organization_id = mine.organization_id
                        join organizations shared on shared.id = mine.organization_id and shared.deleted_at is null
                       where mine.user_id = $1 and theirs.user_id = u.id
                  ) as "shares_organization!",
                  exists (
                      select 1
                        from event_members speaking
                        join events shown on shown.id = speaking.event_id and shown.visibility = 'PUBLIC'
                             and shown.status in ('PUBLISHED', 'ARCHIVED', 'CANCELLED')
                        join organizations owning on owning.id = shown.organization_id and owning.deleted_at is null
                       where speaking.user_id = u.id and speaking.status = 'ACTIVE' and speaking.role = 'SPEAKER'
                  ) as "speaks_in_public!",
                  coalesce(c.status = 'ACCEPTED', false) as "is_connected!",
                  coalesce(c.status = 'PENDING' and c.requester_id = u.id, false) as "asks_viewer!",
                  exists (
                      select 1 from user_blocks b
                       where (b.blocker_id = $1 and b.blocked_id = u.id) or (b.blocker_id = u.id and b.blocked_id = $1)
                  ) as "is_blocked!"
             from users u
             left join connections c on c.user_low = least($1, u.id) and c.user_high = greatest($1, u.id)
            where u.id = $2 and u.state = 'ACTIVE'"#,
        viewer,
        user
    )
    .fetch_optional(db)
    .await
}
