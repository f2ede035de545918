//! Text that would go on as a statement where SQL is put together from text: every field takes it for what it is, or
//! refuses it.

use super::door_texts::stored;
use super::doors::Scene;
use crate::support::doors::doors;

const STATEMENT: &str = "quagga' or 1=1; --";

/// Doors that make a person, an organization or an event: one at most, whatever is typed.
const CREATING: &[&str] = &[
    "accounts/sign_up",
    "events/create",
    "events/duplicate",
    "invitations/invite",
    "invitations/send",
    "organizations/create",
];

/// Doors that end what the others are about: they come last.
const ENDING: &[&str] = &["attendees/ban", "events/cancel", "organizations/remove_member"];

/// How many people, organizations and events there are.
async fn rows(scene: &Scene) -> [i64; 3] {
    let counts = "select (select count(*) from users), (select count(*) from organizations),
                         (select count(*) from events)";
    let counts: (i64, i64, i64) = sqlx::query_as(counts).fetch_one(&scene.app.services.db).await.unwrap();
    counts.into()
}

#[tokio::test]
async fn a_field_is_text_whatever_statement_it_looks_like() {
    let scene = Scene::set().await;
    let mut doors = doors();
    doors.sort_by_key(|door| ENDING.contains(&&*door.endpoint));
    let mut wrong = Vec::new();
    for door in &doors {
        for field in &door.fields {
            let before = rows(&scene).await;
            let answer = scene.sent(door, field, STATEMENT).await;
            if answer.status.is_server_error() {
                wrong.push(format!("{} {field}: {} {}", door.endpoint, answer.status, answer.body));
            }
            let after = rows(&scene).await;
            let made: Vec<i64> = before.iter().zip(after).map(|(before, after)| after - before).collect();
            let may_make = i64::from(CREATING.contains(&&*door.endpoint));
            if made.iter().any(|made| !(0..=may_make).contains(made)) {
                wrong.push(format!("{} {field}: people, organizations, events {made:?}", door.endpoint));
            }
        }
    }
    assert!(wrong.is_empty(), "not taken as text:\n{}", wrong.join("\n"));
    assert!(scene.olivia.browser.is_signed_in().await, "to the last of them");
    let stored = stored(&scene).await;
    for kept in ["organizations.name", "events.title", "chat_messages.body", "users.first_name"] {
        assert!(stored.iter().any(|column| column == kept), "{kept} holds it as it was typed: {stored:?}");
    }
}
