use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct TextsRow {
    pub title: Option<String>,
    pub bio: Option<String>,
    pub is_listed: bool,
}

pub async fn texts(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Option<TextsRow>> {
    sqlx::query_as!(
        TextsRow,
        "select event_title as title, event_bio as bio, show_in_directory as is_listed
           from event_members where event_id = $1 and user_id = $2 and status = 'ACTIVE'",
        event,
        user
    )
    .fetch_optional(db)
    .await
}

/// Without `is_listed` the directory switch stays.
pub async fn set_texts(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    (title, bio): (Option<&str>, Option<&str>),
    is_listed: Option<bool>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update event_members
            set event_title = $3, event_bio = $4, show_in_directory = coalesce($5, show_in_directory), updated_at = $6
          where event_id = $1 and user_id = $2",
        event,
        user,
        title,
        bio,
        is_listed,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
