use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ViewRow {
    pub id: Uuid,
    pub name: String,
    pub search: String,
    pub role: Option<String>,
    pub view: String,
    pub sort: String,
}

pub async fn views(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Vec<ViewRow>> {
    sqlx::query_as!(
        ViewRow,
        "select id, name, search, role, view, sort from people_views
          where event_id = $1 and user_id = $2
          order by lower(name), id
          limit 100",
        event,
        user
    )
    .fetch_all(db)
    .await
}

/// One of a person's, in any event.
pub struct OwnViewRow {
    pub event_title: String,
    pub event_slug: String,
    pub name: String,
    pub search: String,
    pub role: Option<String>,
    pub view: String,
    pub sort: String,
}

/// At most 10,000, by event and name.
pub async fn views_of_user(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnViewRow>> {
    sqlx::query_as!(
        OwnViewRow,
        "select e.title as event_title, e.slug as event_slug, v.name, v.search, v.role, v.view, v.sort
           from people_views v join events e on e.id = v.event_id
          where v.user_id = $1
          order by v.event_id, lower(v.name), v.id
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}

pub struct NewView<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub user: Uuid,
    pub name: &'a str,
    pub search: &'a str,
    pub role: Option<&'a str>,
    pub view: &'a str,
    pub sort: &'a str,
    pub now: OffsetDateTime,
}

/// In the place of the one with this name.
pub async fn save_view(tx: &mut PgConnection, new: &NewView<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into people_views (id, event_id, user_id, name, search, role, view, sort, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (event_id, user_id, lower(name)) do update
            set name = excluded.name, search = excluded.search, role = excluded.role, view = excluded.view,
                sort = excluded.sort",
        new.id,
        new.event,
        new.user,
        new.name,
        new.search,
        new.role,
        new.view,
        new.sort,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn count_views(tx: &mut PgConnection, event: Uuid, user: Uuid) -> sqlx::Result<usize> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from people_views where event_id = $1 and user_id = $2"#,
        event,
        user
    )
    .fetch_one(tx)
    .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

pub async fn delete_view(db: impl PgExecutor<'_>, event: Uuid, user: Uuid, view: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from people_views where id = $3 and event_id = $1 and user_id = $2",
        event,
        user,
        view
    )
    .execute(db)
    .await
    .map(drop)
}

/// All of one person, whichever event they are of.
pub async fn delete_views_of(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from people_views where user_id = $1", user).execute(tx).await.map(drop)
}
