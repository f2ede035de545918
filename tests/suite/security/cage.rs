//! Two organizations, each full of its own strings, and what their addresses and calls are made of.

use domain::agenda::SessionSpeakerRole;
use domain::chat::RoomKind;
use http::StatusCode;
use services::{agenda, connections};

use crate::guards::access_matrix;
use crate::support::{EventForm, Member, TestApp};

/// In every text of one tenant, and nowhere else.
pub(super) const CANARY: &str = "Zanzibar";
const NOBODY: &str = "00000000-0000-0000-0000-000000000001";

/// What one tenant's addresses and calls are made of.
pub(super) struct Ids {
    pub(super) organization: String,
    pub(super) event: String,
    pub(super) room: String,
    pub(super) message: String,
    pub(super) sponsor: String,
    pub(super) tier: String,
    pub(super) session: String,
    pub(super) venue_room: String,
    pub(super) track: String,
    pub(super) invitation: String,
    pub(super) user: String,
    pub(super) connection: String,
    pub(super) email: String,
    pub(super) device: String,
    pub(super) report: String,
    pub(super) conversation: String,
    pub(super) direct_message: String,
    /// The other one in the conversation.
    pub(super) person: String,
}

pub(super) struct Cage {
    pub(super) app: TestApp,
    /// Owns an organization with an event of her own.
    pub(super) olivia: Member,
    /// Owns the one that is full of canaries.
    pub(super) zoe: Member,
    pub(super) own: Ids,
    pub(super) foreign: Ids,
    /// Of the invitation to the caged organization.
    pub(super) token: String,
}

impl Cage {
    pub(super) async fn build() -> Self {
        let app = TestApp::start().await;
        let (olivia, zoe) = (app.person("Olivia").await, app.person(CANARY).await);
        let event = app.published(&olivia).await;
        let (own, _) = ids(&app, &olivia, "atria-test", &event, "Own").await;
        // Her own login session is hers to end, and the tests go on with it.
        let own = Ids { device: NOBODY.to_owned(), ..own };
        let organization = app.organization(&zoe, &format!("{CANARY} Club")).await;
        describe(&zoe, &organization).await;
        let caged = caged_event(&app, &zoe, &organization).await;
        let (foreign, token) = ids(&app, &zoe, &organization, &caged, CANARY).await;
        let room = foreign.room.parse().unwrap();
        app.post(&zoe, room, &format!("{CANARY} message")).await;
        Self { app, olivia, zoe, own, foreign, token }
    }

    /// Whose organization and event, and whose things in them: the other tenant's, the own, and both ways mixed.
    pub(super) fn mixtures(&self) -> [(&Ids, &Ids); 4] {
        let (own, foreign) = (&self.own, &self.foreign);
        [(foreign, foreign), (own, own), (own, foreign), (foreign, own)]
    }

    /// Every page and file.
    pub(super) fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        let files = self.app.endpoints.iter().filter(|endpoint| endpoint.method == http::Method::GET);
        let files = files.map(|endpoint| endpoint.path.to_owned()).filter(|path| path != "/ws");
        let patterns: Vec<String> = access_matrix::pages().into_iter().chain(files).collect();
        for (place, things) in self.mixtures() {
            paths.extend(patterns.iter().map(|pattern| path(pattern, place, things)));
        }
        paths.push(path("/organizations/{organization}/events/new", &self.foreign, &self.own));
        for search in ["?search=Zanz", "?search=zanzibar.example", "?cursor=Zanzibar", "?page=2"] {
            for list in ["members", "invitations", "audit"] {
                paths.push(format!("/organizations/atria-test/{list}{search}"));
            }
            paths.push(format!("/events{search}"));
        }
        paths
    }
}

pub(super) fn path(pattern: &str, place: &Ids, things: &Ids) -> String {
    let names = [
        ("{organization}", &*place.organization),
        ("{event}", &place.event),
        ("{room}", &things.room),
        ("{message}", if pattern.starts_with("/inbox/") { &things.direct_message } else { &things.message }),
        ("{sponsor}", &things.sponsor),
        ("{tier}", &things.tier),
        ("{session}", &things.session),
        ("{venue_room}", &things.venue_room),
        ("{track}", &things.track),
        ("{speaker}", &things.user),
        ("{user}", &things.user),
        ("{member}", &things.user),
        ("{person}", &things.user),
        ("{conversation}", &things.conversation),
        ("{list}", "faqs"),
        ("{mail}", NOBODY),
        ("{file}", NOBODY),
        ("{id}", NOBODY),
        ("{hash}", "0000000000000000"),
        ("{name}", "96.webp"),
        ("{token}", "no-such-token"),
    ];
    let path = names.into_iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "{path}: every name of a path has a value");
    path
}

/// Every id under every name a call has for one.
pub(super) fn fields(place: &Ids, things: &Ids) -> Vec<(&'static str, String)> {
    let target = format!("events/{}", place.event);
    [
        ("organization", &*place.organization),
        ("event", &place.event),
        ("target", &target),
        ("room", &things.room),
        ("message", &things.message),
        ("reply_to", &things.message),
        ("emoji", "👍"),
        ("sponsor", &things.sponsor),
        ("tier", &things.tier),
        ("session", &things.session),
        ("venue_room", &things.venue_room),
        ("track", &things.track),
        ("speaker", &things.user),
        ("invitation", &things.invitation),
        ("user", &things.user),
        ("member", &things.user),
        ("members", &things.user),
        ("connection", &things.connection),
        ("icebreaker", "Coffee?"),
        ("email", &things.email),
        ("device", &things.device),
        ("report", &things.report),
        ("warning", NOBODY),
        ("conversation", &things.conversation),
        ("direct_message", &things.direct_message),
        ("person", &things.person),
        ("token", "no-such-token"),
        ("client_message_id", NOBODY),
        ("before_seq", "100"),
        ("seq", "1"),
        ("version", "1"),
        ("role", "ADMIN"),
        ("starred", "yes"),
        ("picture", "logo"),
        ("list", "faqs"),
        ("body", "Hello"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// One of everything in an event, named after `word`, and the token of an invitation to its organization.
async fn ids(app: &TestApp, owner: &Member, organization: &str, event: &str, word: &str) -> (Ids, String) {
    let text = |what: &str| format!("{word} {what}");
    let hall = app.venue_room(owner, event, &text("hall")).await;
    let times = ("2026-09-24T09:00", "2026-09-24T10:00");
    let session = app.session(owner, event, &text("talk"), times, Some(hall)).await.id;
    let (host, person) = (SessionSpeakerRole::Host, &owner.signed_in);
    agenda::add_speaker(&app.services, person, event, session, person.user, host).await.expect("a member");
    let address = format!("someone@{}.example", word.to_lowercase());
    let token = app.invite(owner, &format!("organizations/{organization}"), &address, "ADMIN").await;
    let reporter = app.person(&format!("{word}reporter")).await.signed_in.user.get();
    let report = app.report_about(event, reporter, owner.signed_in.user.get(), &text("report")).await;
    let room = app.room(owner, event, RoomKind::Global).await;
    let friend = app.person(&format!("{word}friend")).await;
    app.join_event(event, &friend, "ATTENDEE", "ACTIVE").await;
    app.connect(owner, &friend, event).await;
    let conversation = app.conversation(owner, &friend).await;
    let direct_message = app.write(&friend, conversation, &text("direct message")).await;
    let ids = Ids {
        conversation: conversation.to_string(),
        message: app.post(owner, room, &text("words")).await.id.to_string(),
        direct_message: direct_message.id.to_string(),
        person: friend.signed_in.user.to_string(),
        organization: organization.to_owned(),
        event: event.to_owned(),
        room: room.to_string(),
        sponsor: app.sponsor(owner, event, Some("Gold"), &text("Works")).await.to_string(),
        tier: app.sponsor_tier(owner, event, "Gold").await.to_string(),
        session: session.to_string(),
        venue_room: hall.to_string(),
        track: app.track(owner, event, &text("track")).await.to_string(),
        invitation: app.invitation_of(&address).await,
        user: owner.signed_in.user.to_string(),
        connection: asked(app, owner, event, word).await,
        email: owner.email.clone(),
        device: app.login_session_of(owner).await.login_session.to_string(),
        report,
    };
    (ids, token)
}

/// Somebody of the event who asks its owner to connect; answers the request.
async fn asked(app: &TestApp, owner: &Member, event: &str, word: &str) -> String {
    let friend = app.person(&format!("{word}contact")).await;
    app.join_event(event, &friend, "ATTENDEE", "ACTIVE").await;
    let (services, to) = (&app.services, Some(owner.signed_in.user));
    let words = format!("{word} icebreaker");
    let asked = connections::request(services, &friend.signed_in, event, to, &words).await;
    asked.expect("owners are open to requests").to_string()
}

/// Fills the settings of the caged organization and the profile of its owner.
async fn describe(zoe: &Member, organization: &str) {
    let text = |what: &str| format!("{CANARY} {what}");
    let (description, sender) = (text("description"), text("sender"));
    let settings = [
        ("organization", organization),
        ("version", "1"),
        ("name", &text("Club")),
        ("slug", organization),
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
}

/// A private, published event in which every text is a canary.
async fn caged_event(app: &TestApp, zoe: &Member, organization: &str) -> String {
    let text = |what: &str| format!("{CANARY} {what}");
    let mut form = EventForm::default();
    form.0.title = text("Days");
    form.0.description = text("event");
    form.0.host_name = text("host");
    form.0.online_note = text("note");
    form.0.visibility = "PRIVATE".to_owned();
    let event = app.draft(zoe, organization, form).await;
    let published = zoe.browser.status("/api/events/publish", &[("event", &event)]).await;
    assert_eq!(published, StatusCode::OK);
    event
}
