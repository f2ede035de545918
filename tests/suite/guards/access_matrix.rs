//! Every page, server function and other route with what each kind of person gets, cell by cell, on file in
//! `access_matrix.txt`. A route without its row fails, and so does a changed cell; `ATRIA_WRITE_MATRIX=1` writes the
//! file anew, and its difference is what a reviewer reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::chat::RoomKind;
use http::{Method, StatusCode};

use super::event_calls::is_in_an_event;
use crate::support::{AgendaPlace, Answer, Client, EventForm, Member, TestApp};

const HEAD: &str =
    "# Status of each page, server function and route for each kind of person (access_matrix.rs).
# page, call, get, post: in an organization with a public, published event. private, draft: the same path for
# events like that. Calls carry ids that exist and otherwise empty fields: 422 is what passed the policy.
# 302 is the way to sign-in, or a signed-in person sent on. Organization roles have no row in the events;
# event roles have none in the organization.
";

/// Column, role in the organization, role and status in the events.
type Principal = (&'static str, Option<&'static str>, Option<(&'static str, &'static str)>);

const PEOPLE: [Principal; 13] = [
    ("anonymous", None, None),
    ("outsider", None, None),
    ("org member", Some("MEMBER"), None),
    ("org admin", Some("ADMIN"), None),
    ("org owner", Some("OWNER"), None),
    ("waitlisted", None, Some(("ATTENDEE", "WAITLISTED"))),
    ("left", None, Some(("ATTENDEE", "LEFT"))),
    ("banned", None, Some(("ORGANIZER", "BANNED"))),
    ("attendee", None, Some(("ATTENDEE", "ACTIVE"))),
    ("speaker", None, Some(("SPEAKER", "ACTIVE"))),
    ("moderator", None, Some(("MODERATOR", "ACTIVE"))),
    ("organizer", None, Some(("ORGANIZER", "ACTIVE"))),
    ("admin", None, Some(("ADMIN", "ACTIVE"))),
];

/// Routes that are neither pages nor server functions; what axum serves besides has no viewer.
const ROUTES: &[(&str, Method, &str)] = &[
    ("get", Method::GET, "/healthz"),
    ("get", Method::GET, "/readyz"),
    ("get", Method::GET, "/ws"),
    ("get", Method::GET, "/files/private/{nobody}/96.webp"),
    ("get", Method::GET, "/files/public/{nobody}/0000000000000000/96.webp"),
    ("post", Method::POST, "/files/avatar"),
    ("post", Method::POST, "/files/events/{event}"),
    ("post", Method::POST, "/files/events/{event}/sponsors/{sponsor}"),
    ("get", Method::GET, "/calendar/{token}"),
    ("get", Method::GET, "/events/{event}/agenda.ics"),
    ("get", Method::GET, "/events/{event}/sessions/{session}/calendar.ics"),
    ("get", Method::GET, "/events/{event}/sessions/{session}/sign-ups.csv"),
    ("get", Method::GET, "/events/{event}/manage/people.csv"),
    ("get", Method::GET, "/settings/account/export/{nobody}"),
    ("get", Method::GET, "/forgot"),
    ("post", Method::POST, "/session/renew"),
    ("post", Method::POST, "/unsubscribe/{token}"),
];

/// Calls that end the login sessions the matrix uses. The first is open to everybody, the second to everybody who
/// is signed in.
const ENDING: [&str; 2] = ["/api/accounts/sign_out", "/api/accounts/deactivate"];

const NOBODY: &str = "00000000-0000-0000-0000-000000000001";

/// Patterns of all pages.
pub fn pages() -> Vec<String> {
    let mut pages: Vec<String> = leptos_axum::generate_route_list(app::routes::Routed)
        .iter()
        .map(|route| route.path().to_owned())
        .collect();
    pages.sort();
    pages
}

/// Paths of all server functions but the [`ENDING`] ones.
pub fn calls() -> Vec<&'static str> {
    let mut calls: Vec<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    for ending in ENDING {
        let place = calls.iter().position(|path| *path == ending).expect("an ending call that exists");
        calls.remove(place);
    }
    calls.sort_unstable();
    calls
}

/// An event with a room, a session, a sponsor and a tier of it, and how rows about it begin.
struct Place {
    kind: Option<&'static str>,
    event: String,
    room: String,
    sponsor: String,
    tier: String,
    agenda: AgendaPlace,
}

struct Scene {
    app: TestApp,
    /// An attendee of each event, whom organizers act on.
    guest: Member,
    people: Vec<(Client, Option<Member>)>,
    places: Vec<Place>,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let founder = app.person("Fiona").await;
        let mut places = Vec::new();
        for kind in [None, Some("private"), Some("draft")] {
            let event = match kind {
                None => app.published(&founder).await,
                Some("private") => {
                    let mut form = EventForm::default();
                    form.0.visibility = "PRIVATE".to_owned();
                    let event = app.draft(&founder, "atria-test", form).await;
                    let published = founder.browser.status("/api/events/publish", &[("event", &event)]).await;
                    assert_eq!(published, StatusCode::OK);
                    event
                }
                Some(_) => app.draft(&founder, "atria-test", EventForm::default()).await,
            };
            let room = app.room(&founder, &event, RoomKind::Global).await.to_string();
            let sponsor = app.sponsor(&founder, &event, None, "Acme").await.to_string();
            let tier = app.sponsor_tier(&founder, &event, "Gold").await.to_string();
            let agenda = app.agenda_place(&founder, &event).await;
            places.push(Place { kind, event, room, sponsor, tier, agenda });
        }
        let guest = app.person("Guest").await;
        for place in &places {
            app.join_event(&place.event, &guest, "ATTENDEE", "ACTIVE").await;
        }
        let mut people = vec![(app.browser(), None)];
        for (column, ..) in &PEOPLE[1..] {
            let person = app.person(&column.replace(' ', "")).await;
            people.push((person.browser.clone(), Some(person)));
        }
        let scene = Self { app, guest, people, places };
        scene.put_back().await;
        scene
    }

    /// Gives everybody their roles again: some calls succeed and change them.
    async fn put_back(&self) {
        let db = &self.app.services.db;
        let again = "update sponsors set deleted_at = null; update sponsor_tiers set deleted_at = null;
                     update agenda_sessions set version = 1";
        sqlx::raw_sql(again).execute(db).await.unwrap();
        for place in &self.places {
            let status = if place.kind == Some("draft") { "DRAFT" } else { "PUBLISHED" };
            let again = "update events set status = $2 where slug = $1";
            sqlx::query(again).bind(&place.event).bind(status).execute(db).await.unwrap();
        }
        let again = "update event_members
                        set role = 'ATTENDEE', status = 'ACTIVE', status_before_ban = null, ban_reason = null,
                            checked_in_at = null
                      where user_id = $1";
        sqlx::query(again).bind(self.guest.signed_in.user.get()).execute(db).await.unwrap();
        for place in &self.places {
            self.app.put_agenda_back(&place.event, &place.agenda).await;
        }
        for ((_, person), (_, organization_role, event_role)) in self.people.iter().zip(PEOPLE) {
            let Some(person) = person else { continue };
            let user = person.signed_in.user.get();
            for forget in [
                "delete from organization_members where user_id = $1",
                "delete from event_members where user_id = $1",
            ] {
                sqlx::query(forget).bind(user).execute(db).await.unwrap();
            }
            if let Some(role) = organization_role {
                self.app.join_organization("atria-test", person, role).await;
            }
            for place in &self.places {
                if let Some((role, status)) = event_role {
                    self.app.join_event(&place.event, person, role, status).await;
                }
            }
        }
    }

    fn path(&self, pattern: &str, place: &Place) -> String {
        pattern
            .replace("{organization}", "atria-test")
            .replace("{event}", &place.event)
            .replace("{list}", "faqs")
            .replace("{room}", &place.room)
            .replace("{sponsor}", &place.sponsor)
            .replace("{tier}", &place.tier)
            .replace("{session}", &place.agenda.session)
            .replace("{venue_room}", &place.agenda.venue_room)
            .replace("{track}", &place.agenda.track)
            .replace("{speaker}", &place.agenda.speaker)
            .replace("{member}", &self.guest.signed_in.user.to_string())
            .replace("{token}", "no-such-token")
            .replace("{mail}", NOBODY)
            .replace("{nobody}", NOBODY)
    }

    /// What everybody gets from one request, in the order of the columns, each from the same state.
    async fn row(&self, kind: &str, pattern: &str, ask: impl AsyncFn(&Client) -> Answer) -> (String, String) {
        let mut cells = Vec::new();
        for (browser, _) in &self.people {
            let status = ask(browser).await.status;
            cells.push(status.as_u16().to_string());
            if status.is_success() && pattern.starts_with("/api/") {
                self.put_back().await;
            }
        }
        (format!("{kind} {pattern}"), cells.join(" "))
    }

    async fn pages(&self) -> BTreeMap<String, String> {
        let mut rows = BTreeMap::new();
        for place in &self.places {
            for pattern in pages() {
                if place.kind.is_some() && !pattern.contains("{event}") {
                    continue;
                }
                let path = self.path(&pattern, place);
                let kind = place.kind.unwrap_or("page");
                rows.extend([self.row(kind, &pattern, async |browser| browser.get(&path).await).await]);
            }
        }
        for (kind, method, pattern) in ROUTES {
            let path = self.path(pattern, &self.places[0]);
            let ask = async |browser: &Client| browser.send(browser.request(method.clone(), &path)).await;
            rows.extend([self.row(kind, pattern, ask).await]);
        }
        rows
    }

    async fn calls(&self) -> BTreeMap<String, String> {
        let mut rows = BTreeMap::new();
        let guest = self.guest.signed_in.user.to_string();
        for place in &self.places {
            let target = format!("events/{}", place.event);
            let fields = [
                ("organization", "atria-test"),
                ("event", &place.event),
                ("room", &place.room),
                ("starred", "yes"),
                ("present", "yes"),
                ("kind", "MUX_TOKEN"),
                ("mode", "check"),
                ("sponsor", &place.sponsor),
                ("tier", &place.tier),
                ("session", &place.agenda.session),
                ("venue_room", &place.agenda.venue_room),
                ("track", &place.agenda.track),
                ("speaker", &place.agenda.speaker),
                ("member", &guest),
                ("members", &guest),
                ("status", "CANCELLED"),
                ("token", "no-such-token"),
                ("target", &target),
                ("list", "faqs"),
                ("deleted", NOBODY),
                ("invitation", NOBODY),
                ("client_message_id", NOBODY),
                ("picture", "logo"),
                ("before_seq", "1"),
                ("seq", "1"),
                ("version", "1"),
            ];
            for path in calls() {
                if place.kind.is_some() && !is_in_an_event(path) {
                    continue;
                }
                let kind = place.kind.unwrap_or("call");
                rows.extend([self
                    .row(kind, path, async |browser| browser.call_with_known(path, &fields).await)
                    .await]);
                let (owner, _) = &self.people[4];
                let forged = owner.call_cross_site(path, &fields).await;
                assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path} from another site");
            }
        }
        rows
    }
}

fn written(rows: &BTreeMap<String, String>) -> String {
    let mut text = HEAD.to_owned();
    let columns = PEOPLE.map(|(column, ..)| column).join(" · ");
    writeln!(text, "# Columns: {columns}").unwrap();
    let width = rows.keys().map(String::len).max().unwrap_or_default();
    for (name, cells) in rows {
        writeln!(text, "{name:<width$}  {cells}").unwrap();
    }
    text
}

/// Name of a row → its cells.
fn on_file() -> BTreeMap<&'static str, &'static str> {
    let rows = include_str!("access_matrix.txt").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once("  ")).map(|(name, cells)| (name, cells.trim_start())).collect()
}

#[tokio::test]
async fn everybody_gets_what_the_matrix_says() {
    let scene = Scene::set().await;
    let mut rows = scene.pages().await;
    rows.extend(scene.calls().await);
    if std::env::var_os("ATRIA_WRITE_MATRIX").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/guards/access_matrix.txt");
        std::fs::write(file, written(&rows)).unwrap();
        return;
    }
    let mut on_file = on_file();
    let mut differences = Vec::new();
    for (name, found) in &rows {
        match on_file.remove(name.as_str()) {
            Some(expected) if expected == found => {}
            expected => differences.push(format!("{name}\n  on file {expected:?}\n  found   {found}")),
        }
    }
    differences.extend(on_file.keys().map(|name| format!("{name} is on file and nowhere else")));
    let columns = PEOPLE.map(|(column, ..)| column).join(" · ");
    assert!(differences.is_empty(), "{columns}\n{}", differences.join("\n"));
}
