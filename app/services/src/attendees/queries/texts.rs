use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct TextsRow {
    pub title: Option<String>,
    pub bio: Option<String>,
    pub is_listed: bool,
    pub version: i32,
}

pub async fn texts(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Option<TextsRow>> {
    sqlx::query_as!(
        TextsRow,
        "select event_title as title, event_bio as bio, show_in_directory as is_listed, texts_version as version
           from event_members where event_id = $1 and user_id = $2 and status = 'ACTIVE'",
        event,
        user
    )
    .fetch_optional(db)
    .await
}

/// What a form about somebody's texts writes.
pub struct NewTexts<'a> {
    pub title: Option<&'a str>,
    pub bio: Option<&'a str>,
    /// Without it the directory switch stays.
    pub is_listed: Option<bool>,
    /// The one the form was opened with.
    pub version: i32,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

/// False when somebody saved a newer version.
pub async fn set_texts(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    new: &NewTexts<'_>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update event_members
            set event_title = $3, event_bio = $4, show_in_directory = coalesce($5, show_in_directory), updated_at = $6,
                texts_version = texts_version + 1, texts_by = $8
          where event_id = $1 and user_id = $2 and texts_version = $7",
        event,
        user,
        new.title,
        new.bio,
        new.is_listed,
        new.now,
        new.version,
        new.by
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub struct TextsEditorRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
}

/// Who saved them last; whose they are, where nobody else did.
pub async fn last_texts_editor(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
) -> sqlx::Result<TextsEditorRow> {
    sqlx::query_as!(
        TextsEditorRow,
        "select u.id, u.first_name, u.last_name
           from event_members m join users u on u.id = coalesce(m.texts_by, m.user_id)
          where m.event_id = $1 and m.user_id = $2",
        event,
        user
    )
    .fetch_one(tx)
    .await
}
