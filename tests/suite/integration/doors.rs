//! Through every door of the program: what can't be stored, one field at a time.

use domain::AppError;
use domain::chat::RoomKind;
use http::StatusCode;

use crate::support::doors::{Door, doors};
use crate::support::{AgendaPlace, TestApp};

/// No text field may hold it, and PostgreSQL can't.
const BAD: &str = "a\0b";
const NOBODY: &str = "00000000-0000-0000-0000-000000000001";

/// Good values by field; what is not named here may be left empty.
const GOOD: &[(&str, &str)] = &[
    ("organization", "atria-test"),
    ("list", "faqs"),
    ("version", "1"),
    ("first_name", "Ada"),
    ("last_name", "Okafor"),
    ("email", "new@example.org"),
    ("password", "seven-velvet-tr0mbones"),
    ("current_password", crate::support::cast::PASSWORD),
    ("title", "A good title"),
    ("name", "A good name"),
    ("body", "Hello"),
    ("start_date", "2026-09-24"),
    ("end_date", "2026-09-25"),
    ("starts_at", "2026-09-24T10:00"),
    ("ends_at", "2026-09-24T11:00"),
    ("time_zone", "Europe/Berlin"),
    ("default_time_zone", "Europe/Berlin"),
    ("host_name", "Atria Test"),
    ("format", "VIRTUAL"),
    ("visibility", "PUBLIC"),
    ("event_type", "CONFERENCE"),
    ("email_visibility", "ORGANIZERS_ONLY"),
    ("connection_requests", "NONE"),
    ("social_links", "HIDDEN"),
    ("place", "SIGN_UP"),
    ("role", "MEMBER"),
    ("target", "organizations/atria-test"),
    ("addresses", "new@example.org"),
    ("colour", "#336699"),
    ("accent_color", "#336699"),
    ("status", "LIVE"),
    ("mode", "check"),
    ("picture", "logo"),
    ("starred", "yes"),
    ("present", "yes"),
    ("client_message_id", NOBODY),
    ("form_key", NOBODY),
    ("seq", "1"),
    ("before_seq", "1"),
    ("at", "1"),
];

struct Scene {
    app: TestApp,
    olivia: crate::support::Member,
    event: String,
    room: String,
    sponsor: String,
    tier: String,
    agenda: AgendaPlace,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        let room = app.room(&olivia, &event, RoomKind::Global).await.to_string();
        let sponsor = app.sponsor(&olivia, &event, None, "Acme").await.to_string();
        let tier = app.sponsor_tier(&olivia, &event, "Gold").await.to_string();
        let agenda = app.agenda_place(&olivia, &event).await;
        Self { app, olivia, event, room, sponsor, tier, agenda }
    }

    fn good(&self, field: &str) -> &str {
        match field {
            "event" => &self.event,
            "room" => &self.room,
            "sponsor" => &self.sponsor,
            "tier" => &self.tier,
            "session" => &self.agenda.session,
            "venue_room" => &self.agenda.venue_room,
            "track" => &self.agenda.track,
            "speaker" => &self.agenda.speaker,
            _ => GOOD.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value),
        }
    }

    /// What one bad field comes to, all others being good.
    async fn outcome(&self, door: &Door, bad: &str) -> Result<(), String> {
        let value = |field: &'_ str| if field == bad { BAD.to_owned() } else { self.good(field).to_owned() };
        let fields: Vec<(String, String)> =
            door.fields.iter().map(|field| (field.clone(), value(field))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let answer = self.olivia.browser.call(&door.path(), &fields).await;
        let name = bad.trim_end_matches("[]");
        match serde_json::from_str(&answer.body) {
            Ok(AppError::Invalid(errors)) if errors.get(name).is_some() => Ok(()),
            _ => Err(format!("{} {}", answer.status.as_u16(), answer.body)),
        }
    }
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_on_every_door() {
    let scene = Scene::set().await;
    let doors = doors();
    assert_eq!(doors.len(), server_fn::axum::server_fn_paths().count(), "the sources name every function");
    let mut wrong = Vec::new();
    for door in &doors {
        for field in &door.fields {
            if let Err(found) = scene.outcome(door, field).await {
                wrong.push(format!("{} {field}: {found}", door.endpoint));
            }
        }
    }
    assert!(wrong.is_empty(), "not refused by name:\n{}", wrong.join("\n"));
    for path in [
        "/events/a%00b",
        "/organizations/%00",
        "/events/%F0%9F%8F%AE",
        "/events/rust-day/rooms/%00",
        "/verify/%00",
    ] {
        let status = scene.olivia.browser.get(path).await.status;
        assert!(status == StatusCode::NOT_FOUND || status == StatusCode::GONE, "{path}: {status}");
    }
    assert_eq!(scene.olivia.browser.get(&format!("/events/{}", scene.event)).await.status, StatusCode::OK);
    drop(scene.app);
}
