use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What a person had to do with another, whether they see each other now or not.
pub struct KnownRow {
    pub is_blocked_by_viewer: bool,
    pub had_to_do: bool,
}

pub async fn known(db: impl PgExecutor<'_>, viewer: Uuid, user: Uuid) -> sqlx::Result<KnownRow> {
    sqlx::query_as!(
        KnownRow,
        r#"select exists (select 1 from user_blocks b where b.blocker_id = $1 and b.blocked_id = $2)
                      as "is_blocked_by_viewer!",
                  exists (select 1 from connections c
                           where c.user_low = least($1::uuid, $2::uuid) and c.user_high = greatest($1::uuid, $2::uuid))
                  or exists (select 1 from conversations v
                              where v.user_low = least($1::uuid, $2::uuid)
                                and v.user_high = greatest($1::uuid, $2::uuid)) as "had_to_do!""#,
        viewer,
        user
    )
    .fetch_one(db)
    .await
}

pub async fn insert_block(
    tx: &mut PgConnection,
    blocker: Uuid,
    blocked: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into user_blocks (blocker_id, blocked_id, created_at) values ($1, $2, $3) on conflict do nothing",
        blocker,
        blocked,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct EndedRow {
    pub id: Uuid,
    pub requester_id: Uuid,
    pub status_before: String,
}

/// Ends what there is between two people, for one of them; a declined request ends for whoever sent it.
pub async fn end_by_block(
    tx: &mut PgConnection,
    one: Uuid,
    other: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<EndedRow>> {
    sqlx::query_as!(
        EndedRow,
        r#"with before as (
               select id, status from connections
                where user_low = least($1::uuid, $2::uuid) and user_high = greatest($1::uuid, $2::uuid)
                  and (status in ('PENDING', 'ACCEPTED') or (status = 'REJECTED' and ended_at is null))
                  for update
           )
           update connections c
              set status = case when c.status = 'REJECTED' then c.status else 'REMOVED' end, ended_at = $3,
                  ended_by = $1
             from before b
            where c.id = b.id
           returning c.id, c.requester_id, b.status as status_before"#,
        one,
        other,
        now
    )
    .fetch_optional(tx)
    .await
}

pub async fn delete_block(db: impl PgExecutor<'_>, blocker: Uuid, blocked: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from user_blocks where blocker_id = $1 and blocked_id = $2", blocker, blocked)
        .execute(db)
        .await
        .map(drop)
}

pub async fn count_blocked(db: impl PgExecutor<'_>, blocker: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from user_blocks b join users u on u.id = b.blocked_id and u.state = 'ACTIVE'
            where b.blocker_id = $1"#,
        blocker
    )
    .fetch_one(db)
    .await
}

pub struct BlockedRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub created_at: OffsetDateTime,
}

pub async fn blocked(
    db: impl PgExecutor<'_>,
    blocker: Uuid,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<BlockedRow>> {
    sqlx::query_as!(
        BlockedRow,
        "select u.id, u.first_name, u.last_name, u.avatar_file_id, b.created_at
           from user_blocks b join users u on u.id = b.blocked_id and u.state = 'ACTIVE'
          where b.blocker_id = $1
          order by b.created_at desc, u.id
          limit $2 offset $3",
        blocker,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}
