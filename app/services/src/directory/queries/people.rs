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
    pub first_key: String,
}

/// After a place, or before it in the opposite order. The search finds what the viewer sees, and nothing else.
pub async fn people(
    db: impl PgExecutor<'_>,
    wanted: Wanted<'_>,
    from: Option<&NameCursor>,
    limit: i64,
) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as!(
        PlaceRow,
        r#"with listed as (
               select m.user_id, lower(u.last_name) as last_key, lower(u.first_name) as first_key
                 from event_members m
                 join users u on u.id = m.user_id and u.state = 'ACTIVE'
                 left join event_privacy p on p.event_id = m.event_id and p.user_id = m.user_id
                where m.event_id = $1 and m.status = 'ACTIVE' and (m.show_in_directory or $3)
                  and ($5::text is null or m.role = $5)
                  and not exists (select 1 from user_blocks b
                                   where (b.blocker_id = $2 and b.blocked_id = m.user_id)
                                      or (b.blocker_id = m.user_id and b.blocked_id = $2))
                  and ($4 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($4)) > 0
                       or (($3 or m.user_id = $2 or coalesce(p.show_company, u.show_company))
                           and (strpos(lower(u.company), lower($4)) > 0
                                or strpos(lower(coalesce(m.event_title, u.title)), lower($4)) > 0))
                       or (($3 or m.user_id = $2 or coalesce(p.show_bio, u.show_bio))
                           and strpos(lower(coalesce(m.event_bio, u.bio)), lower($4)) > 0)
                       or (m.role = 'SPEAKER' and (strpos(lower(m.event_title), lower($4)) > 0
                                                   or strpos(lower(m.event_bio), lower($4)) > 0)))
           )
           select user_id as "user_id!", last_key as "last_key!", first_key as "first_key!"
             from listed
            where $6::uuid is null
               or ($9 and (last_key, first_key, user_id) < ($7, $8, $6))
               or (not $9 and (last_key, first_key, user_id) > ($7, $8, $6))
            order by case when not $9 then last_key end, case when not $9 then first_key end,
                     case when not $9 then user_id end,
                     case when $9 then last_key end desc, case when $9 then first_key end desc,
                     case when $9 then user_id end desc
            limit $10"#,
        wanted.event,
        wanted.viewer,
        wanted.sees_all,
        wanted.text,
        wanted.role,
        from.map(|from| from.id),
        from.map(|from| from.last.as_str()),
        from.map(|from| from.first.as_str()),
        from.is_some_and(|from| from.is_backwards),
        limit
    )
    .fetch_all(db)
    .await
}
