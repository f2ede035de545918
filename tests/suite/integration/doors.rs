//! Through every door of the program: what can't be stored, one field at a time.

mod values;

use domain::AppError;
use domain::chat::RoomKind;
use http::StatusCode;

use self::values::{GOOD, HIDDEN, OF_FORMS, READ_ONLY, READ_ONLY_HERE};
use crate::support::cast::PASSWORD;
use crate::support::doors::{Door, doors};
use crate::support::{AgendaPlace, Answer, TestApp};

/// No text field may hold it, and PostgreSQL can't.
const BAD: &str = "a\0b";

/// An event with one of everything, and who may do all of it.
pub(super) struct Scene {
    pub(super) app: TestApp,
    pub(super) olivia: crate::support::Member,
    mia: String,
    /// Nothing is done to her.
    nora: String,
    invitation: String,
    invited: String,
    reset: String,
    /// Of a sign-up in another browser, which nobody confirms.
    sign_up: String,
    event: String,
    room: String,
    /// One to go on with, and one to delete.
    messages: [String; 2],
    sponsor: String,
    tier: String,
    agenda: AgendaPlace,
    report: String,
    conversation: String,
    /// As `messages`, between two.
    direct_messages: [String; 2],
}

impl Scene {
    pub(super) async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        let room = app.room(&olivia, &event, RoomKind::Global).await;
        let messages = [app.post(&olivia, room, "One").await, app.post(&olivia, room, "Two").await];
        let (room, messages) = (room.to_string(), messages.map(|message| message.id.to_string()));
        let sponsor = app.sponsor(&olivia, &event, None, "Acme").await.to_string();
        let tier = app.sponsor_tier(&olivia, &event, "Gold").await.to_string();
        let agenda = app.agenda_place(&olivia, &event).await;
        let mia = app.person("Mia").await;
        app.join_organization("atria-test", &mia, "MEMBER").await;
        app.join_event(&event, &mia, "ATTENDEE", "ACTIVE").await;
        app.connect(&olivia, &mia, &event).await;
        let conversation = app.conversation(&olivia, &mia).await;
        let direct =
            [app.write(&olivia, conversation, "One").await, app.write(&olivia, conversation, "Two").await];
        let direct_messages = direct.map(|message| message.id.to_string());
        let invited = app.invite(&olivia, "organizations/atria-test", "dan@example.org", "MEMBER").await;
        let invitation = app.invitation_of("dan@example.org").await;
        app.browser().submit("/api/accounts/forgot_password", &[("email", &mia.email)]).await;
        let reset = app.inbox.token_for(&mia.email, "reset").await;
        let pending = [("first_name", "Pia"), ("email", "pia@example.org"), ("password", PASSWORD)];
        app.browser().submit("/api/accounts/sign_up", &pending).await;
        let sign_up = app.inbox.token_for("pia@example.org", "verify").await;
        let nora = app.person("Nora").await;
        app.join_event(&event, &nora, "ATTENDEE", "ACTIVE").await;
        let report = app.report_about(&event, nora.signed_in.user.get(), mia.signed_in.user.get(), "").await;
        let mia = mia.signed_in.user.to_string();
        Self {
            mia,
            nora: nora.signed_in.user.to_string(),
            invitation,
            invited,
            reset,
            sign_up,
            app,
            olivia,
            event,
            room,
            messages,
            sponsor,
            tier,
            agenda,
            report,
            conversation: conversation.to_string(),
            direct_messages,
        }
    }

    fn good(&self, door: &Door, field: &str) -> &str {
        let here = format!("{} {field}", door.endpoint);
        if let Some((_, value)) = GOOD.iter().find(|(name, _)| *name == here) {
            return value;
        }
        match field {
            "user" | "member" | "person" => &self.mia,
            "conversation" => &self.conversation,
            "invitation" => &self.invitation,
            "token" if door.endpoint == "accounts/reset_password" => &self.reset,
            "token" if door.endpoint == "accounts/confirm_address" => &self.sign_up,
            "token" => &self.invited,
            "event" => &self.event,
            "report" => &self.report,
            "target" if door.endpoint == "moderation/report" => &self.nora,
            "room" => &self.room,
            "message" if door.endpoint == "conversations/delete_message" => &self.direct_messages[1],
            "message" if door.endpoint.starts_with("conversations/") => &self.direct_messages[0],
            "message" if door.endpoint == "chat/delete_message" => &self.messages[1],
            "message" => &self.messages[0],
            "sponsor" => &self.sponsor,
            "tier" => &self.tier,
            "session" => &self.agenda.session,
            "venue_room" => &self.agenda.venue_room,
            "track" => &self.agenda.track,
            "speaker" => &self.agenda.speaker,
            _ => GOOD.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value),
        }
    }

    /// What is sent through a door: one bad field, all others being good.
    pub(super) fn fields<'a>(&'a self, door: &'a Door, bad: &str, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let value = |field: &'a str| if field == bad { text } else { self.good(door, field) };
        // A list without anything on it posts nothing.
        let is_sent = |field: &&String| *field == bad || !field.ends_with("[]");
        door.fields.iter().filter(is_sent).map(|field| (field.as_str(), value(field))).collect()
    }

    /// The answer to one bad field, all others being good.
    pub(super) async fn sent(&self, door: &Door, bad: &str, text: &str) -> Answer {
        let fields = self.fields(door, bad, text);
        // Whoever is signed in makes no account by a link.
        let is_strangers = door.endpoint == "invitations/join";
        let browser = if is_strangers { &self.app.browser() } else { &self.olivia.browser };
        browser.call(&door.path(), &fields).await
    }

    /// What one bad field comes to, all others being good.
    pub(super) async fn outcome(&self, door: &Door, bad: &str, text: &str) -> Result<(), String> {
        let answer = self.sent(door, bad, text).await;
        let name = bad.trim_end_matches("[]");
        let errors = match serde_json::from_str(&answer.body) {
            Ok(AppError::Invalid(errors)) => errors,
            Ok(_) | Err(_) => domain::FieldErrors::default(),
        };
        let here = format!("{} {bad}", door.endpoint);
        let hidden = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::GONE);
        let is_right = if READ_ONLY.contains(&bad) || READ_ONLY_HERE.contains(&&*here) {
            !answer.status.is_server_error()
        } else if OF_FORMS.contains(&bad) {
            errors.get(name).is_some() || errors.get("form").is_some()
        } else {
            errors.get(name).is_some() || (hidden && HIDDEN.contains(&bad))
        };
        if is_right { Ok(()) } else { Err(format!("{} {}", answer.status.as_u16(), answer.body)) }
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
            if let Err(found) = scene.outcome(door, field, BAD).await {
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
