use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct CandidateRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
}

/// Members of the event's organization who neither take part, nor are banned, with this in their name.
pub async fn candidates(
    db: impl PgExecutor<'_>,
    event: Uuid,
    text: &str,
    limit: i64,
) -> sqlx::Result<Vec<CandidateRow>> {
    sqlx::query_as!(
        CandidateRow,
        r#"select u.id as user_id, u.first_name, u.last_name, u.avatar_file_id
             from events e
             join organization_members o on o.organization_id = e.organization_id
             join users u on u.id = o.user_id and u.state = 'ACTIVE'
            where e.id = $1
              and ($2 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0)
              and not exists (select 1 from event_members m
                               where m.event_id = e.id and m.user_id = u.id and m.status in ('ACTIVE', 'BANNED'))
            order by lower(u.first_name), lower(u.last_name), u.id
            limit $3"#,
        event,
        text,
        limit
    )
    .fetch_all(db)
    .await
}

/// Whoever ends memberships of the organization waits until the transaction is over.
pub async fn share_organization_of(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select o.id from organizations o
          where o.id = (select organization_id from events where id = $1)
            for share",
        event
    )
    .fetch_optional(tx)
    .await
    .map(drop)
}

pub struct OrganizationMemberRow {
    pub organization_id: Uuid,
    pub event_slug: String,
    pub event_title: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

pub async fn organization_member(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
) -> sqlx::Result<Option<OrganizationMemberRow>> {
    sqlx::query_as!(
        OrganizationMemberRow,
        "select e.organization_id, e.slug as event_slug, e.title as event_title, u.first_name, u.last_name, u.email
           from events e
           join organization_members o on o.organization_id = e.organization_id
           join users u on u.id = o.user_id and u.state = 'ACTIVE'
          where e.id = $1 and o.user_id = $2",
        event,
        user
    )
    .fetch_optional(tx)
    .await
}

/// Somebody who is added, with what their row will say.
pub struct AddedMember<'a> {
    pub event: Uuid,
    pub user: Uuid,
    pub role: &'a str,
    pub status: &'a str,
    pub now: OffsetDateTime,
}

/// Former members come back on the same row, who waits keeps their place; a SPEAKER begins with title and biography of
/// the profile.
pub async fn add_member(tx: &mut PgConnection, added: &AddedMember<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into event_members as m (event_id, user_id, role, status, source, joined_at, waitlisted_at, event_title,
                                         event_bio)
         select $1, u.id, $3, $4, 'ADDED', $5, case when $4 = 'WAITLISTED' then $5::timestamptz end,
                case when $3 = 'SPEAKER' then u.title end, case when $3 = 'SPEAKER' then u.bio end
           from users u where u.id = $2
         on conflict (event_id, user_id) do update
            set role = excluded.role, status = excluded.status, source = excluded.source, joined_at = excluded.joined_at,
                waitlisted_at = case when excluded.status = 'WAITLISTED'
                                     then coalesce(m.waitlisted_at, excluded.waitlisted_at) end,
                event_title = coalesce(m.event_title, excluded.event_title),
                event_bio = coalesce(m.event_bio, excluded.event_bio), updated_at = excluded.joined_at",
        added.event,
        added.user,
        added.role,
        added.status,
        added.now
    )
    .execute(tx)
    .await
    .map(drop)
}
