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
    ("text", "Some words"),
    ("icebreaker", "Coffee?"),
    ("connection", NOBODY),
    ("kind", "PRESENTATION"),
    ("streaming/save_credentials kind", "MUX_TOKEN"),
    ("streaming/remove_credentials kind", "MUX_TOKEN"),
    ("agenda/add_speaker role", "SPEAKER"),
    ("agenda/change_speaker_role role", "SPEAKER"),
    ("accounts/override_privacy version", "0"),
    ("file", "Title,Start,End\nTalk,2026-09-24 10:00,2026-09-24 11:00"),
    ("invitations/preview file", ""),
    ("profanity_mode", "OFF"),
    ("session_status_mode", "CLOCK"),
    ("auto_archive_days", "30"),
    ("attendees/add role", "ATTENDEE"),
    ("attendees/change_role role", "SPEAKER"),
    ("attendees/change_roles role", "SPEAKER"),
    ("invitations/accept token", ""),
    ("invitations/decline token", ""),
    ("events/add_entry list", "highlights"),
    ("streaming/save_credentials id", "abc"),
    ("streaming/save_credentials secret", "not a key"),
    ("streaming/save_stream platform", "ZOOM"),
    ("streaming/save_stream value", "https://zoom.us/j/123456789"),
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
    ("moderation/report kind", "PERSON"),
    ("moderation/report reason", "HATE"),
    ("moderation/mute reason", "Too loud"),
    ("moderation/answer reason", "Too loud"),
    ("verdict", "MUTE"),
    ("duration", "HOUR"),
    ("approve", "yes"),
    ("chat/create_room kind", "GLOBAL"),
    ("emoji", "👍"),
    ("open", "yes"),
    ("seconds", "30"),
];

/// Names of things and links: what there is not is hidden.
const HIDDEN: &[&str] = &[
    "event",
    "organization",
    "session",
    "room",
    "message",
    "sponsor",
    "tier",
    "track",
    "venue_room",
    "user",
    "invitation",
    "device",
    "deleted",
    "target",
    "list",
    "token",
    "picture",
    "after",
    "member",
    "kind",
    "report",
    "warning",
    "notification",
    "person",
    "connection",
    "conversation",
    "message",
];

/// Numbers, and the key of a form: whoever sends something else has no form of ours.
const OF_FORMS: &[&str] = &["seq", "before_seq", "at", "version", "form_key"];

/// Read and never kept: switches that are on or off, ways back, and what is looked for.
const READ_ONLY: &[&str] = &[
    "next",
    "search",
    "show_public_email",
    "show_company",
    "show_bio",
    "show_presence",
    "send_read_receipts",
    "hold_agenda_changes",
    "from_events",
    "listed",
    "back",
    "column",
    "mux_policy",
    "seen_role",
    "muted",
];

/// Read and never kept on these doors alone.
const READ_ONLY_HERE: &[&str] = &[
    // Whatever is typed is a wrong password, or as weak as it is.
    "accounts/sign_in email",
    "accounts/sign_in password",
    "accounts/come_back email",
    "accounts/come_back password",
    "accounts/estimate_password password",
    "accounts/estimate_password first_name",
    "accounts/estimate_password last_name",
    "accounts/estimate_password email",
    "accounts/estimate_password token",
    // The room says where it belongs; the event is the way back.
    "chat/post_message event",
    "chat/mark_room_read event",
    "chat/edit_message event",
    "chat/delete_message event",
    "chat/restore_message event",
    "chat/react event",
    // Checks one without saving it.
    "agenda/check_session version",
    "agenda/check_session form_key",
    // Each address is refused in its row.
    "invitations/preview addresses",
    "invitations/send addresses",
    // There is no such entry: that is said before its words are read.
    "events/save_entry title",
    "events/save_entry text",
    "events/save_entry icon",
    "events/shift_entry shift",
    // It is too early to mark anybody; and the name of the organization is asked for first.
    "attending/mark user",
    "organizations/transfer_ownership user",
    // There is no such message: that is said before the answer is read.
    "moderation/review approve",
    // Keys of this kind have none.
    "streaming/save_credentials application_id",
    // Own words count before a suggestion.
    "connections/request suggestion",
    // Nobody is named by it: the order starts with this one.
    "agenda/move_speaker after",
];

pub(super) struct Scene {
    pub(super) app: TestApp,
    pub(super) olivia: crate::support::Member,
    mia: String,
    /// Nothing is done to her.
    nora: String,
    invitation: String,
    invited: String,
    reset: String,
    event: String,
    room: String,
    /// One to go on with, and one to delete.
    messages: [String; 2],
    sponsor: String,
    tier: String,
    agenda: AgendaPlace,
    report: String,
    conversation: String,
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
        let conversation = app.conversation(&olivia, &mia).await.to_string();
        let invited = app.invite(&olivia, "organizations/atria-test", "dan@example.org", "MEMBER").await;
        let invitation = app.invitation_of("dan@example.org").await;
        app.browser().submit("/api/accounts/forgot_password", &[("email", &mia.email)]).await;
        let reset = app.inbox.token_for(&mia.email, "reset").await;
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
            app,
            olivia,
            event,
            room,
            messages,
            sponsor,
            tier,
            agenda,
            report,
            conversation,
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
            "token" => &self.invited,
            "event" => &self.event,
            "report" => &self.report,
            "target" if door.endpoint == "moderation/report" => &self.nora,
            "room" => &self.room,
            "message" if door.endpoint.starts_with("conversations/") => NOBODY,
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

    /// What one bad field comes to, all others being good.
    pub(super) async fn outcome(&self, door: &Door, bad: &str, text: &str) -> Result<(), String> {
        let answer = self.olivia.browser.call(&door.path(), &self.fields(door, bad, text)).await;
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
