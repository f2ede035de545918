use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub(super) struct ChosenRow {
    pub kind: String,
    pub in_app: bool,
    pub mail: bool,
}

pub(super) async fn chosen(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<ChosenRow>> {
    sqlx::query_as!(
        ChosenRow,
        "select kind, in_app, mail from notification_preferences where user_id = $1 order by kind limit 100",
        user
    )
    .fetch_all(db)
    .await
}

pub(super) async fn of_kind(
    tx: &mut PgConnection,
    user: Uuid,
    kind: &str,
) -> sqlx::Result<Option<ChosenRow>> {
    sqlx::query_as!(
        ChosenRow,
        "select kind, in_app, mail from notification_preferences where user_id = $1 and kind = $2",
        user,
        kind
    )
    .fetch_optional(tx)
    .await
}

pub(super) async fn save(
    db: impl PgExecutor<'_>,
    user: Uuid,
    kinds: &[String],
    in_app: &[bool],
    mail: &[bool],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notification_preferences (user_id, kind, in_app, mail)
         select $1, n.kind, n.in_app, n.mail
           from unnest($2::text[], $3::boolean[], $4::boolean[]) as n (kind, in_app, mail)
         on conflict (user_id, kind) do update set in_app = excluded.in_app, mail = excluded.mail",
        user,
        kinds,
        in_app,
        mail
    )
    .execute(db)
    .await
    .map(drop)
}

pub(super) async fn delete(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from notification_preferences where user_id = $1", user).execute(tx).await.map(drop)
}

/// Nothing for somebody who is gone.
pub(super) async fn stop_mail(
    db: impl PgExecutor<'_>,
    user: Uuid,
    kind: &str,
    in_app: bool,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notification_preferences (user_id, kind, in_app, mail)
         select u.id, $2, $3, false from users u where u.id = $1
         on conflict (user_id, kind) do update set mail = false",
        user,
        kind,
        in_app
    )
    .execute(db)
    .await
    .map(drop)
}
