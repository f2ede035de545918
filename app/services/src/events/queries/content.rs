use domain::events::{Faq, Highlight};
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ContentRow {
    pub hero_text: Option<String>,
    pub welcome_title: Option<String>,
    pub welcome_content: Option<String>,
    pub highlights: Json<Vec<Highlight>>,
    pub faqs: Json<Vec<Faq>>,
    pub conduct: Option<String>,
    pub contact_email: Option<String>,
    pub icebreakers: Vec<String>,
    pub waitlisted: i64,
    pub place_in_line: Option<i64>,
    pub version: i32,
}

/// With how many wait, and which of them `viewer` is: first come, first served.
pub async fn content(db: impl PgExecutor<'_>, event: Uuid, viewer: Option<Uuid>) -> sqlx::Result<ContentRow> {
    sqlx::query_as!(
        ContentRow,
        r#"select e.hero_text, e.welcome_title, e.welcome_content, e.highlights as "highlights: Json<Vec<Highlight>>",
                  e.faqs as "faqs: Json<Vec<Faq>>", e.conduct, e.contact_email, e.icebreakers,
                  (select count(*) from event_members m where m.event_id = e.id and m.status = 'WAITLISTED')
                      as "waitlisted!",
                  (select (select count(*) from event_members m
                            where m.event_id = e.id and m.status = 'WAITLISTED'
                              and (m.waitlisted_at, m.user_id) <= (mine.waitlisted_at, mine.user_id))
                     from event_members mine
                    where mine.event_id = e.id and mine.user_id = $2 and mine.status = 'WAITLISTED')
                      as "place_in_line?", e.version
             from events e where e.id = $1"#,
        event,
        viewer
    )
    .fetch_one(db)
    .await
}

/// The texts that are saved together.
pub struct Sections {
    pub hero_text: Option<String>,
    pub welcome_title: Option<String>,
    pub welcome_content: Option<String>,
    pub conduct: Option<String>,
    pub contact_email: Option<String>,
}

/// False when somebody saved a newer version.
pub async fn save_sections(
    tx: &mut PgConnection,
    event: Uuid,
    by: Uuid,
    version: i32,
    sections: &Sections,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update events
            set hero_text = $4, welcome_title = $5, welcome_content = $6, conduct = $7, contact_email = $8,
                version = version + 1, updated_by = $2, updated_at = $9
          where id = $1 and version = $3",
        event,
        by,
        version,
        sections.hero_text,
        sections.welcome_title,
        sections.welcome_content,
        sections.conduct,
        sections.contact_email,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn save_highlights(
    tx: &mut PgConnection,
    event: Uuid,
    by: Uuid,
    highlights: &[Highlight],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update events set highlights = $3, version = version + 1, updated_by = $2, updated_at = $4 where id = $1",
        event,
        by,
        Json(highlights) as _,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn save_faqs(
    tx: &mut PgConnection,
    event: Uuid,
    by: Uuid,
    faqs: &[Faq],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update events set faqs = $3, version = version + 1, updated_by = $2, updated_at = $4 where id = $1",
        event,
        by,
        Json(faqs) as _,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn save_icebreakers(
    tx: &mut PgConnection,
    event: Uuid,
    by: Uuid,
    icebreakers: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update events set icebreakers = $3, version = version + 1, updated_by = $2, updated_at = $4 where id = $1",
        event,
        by,
        icebreakers,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
