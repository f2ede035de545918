//! Texts that no door takes as they come, beside those PostgreSQL can't hold: reading direction overrides in a line,
//! what is far too long, bytes that are no text. Whatever is refused is stored nowhere.

use http::header::{ACCEPT, CONTENT_TYPE, ORIGIN};
use http::{Method, StatusCode};

use super::doors::Scene;
use crate::support::doors::{Door, doors};

/// Stands in every text of these tests and in nothing else.
const MARK: &str = "quagga";

/// Texts of several lines, where people write in any direction; and what is no text to be read: a password, a file
/// whose columns are asked for first.
const ANY_DIRECTION: &[&str] = &[
    "body",
    "bio",
    "event_bio",
    "description",
    "biography",
    "message",
    "text",
    "note",
    "reason",
    "icebreaker",
    "online_note",
    "venue_address",
    "welcome_content",
    "conduct",
    "password",
    "current_password",
    "file",
];

/// Every text of the database that holds the mark, but for pages' own notes of what somebody typed.
pub(super) async fn stored(scene: &Scene) -> Vec<String> {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select c.table_name::text, c.column_name::text
         from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
         where table_schema = 'public' and t.table_type = 'BASE TABLE'
           and c.udt_name in ('text', 'varchar', 'citext', 'json', 'jsonb', '_text')",
    )
    .fetch_all(&scene.app.services.db)
    .await
    .unwrap();
    assert!(columns.len() > 100, "{}", columns.len());
    let mut found = Vec::new();
    for (table, column) in columns {
        let statement = format!("select count(*) from \"{table}\" where \"{column}\"::text ilike '%{MARK}%'");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
            .fetch_one(&scene.app.services.db)
            .await
            .unwrap();
        if rows > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// Sends the text through every field of every door; the outcomes that aren't right, and where it stands afterwards.
async fn sent_everywhere(text: &str, may_pass: impl Fn(&Door, &str) -> bool) -> (Vec<String>, Vec<String>) {
    let scene = Scene::set().await;
    let mut wrong = Vec::new();
    for door in &doors() {
        for field in &door.fields {
            if may_pass(door, field) {
                continue;
            }
            if let Err(found) = scene.outcome(door, field, text).await {
                let found: String = found.chars().take(200).collect();
                wrong.push(format!("{} {field}: {found}", door.endpoint));
            }
        }
    }
    (wrong, stored(&scene).await)
}

#[tokio::test]
async fn a_line_does_not_turn_its_reading_direction() {
    let (wrong, stored) =
        sent_everywhere(&format!("{MARK}\u{202e}gpj.exe"), |_, field| ANY_DIRECTION.contains(&field)).await;
    assert!(wrong.is_empty(), "not refused by name:\n{}", wrong.join("\n"));
    assert!(stored.is_empty(), "stored: {stored:?}");
}

#[tokio::test]
async fn what_is_far_too_long_is_refused_by_name() {
    let text = MARK.repeat(200_000 / MARK.len());
    let (wrong, stored) = sent_everywhere(&text, |_, field| field == "file").await;
    assert!(wrong.is_empty(), "not refused by name:\n{}", wrong.join("\n"));
    assert!(stored.is_empty(), "stored: {stored:?}");
}

#[tokio::test]
async fn bytes_that_are_no_text_are_no_form() {
    let scene = Scene::set().await;
    let mut wrong = Vec::new();
    // Half of a pair that stands for one character elsewhere, a byte of no character, and fields within fields.
    for bad in [format!("{MARK}%ED%A0%80"), format!("{MARK}%FF"), format!("{MARK}&{{}}[a][b][c][d]=1")] {
        for door in &doors() {
            for field in &door.fields {
                let name = field.trim_end_matches("[]");
                let others = scene.fields(door, field, "").into_iter().filter(|(other, _)| other != field);
                let others = others.map(|(other, value)| format!("{other}={}&", encoded(value)));
                let form = format!("{}{field}={}", others.collect::<String>(), bad.replace("{}", name));
                let request = scene
                    .olivia
                    .browser
                    .request(Method::POST, &door.path())
                    .header(ACCEPT, "application/json")
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header(ORIGIN, &scene.olivia.browser.origin)
                    .header("sec-fetch-site", "same-origin")
                    .body(form);
                let answer = scene.olivia.browser.send(request).await;
                if answer.status != StatusCode::UNPROCESSABLE_ENTITY {
                    wrong.push(format!("{} {bad} in {field}: {}", door.endpoint, answer.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "taken as a form:\n{}", wrong.join("\n"));
    let stored = stored(&scene).await;
    assert!(stored.is_empty(), "stored: {stored:?}");
}

fn encoded(value: &str) -> String {
    percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string()
}
