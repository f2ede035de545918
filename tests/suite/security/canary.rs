//! Two organizations full of unique strings: nothing the other's people can reach contains one.

use domain::chat::RoomKind;
use domain::realtime::Topic;
use http::StatusCode;

use crate::guards::access_matrix;
use crate::support::{EventForm, Member, TestApp};

/// In every text of one tenant, and nowhere else.
const CANARY: &str = "Zanzibar";

struct Cage {
    app: TestApp,
    /// Owns an organization with an event of her own.
    olivia: Member,
    /// Owns the one that is full of canaries.
    zoe: Member,
    event: String,
    foreign: String,
    room: String,
    invitation: String,
    token: String,
}

impl Cage {
    async fn build() -> Self {
        let app = TestApp::start().await;
        let (olivia, zoe) = (app.person("Olivia").await, app.person(CANARY).await);
        let event = app.published(&olivia).await;
        let organization = app.organization(&zoe, &format!("{CANARY} Club")).await;
        let text = |what: &str| format!("{CANARY} {what}");
        let (description, sender) = (text("description"), text("sender"));
        let settings = [
            ("organization", organization.as_str()),
            ("version", "1"),
            ("name", &text("Club")),
            ("slug", &organization),
            ("description", &description),
            ("website", "https://zanzibar.example/"),
            ("contact_email", "club@zanzibar.example"),
            ("mail_from_name", &sender),
        ];
        let saved = zoe.browser.status("/api/organizations/save_settings", &settings).await;
        assert_eq!(saved, StatusCode::OK);
        let (title, bio) = (text("title"), text("bio"));
        let profile = [
            ("version", "1"),
            ("first_name", CANARY),
            ("last_name", "Test"),
            ("title", &title),
            ("company", &sender),
            ("bio", &bio),
            ("website", "https://zanzibar.example/me"),
        ];
        assert_eq!(zoe.browser.status("/api/accounts/save_profile", &profile).await, StatusCode::OK);
        let mut form = EventForm::default();
        form.0.title = text("Days");
        form.0.description = text("event");
        form.0.host_name = text("host");
        form.0.online_note = text("note");
        form.0.visibility = "PRIVATE".to_owned();
        let foreign = app.draft(&zoe, &organization, form).await;
        let published = zoe.browser.status("/api/events/publish", &[("event", &foreign)]).await;
        assert_eq!(published, StatusCode::OK);
        let room = app.room(&zoe, &foreign, RoomKind::Global).await;
        app.post(&zoe, room, &text("message")).await;
        let token = app
            .invite(&zoe, &format!("organizations/{organization}"), "someone@zanzibar.example", "ADMIN")
            .await;
        let invitation = app.invitation_of("someone@zanzibar.example").await;
        Self { app, olivia, zoe, event, foreign, room: room.to_string(), invitation, token }
    }

    /// Every page, with the ids of the caged tenant, with the own ids, and with both mixed.
    fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for (organization, event) in
            [("zanzibar-club", &self.foreign), ("atria-test", &self.event), ("zanzibar-club", &self.event)]
        {
            for pattern in access_matrix::pages() {
                let path = pattern
                    .replace("{organization}", organization)
                    .replace("{event}", event)
                    .replace("{room}", &self.room)
                    .replace("{mail}", "00000000-0000-0000-0000-000000000001")
                    .replace("{token}", "no-such-token");
                paths.push(path);
            }
        }
        for search in ["?search=Zanz", "?search=zanzibar.example", "?cursor=Zanzibar", "?page=2"] {
            for list in ["members", "invitations", "audit"] {
                paths.push(format!("/organizations/atria-test/{list}{search}"));
            }
            paths.push(format!("/events{search}"));
        }
        paths
    }

    /// Fields with every id of the caged tenant under every name a call has for one.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let target = format!("events/{}", self.foreign);
        vec![
            ("organization", "zanzibar-club".to_owned()),
            ("event", self.foreign.clone()),
            ("room", self.room.clone()),
            ("invitation", self.invitation.clone()),
            ("target", target),
            ("user", self.zoe.signed_in.user.to_string()),
            ("email", self.zoe.email.clone()),
            ("device", self.zoe.signed_in.login_session.to_string()),
            ("token", "no-such-token".to_owned()),
            ("client_message_id", "00000000-0000-0000-0000-000000000001".to_owned()),
            ("before_seq", "100".to_owned()),
            ("seq", "1".to_owned()),
            ("version", "1".to_owned()),
            ("role", "ADMIN".to_owned()),
            ("body", "Hello".to_owned()),
        ]
    }
}

/// What was asked for comes back: addresses in links to the sign-in page, the typed text of a search.
fn is_clean(body: &str) -> bool {
    let typed = [
        "zanzibar-days",
        "zanzibar-club",
        "value=\"zanzibar.example\"",
        "search=zanzibar.example",
        "search%3dzanzibar.example",
        "cursor%3dzanzibar",
    ];
    let left = typed.into_iter().fold(body.to_lowercase(), |body, typed| body.replace(typed, ""));
    !left.contains("zanzibar")
}

#[tokio::test]
async fn nothing_of_another_tenant_is_on_any_page() {
    let cage = Cage::build().await;
    let mut seen_by_its_own = 0;
    for path in cage.paths() {
        let visitors = [&cage.olivia.browser, &cage.app.browser()];
        for visitor in visitors {
            let answer = visitor.get(&path).await;
            assert!(is_clean(&answer.body), "{path} ({}): {}", answer.status, answer.body);
        }
        let own = cage.zoe.browser.get(&path).await;
        seen_by_its_own +=
            usize::from(own.body.contains(&format!("{CANARY} Days")) || own.body.contains("Club"));
    }
    assert!(seen_by_its_own > 20, "the strings are there for those they belong to: {seen_by_its_own} pages");
}

#[tokio::test]
async fn nothing_of_another_tenant_is_in_any_answer_or_frame() {
    let cage = Cage::build().await;
    let room: domain::ids::ChatRoomId = cage.room.parse().unwrap();
    let mut socket = cage.olivia.browser.socket().await;
    for topic in [Topic::Room(room), Topic::User(cage.zoe.signed_in.user)] {
        let refused = socket.subscribe(topic, Some(0)).await;
        assert!(matches!(refused, domain::realtime::ServerFrame::Refused { .. }), "{refused:?}");
    }
    let fields = cage.fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for path in access_matrix::calls() {
        for visitor in [&cage.olivia.browser, &cage.app.browser()] {
            let answer = visitor.call_with_known(path, &fields).await;
            assert!(!answer.body.contains(CANARY), "{path} ({}): {}", answer.status, answer.body);
        }
    }
    cage.app.post(&cage.zoe, room, &format!("{CANARY} once more")).await;
    socket.is_quiet().await;
    let own = cage.zoe.browser.call_with_known("/api/chat/older_messages", &fields).await;
    assert!(own.body.contains(CANARY), "its own people get it: {}", own.body);
}

#[tokio::test]
async fn nothing_of_another_tenant_is_in_an_export() {
    let cage = Cage::build().await;
    for (person, expected) in [(&cage.olivia, false), (&cage.zoe, true)] {
        let asked = person.browser.status("/api/accounts/request_export", &[]).await;
        assert_eq!(asked, StatusCode::OK);
        services::accounts::prepare_exports(&cage.app.services).await.unwrap();
        let page = person.browser.get("/settings/account").await.html();
        let links = page.attributes("a[href*='/export/']", "href");
        let file = person.browser.get(links.first().expect("a finished export")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.body.contains(CANARY), expected, "{}", file.body);
        let thief = if expected { &cage.olivia } else { &cage.zoe };
        assert_eq!(
            thief.browser.get(&links[0]).await.status,
            StatusCode::NOT_FOUND,
            "only its owner gets it"
        );
    }
}

#[tokio::test]
async fn the_link_of_an_invitation_tells_its_one_thing_and_only_to_its_holder() {
    let cage = Cage::build().await;
    let page = cage.app.browser().get(&format!("/invitations/{}", cage.token)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("{CANARY} Club")), "what one is invited to");
    for hidden in ["description", "bio", "message", "Days", "contact", "club@"] {
        assert!(!page.body.contains(&format!("{CANARY} {hidden}")), "{hidden}");
    }
    assert!(!page.body.contains("club@zanzibar.example"));
    let wrong_account = cage.olivia.browser.get(&format!("/invitations/{}", cage.token)).await;
    assert_eq!(wrong_account.status, StatusCode::FORBIDDEN);
}
