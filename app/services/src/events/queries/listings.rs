//! Lists with filters, and how long they are.

use sqlx::PgExecutor;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What a list is narrowed to; nothing means everything.
pub struct FilterRow<'a> {
    /// Still going on then.
    pub from: Option<Date>,
    /// Not over at this instant, by the event's own zone.
    pub now: Option<OffsetDateTime>,
    /// Begun by then.
    pub to: Option<Date>,
    pub format: Option<&'static str>,
    pub city: Option<&'a str>,
    pub status: Option<&'static str>,
    /// Empty for everything.
    pub text: &'a str,
}

pub struct CardRow {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub format: String,
    pub host_name: String,
    pub venue_city: Option<String>,
    pub venue_country: Option<String>,
}

pub async fn public(
    db: impl PgExecutor<'_>,
    filter: &FilterRow<'_>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<CardRow>> {
    sqlx::query_as!(
        CardRow,
        "select e.slug, e.title, e.start_date, e.end_date, e.time_zone, e.format, e.host_name, e.venue_city,
                e.venue_country
           from events e join organizations o on o.id = e.organization_id and o.deleted_at is null
          where e.visibility = 'PUBLIC' and e.status = 'PUBLISHED'
            and ($8::timestamptz is null or ($8 at time zone e.time_zone)::date <= e.end_date)
            and ($1::date is null or e.end_date >= $1) and ($2::date is null or e.start_date <= $2)
            and ($3::text is null or e.format = $3)
            and ($4::text is null or strpos(lower(e.venue_city), lower($4)) > 0)
            and ($5 = '' or strpos(lower(e.title), lower($5)) > 0 or strpos(lower(e.host_name), lower($5)) > 0)
          order by e.start_date, e.id
          limit $6 offset $7",
        filter.from,
        filter.to,
        filter.format,
        filter.city,
        filter.text,
        limit,
        offset,
        filter.now
    )
    .fetch_all(db)
    .await
}

pub async fn count_public(db: impl PgExecutor<'_>, filter: &FilterRow<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from events e join organizations o on o.id = e.organization_id and o.deleted_at is null
            where e.visibility = 'PUBLIC' and e.status = 'PUBLISHED'
              and ($6::timestamptz is null or ($6 at time zone e.time_zone)::date <= e.end_date)
              and ($1::date is null or e.end_date >= $1) and ($2::date is null or e.start_date <= $2)
              and ($3::text is null or e.format = $3)
              and ($4::text is null or strpos(lower(e.venue_city), lower($4)) > 0)
              and ($5 = '' or strpos(lower(e.title), lower($5)) > 0 or strpos(lower(e.host_name), lower($5)) > 0)"#,
        filter.from,
        filter.to,
        filter.format,
        filter.city,
        filter.text,
        filter.now
    )
    .fetch_one(db)
    .await
}

pub struct ListedRow {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub status: String,
    pub visibility: String,
}

/// Whose list it is: a MEMBER lists public ones that are not drafts, and those they belong to.
pub struct Lister {
    pub organization: Uuid,
    pub user: Uuid,
    pub sees_all: bool,
}

pub async fn listed(
    db: impl PgExecutor<'_>,
    lister: &Lister,
    filter: &FilterRow<'_>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as!(
        ListedRow,
        "select e.slug, e.title, e.start_date, e.end_date, e.status, e.visibility
           from events e
          where e.organization_id = $1 and e.status <> 'DELETED'
            and ($3 or (e.visibility = 'PUBLIC' and e.status <> 'DRAFT')
                 or exists (select 1 from event_members m
                             where m.event_id = e.id and m.user_id = $2 and m.status = 'ACTIVE'))
            and ($4::date is null or e.end_date >= $4) and ($5::date is null or e.start_date <= $5)
            and ($6::text is null or e.status = $6)
            and ($7 = '' or strpos(lower(e.title), lower($7)) > 0)
          order by e.start_date desc, e.id
          limit $8 offset $9",
        lister.organization,
        lister.user,
        lister.sees_all,
        filter.from,
        filter.to,
        filter.status,
        filter.text,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

pub async fn count_listed(
    db: impl PgExecutor<'_>,
    lister: &Lister,
    filter: &FilterRow<'_>,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from events e
            where e.organization_id = $1 and e.status <> 'DELETED'
              and ($3 or (e.visibility = 'PUBLIC' and e.status <> 'DRAFT')
                   or exists (select 1 from event_members m
                               where m.event_id = e.id and m.user_id = $2 and m.status = 'ACTIVE'))
              and ($4::date is null or e.end_date >= $4) and ($5::date is null or e.start_date <= $5)
              and ($6::text is null or e.status = $6)
              and ($7 = '' or strpos(lower(e.title), lower($7)) > 0)"#,
        lister.organization,
        lister.user,
        lister.sees_all,
        filter.from,
        filter.to,
        filter.status,
        filter.text
    )
    .fetch_one(db)
    .await
}
