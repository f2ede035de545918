use domain::ids::{ChatRoomId, LoginSessionId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// The last `rev` of each of these rooms; missing rooms are left out.
pub(super) async fn last_revs(
    db: &mut PgConnection,
    rooms: &[ChatRoomId],
) -> sqlx::Result<Vec<(ChatRoomId, i64)>> {
    let ids: Vec<Uuid> = rooms.iter().map(|room| room.get()).collect();
    let rows = sqlx::query!(
        r#"
        select r.id, r.last_rev
          from chat_rooms r
         where r.id = any($1)
         order by r.id
         limit $2"#,
        &ids,
        limit(ids.len()),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (ChatRoomId::new(row.id), row.last_rev)).collect())
}

/// Those of these login sessions that still open doors.
pub(super) async fn live_login_sessions(
    db: &mut PgConnection,
    login_sessions: &[LoginSessionId],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<LoginSessionId>> {
    let ids: Vec<Uuid> = login_sessions.iter().map(|login_session| login_session.get()).collect();
    let rows = sqlx::query_scalar!(
        r#"
        select s.id
          from login_sessions s
          join users u on u.id = s.user_id
         where s.id = any($1)
           and s.revoked_at is null and s.idle_expires_at > $2 and s.absolute_expires_at > $2
           and u.state = 'ACTIVE'
         order by s.id
         limit $3"#,
        &ids,
        now,
        limit(ids.len()),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(LoginSessionId::new).collect())
}

/// What the chat policy asks about one person in one room.
#[derive(Debug)]
pub(super) struct StandingRow {
    pub(super) user_id: Uuid,
    pub(super) room_id: Uuid,
    pub(super) kind: String,
    pub(super) is_enabled: bool,
    pub(super) event_status: String,
    pub(super) role: Option<String>,
    pub(super) status: Option<String>,
    pub(super) muted: bool,
    pub(super) organization_role: Option<String>,
}

/// The standing of each pair whose room still exists.
pub(super) async fn standings(
    db: &mut PgConnection,
    pairs: &[(UserId, ChatRoomId)],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<StandingRow>> {
    let users: Vec<Uuid> = pairs.iter().map(|(user, _)| user.get()).collect();
    let rooms: Vec<Uuid> = pairs.iter().map(|(_, room)| room.get()).collect();
    sqlx::query_as!(
        StandingRow,
        r#"
        select listening.user_id as "user_id!", r.id as room_id, r.kind, r.is_enabled,
               e.status as event_status, m.role as "role?", m.status as "status?",
               coalesce(m.muted_at is not null and (m.muted_until is null or m.muted_until > $3), false) as "muted!",
               o.role as "organization_role?"
          from unnest($1::uuid[], $2::uuid[]) as listening (user_id, room_id)
          join chat_rooms r on r.id = listening.room_id
          join events e on e.id = r.event_id
          left join event_members m on m.event_id = e.id and m.user_id = listening.user_id
          left join organization_members o
            on o.organization_id = e.organization_id and o.user_id = listening.user_id
         order by listening.user_id, r.id
         limit $4"#,
        &users,
        &rooms,
        now,
        limit(pairs.len()),
    )
    .fetch_all(db)
    .await
}

/// Claims the database for a node that shares it with none; false when another node is there.
pub(super) async fn claim_alone(db: &mut PgConnection, key: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "claimed!""#, key).fetch_one(db).await
}

/// Claims it for a node that shares it with nodes of its kind; false when a lone node is there.
pub(super) async fn claim_shared(db: &mut PgConnection, key: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock_shared($1) as "claimed!""#, key).fetch_one(db).await
}

fn limit(asked: usize) -> i64 {
    i64::try_from(asked).unwrap_or(i64::MAX)
}
