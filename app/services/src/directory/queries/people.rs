use sqlx::PgExecutor;
use uuid::Uuid;

use crate::cursor::NameCursor;

/// Whom to look for among the people of one event.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub event: Uuid,
    pub viewer: Uuid,
    /// An organizer: the directory switch and the switches for company and biography hide nothing from them.
    pub sees_all: bool,
    pub text: &'a str,
    pub role: Option<&'a str>,
}

/// Somebody's place in the order of names.
pub struct PlaceRow {
    pub user_id: Uuid,
    pub last_key: String,
    pub name_key: String,
}

/// The people of a directory that a condition on their place picks, in the order of names or its opposite. The search finds
/// what the viewer sees, and nothing else.
macro_rules! people {
    ($after:tt, $order:tt, $wanted:expr, $from:expr, $limit:expr) => {
        sqlx::query_as!(
            PlaceRow,
            "select m.user_id, m.sort_last as last_key, m.sort_name as name_key
               from event_members m
               join users u on u.id = m.user_id and u.state = 'ACTIVE'
               left join event_privacy p on p.event_id = m.event_id and p.user_id = m.user_id
              where m.event_id = $1 and m.status = 'ACTIVE' and (m.show_in_directory or $3)
                and ($5::text is null or m.role = $5)
                and not exists (select 1 from user_blocks b
                                 where (b.blocker_id = $2 and b.blocked_id = m.user_id)
                                    or (b.blocker_id = m.user_id and b.blocked_id = $2))
                and ($4 = '' or strpos(m.sort_name, lower($4)) > 0
                     or (($3 or m.user_id = $2 or coalesce(p.show_company, u.show_company))
                         and (strpos(lower(u.company), lower($4)) > 0
                              or strpos(lower(coalesce(m.event_title, u.title)), lower($4)) > 0))
                     or (($3 or m.user_id = $2 or coalesce(p.show_bio, u.show_bio))
                         and strpos(lower(coalesce(m.event_bio, u.bio)), lower($4)) > 0)
                     or (m.role = 'SPEAKER' and (strpos(lower(m.event_title), lower($4)) > 0
                                                 or strpos(lower(m.event_bio), lower($4)) > 0)))
                and (m.sort_last, m.sort_name, m.user_id) "
                + $after
                + " ($6, $7, $8)
              order by "
                + $order
                + "
              limit $9",
            $wanted.event,
            $wanted.viewer,
            $wanted.sees_all,
            $wanted.text,
            $wanted.role,
            $from.last.as_str(),
            $from.name.as_str(),
            $from.id,
            $limit
        )
    };
}

/// From the top on, or from a place.
pub async fn people_after(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    from: &NameCursor,
    limit: i64,
) -> sqlx::Result<Vec<PlaceRow>> {
    people!(">", "m.sort_last, m.sort_name, m.user_id", wanted, from, limit).fetch_all(db).await
}

/// Those in front of a place, the nearest first.
pub async fn people_before(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    from: &NameCursor,
    limit: i64,
) -> sqlx::Result<Vec<PlaceRow>> {
    people!("<", "m.sort_last desc, m.sort_name desc, m.user_id desc", wanted, from, limit)
        .fetch_all(db)
        .await
}
