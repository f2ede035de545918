use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// A line of somebody's list.
pub struct ListedRow {
    pub id: Uuid,
    pub other_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    /// They let it be seen, and both can write here.
    pub shows_presence: bool,
    pub event_title: Option<String>,
    pub is_muted: bool,
    pub last_message_at: OffsetDateTime,
    pub is_own: bool,
    /// The beginning of the last message; `None` when it was deleted.
    pub snippet: Option<String>,
    pub unread: i64,
    /// 1 in front of all 0, where the list begins with what is unread.
    pub rank: i32,
}

/// Whose list it is, and what of it.
#[derive(Debug, Clone, Copy)]
pub struct Lister<'a> {
    pub user: Uuid,
    /// The address of an event.
    pub event: Option<&'a str>,
    pub unread_first: bool,
    pub limit: i64,
}

/// A place in the order of the list.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub rank: i32,
    pub at: OffsetDateTime,
    pub id: Uuid,
}

/// The lines of a list on one side of a place, in an order.
macro_rules! listed {
    ($side:tt, $order:tt, $lister:expr, $rank:expr, $at:expr, $id:expr $(,)?) => {
        sqlx::query_as!(
            ListedRow,
            r#"select l.id, l.other_id, l.first_name as "first_name!", l.last_name as "last_name!",
                  l.avatar_file_id as "avatar_file_id?", l.shows_presence as "shows_presence!",
                  l.event_title as "event_title?", l.is_muted, l.last_message_at as "last_message_at!", l.is_own as "is_own!",
                  l.snippet as "snippet?", l.unread as "unread!", l.rank as "rank!"
             from (
               select c.id, o.id as other_id,
                      case when o.state = 'ACTIVE' then o.first_name else 'Deleted' end as first_name,
                      case when o.state = 'ACTIVE' then o.last_name else 'person' end as last_name,
                      case when o.state = 'ACTIVE' then o.avatar_file_id end as avatar_file_id,
                      o.show_presence and o.state = 'ACTIVE'
                      and not exists (select 1 from user_blocks b
                                       where (b.blocker_id = s.user_id and b.blocked_id = o.id)
                                          or (b.blocker_id = o.id and b.blocked_id = s.user_id))
                      and (c.event_id is null
                           or (e.status <> 'DELETED' and org.deleted_at is null
                               and (mine.status = 'ACTIVE' or owning.role = 'OWNER')
                               and (exists (select 1 from event_members theirs
                                             where theirs.event_id = c.event_id and theirs.user_id = o.id
                                               and theirs.status = 'ACTIVE')
                                    or exists (select 1 from organization_members their_own
                                                where their_own.organization_id = e.organization_id
                                                  and their_own.user_id = o.id and their_own.role = 'OWNER'))))
                          as shows_presence,
                      e.title as event_title, s.muted as is_muted,
                      c.last_message_at, m.sender_id = s.user_id as is_own,
                      case when m.deleted_at is null then left(m.body, 200) end as snippet, waiting.unread,
                      case when $3 and waiting.unread > 0 then 1 else 0 end as rank
                 from conversation_sides s
                 join conversations c on c.id = s.conversation_id and c.last_seq > s.cleared_before_seq
                 join users o on o.id = case when c.user_low = s.user_id then c.user_high else c.user_low end
                 join direct_messages m on m.conversation_id = c.id and m.seq = c.last_seq
                 left join events e on e.id = c.event_id
                 left join organizations org on org.id = e.organization_id
                 left join event_members mine on mine.event_id = c.event_id and mine.user_id = s.user_id
                 left join organization_members owning
                   on owning.organization_id = e.organization_id and owning.user_id = s.user_id
                 cross join lateral (
                     select count(*) as unread from (
                         select 1 from direct_messages n
                          where n.conversation_id = c.id and n.seq > greatest(s.last_read_seq, s.cleared_before_seq)
                            and n.sender_id <> s.user_id and n.deleted_at is null
                          limit 100) newer) waiting
                where s.user_id = $1 and ($2::text is null or e.slug = $2)
                  and case when c.event_id is null
                           then exists (select 1 from connections k
                                         where k.user_low = c.user_low and k.user_high = c.user_high
                                           and k.status = 'ACCEPTED')
                           else mine.status is distinct from 'BANNED' or owning.role = 'OWNER' end
             ) l
            where "# + $side + r#"
            order by "# + $order + r#"
            limit $7"#,
            $lister.user,
            $lister.event,
            $lister.unread_first,
            $rank,
            $at,
            $id,
            $lister.limit
        )
    };
}

/// The lines from the top on, or those after a place.
pub async fn listed_after(
    db: impl PgExecutor<'_>,
    lister: Lister<'_>,
    after: Option<Place>,
) -> sqlx::Result<Vec<ListedRow>> {
    listed!(
        "$4::int is null or (l.rank, l.last_message_at, l.id) < ($4::int, $5::timestamptz, $6::uuid)",
        "l.rank desc, l.last_message_at desc, l.id desc",
        lister,
        after.map(|place| place.rank),
        after.map(|place| place.at),
        after.map(|place| place.id),
    )
    .fetch_all(db)
    .await
}

/// The lines in front of a place, the nearest first.
pub async fn listed_before(
    db: impl PgExecutor<'_>,
    lister: Lister<'_>,
    before: Place,
) -> sqlx::Result<Vec<ListedRow>> {
    listed!(
        "(l.rank, l.last_message_at, l.id) > ($4::int, $5::timestamptz, $6::uuid)",
        "l.rank, l.last_message_at, l.id",
        lister,
        before.rank,
        before.at,
        before.id,
    )
    .fetch_all(db)
    .await
}
