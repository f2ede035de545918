use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub struct ChosenRow {
    pub kind: String,
    pub in_app: bool,
    pub mail: bool,
    pub push: bool,
}

pub async fn chosen(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<ChosenRow>> {
    sqlx::query_as!(
        ChosenRow,
        "select kind, in_app, mail, push from notification_preferences where user_id = $1 order by kind limit 100",
        user
    )
    .fetch_all(db)
    .await
}

pub async fn of_kind(tx: &mut PgConnection, user: Uuid, kind: &str) -> sqlx::Result<Option<ChosenRow>> {
    sqlx::query_as!(
        ChosenRow,
        "select kind, in_app, mail, push from notification_preferences where user_id = $1 and kind = $2",
        user,
        kind
    )
    .fetch_optional(tx)
    .await
}

/// Nothing for somebody who is gone.
pub async fn version(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!("select notifications_version from users where id = $1", user)
        .fetch_optional(db)
        .await
}

/// False when a newer version was saved meanwhile; locks the person.
pub async fn raise_version(tx: &mut PgConnection, user: Uuid, version: i32) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set notifications_version = notifications_version + 1
          where id = $1 and notifications_version = $2 and state = 'ACTIVE'",
        user,
        version
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn save(
    tx: &mut PgConnection,
    user: Uuid,
    kinds: &[String],
    in_app: &[bool],
    mail: &[bool],
    push: &[bool],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notification_preferences (user_id, kind, in_app, mail, push)
         select $1, n.kind, n.in_app, n.mail, n.push
           from unnest($2::text[], $3::boolean[], $4::boolean[], $5::boolean[]) as n (kind, in_app, mail, push)
         on conflict (user_id, kind)
         do update set in_app = excluded.in_app, mail = excluded.mail, push = excluded.push",
        user,
        kinds,
        in_app,
        mail,
        push
    )
    .execute(tx)
    .await
    .map(drop)
}

/// With what they were told.
pub async fn delete(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "with told as (delete from notifications where user_id = $1)
         delete from notification_preferences where user_id = $1",
        user
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Nothing for somebody who is gone.
pub async fn stop_mail(db: impl PgExecutor<'_>, user: Uuid, kind: &str, in_app: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "with owner as (
             update users set notifications_version = notifications_version + 1 where id = $1 returning id)
         insert into notification_preferences (user_id, kind, in_app, mail)
         select owner.id, $2, $3, false from owner
         on conflict (user_id, kind) do update set mail = false",
        user,
        kind,
        in_app
    )
    .execute(db)
    .await
    .map(drop)
}
