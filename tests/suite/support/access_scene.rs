//! What the access matrix asks: an organization with a public, a private and a draft event, everybody who could come
//! to them, and one person and one invitation to act on.

use domain::chat::RoomKind;
use http::StatusCode;
use serde_json::{Value, json};
use services::{connections, events, organizations};
use uuid::Uuid;

use super::access_fields::{self, NOBODY};
use super::principals::{Besides, PRINCIPALS, Principal};
use super::{AgendaPlace, Client, EventForm, Member, TestApp};

pub const ORGANIZATION: &str = "atria-test";

/// An event with one of everything in it, and how rows about it begin.
pub struct Place {
    pub kind: Option<&'static str>,
    pub event: String,
    pub room: String,
    /// In the room, by the founder.
    pub message: String,
    pub sponsor: String,
    pub tier: String,
    pub agenda: AgendaPlace,
    /// About the one whom calls are about.
    pub report: String,
}

pub struct AccessScene {
    pub app: TestApp,
    /// In the order of [`PRINCIPALS`].
    pub browsers: Vec<Client>,
    pub places: Vec<Place>,
    /// Whom calls are about: a MEMBER of the organization and an ATTENDEE of its events.
    subject: Uuid,
    /// Of the open invitation to the first event.
    token: String,
    invitation: String,
    /// An open request of the founder to the subject.
    connection: Uuid,
    /// Of "organizer" and "attendee", with a message of the first.
    conversation: String,
    direct_message: String,
    deleted_organization: Uuid,
    deleted_event: Uuid,
    founder: Uuid,
    /// Everybody's rows as JSON, for [`Self::put_back`].
    roles: Value,
}

impl AccessScene {
    pub async fn set() -> Self {
        Self::set_in(TestApp::start().await).await
    }

    pub async fn set_in(app: TestApp) -> Self {
        let founder = app.person("Fiona").await;
        let mut places = places(&app, &founder).await;
        let subject = app.person("Vera").await;
        let (filed_by, about) = (founder.signed_in.user.get(), subject.signed_in.user.get());
        for place in &mut places {
            place.report = app.report_about(&place.event, filed_by, about, "").await;
        }
        let (browsers, members) = people(&app).await;
        let invited = &members[position("invited")].as_ref().expect("an account").email;
        let target = format!("events/{}", places[0].event);
        let token = app.invite(&founder, &target, invited, "SPEAKER").await;
        let invitation = app.invitation_of(invited).await;
        let member = |column| members[position(column)].as_ref().expect("an account");
        let pair = (member("organizer"), member("attendee"));
        app.connect(pair.0, pair.1, &places[0].event).await;
        let conversation = app.conversation(pair.0, pair.1).await;
        let direct_message = app.write(pair.0, conversation, "Hello").await.id.to_string();
        let (deleted_organization, deleted_event) = deleted(&app, &founder).await;
        let connection = request(&app, &founder, &places[0].event, &subject).await;
        let roles = roles(&members, subject.signed_in.user.get());
        let scene = Self {
            app,
            browsers,
            places,
            subject: subject.signed_in.user.get(),
            token,
            invitation,
            connection,
            conversation: conversation.to_string(),
            direct_message,
            deleted_organization,
            deleted_event,
            founder: founder.signed_in.user.get(),
            roles,
        };
        scene.put_back().await;
        scene
    }

    /// Makes everything as it was: some calls succeed and change it.
    pub async fn put_back(&self) {
        let db = &self.app.services.db;
        let again = include_str!("access_scene.sql");
        let (before, after) = again.split_once("-- Roles\n").expect("two parts");
        sqlx::raw_sql(before).execute(db).await.unwrap();
        for statement in after.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            sqlx::query(statement).bind(&self.roles).execute(db).await.unwrap();
        }
        sqlx::query(
            "update organizations set deleted_at = '2026-05-04 09:00Z', deleted_by = $2, slug_before_deletion = 'gone',
                    slug = 'deleted-' || id::text where id = $1",
        )
        .bind(self.deleted_organization)
        .bind(self.founder)
        .execute(db)
        .await
        .unwrap();
        sqlx::query(
            "update events set status_before_deletion = 'DRAFT', status = 'DELETED',
                    deleted_at = '2026-05-04 09:00Z', deleted_by = $2 where id = $1",
        )
        .bind(self.deleted_event)
        .bind(self.founder)
        .execute(db)
        .await
        .unwrap();
        let open =
            "update invitations set status = 'PENDING', ended_at = null, responded_at = null where id = $1";
        sqlx::query(open).bind(self.invitation.parse::<Uuid>().unwrap()).execute(db).await.unwrap();
        for again in [
            "delete from connections where id <> $1 and $2 in (user_low, user_high)",
            "update connections set status = 'PENDING', responded_at = null, ended_at = null
              where id = $1 and $2 in (user_low, user_high)",
        ] {
            sqlx::query(again).bind(self.connection).bind(self.subject).execute(db).await.unwrap();
        }
        for place in &self.places {
            let status = if place.kind == Some("draft") { "DRAFT" } else { "PUBLISHED" };
            let again = "update events set status = $2, version = 1, seats_taken = (
                             select count(*) from event_members m where m.event_id = events.id
                                and m.role = 'ATTENDEE' and m.status = 'ACTIVE') where slug = $1";
            sqlx::query(again).bind(&place.event).bind(status).execute(db).await.unwrap();
            self.app.put_agenda_back(&place.event, &place.agenda).await;
        }
    }

    /// The path of a pattern with ids that exist.
    pub fn path(&self, pattern: &str, place: &Place) -> String {
        let subject = self.subject.to_string();
        let names: [(&str, &str); 20] = [
            ("{organization}", ORGANIZATION),
            ("{event}", &place.event),
            ("{conversation}", &self.conversation),
            ("{list}", "faqs"),
            ("{room}", &place.room),
            ("{message}", if pattern.starts_with("/inbox/") { &self.direct_message } else { &place.message }),
            ("{sponsor}", &place.sponsor),
            ("{tier}", &place.tier),
            ("{session}", &place.agenda.session),
            ("{venue_room}", &place.agenda.venue_room),
            ("{track}", &place.agenda.track),
            ("{speaker}", &place.agenda.speaker),
            ("{user}", &subject),
            ("{member}", &subject),
            ("{person}", &subject),
            ("{token}", if pattern.starts_with("/invitations/") { &self.token } else { "no-such-token" }),
            ("{mail}", NOBODY),
            ("{file}", NOBODY),
            ("{id}", NOBODY),
            ("{hash}", "0000000000000000"),
        ];
        let path =
            names.into_iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value));
        let path = path.replace("{name}", "96.webp");
        assert!(!path.contains('{'), "{path}: every name of a path has a value");
        path
    }

    /// What a call may be told; a call gets those it knows.
    pub fn fields<'a>(&'a self, call: &str, place: &'a Place) -> Vec<(&'static str, String)> {
        let is_of_organization = call.starts_with("/api/organizations/");
        let deleted = self.deleted_organization.to_string();
        let organization = if call == "/api/organizations/restore" { &*deleted } else { ORGANIZATION };
        let token = if call.starts_with("/api/invitations/") { &self.token } else { "no-such-token" };
        let role = match call {
            _ if is_of_organization => "ADMIN",
            "/api/agenda/add_speaker" | "/api/agenda/change_speaker_role" => "",
            _ => "ATTENDEE",
        };
        let is_direct = call.starts_with("/api/conversations/");
        let about_subject = call == "/api/moderation/report";
        let target = if about_subject { self.subject.to_string() } else { format!("events/{}", place.event) };
        [
            ("report", &*place.report),
            ("organization", organization),
            ("event", &place.event),
            ("room", &place.room),
            ("message", if is_direct { &self.direct_message } else { &place.message }),
            ("kind", if about_subject { "PERSON" } else { "MUX_TOKEN" }),
            ("sponsor", &place.sponsor),
            ("tier", &place.tier),
            ("session", &place.agenda.session),
            ("venue_room", &place.agenda.venue_room),
            ("track", &place.agenda.track),
            ("speaker", &place.agenda.speaker),
            ("user", &self.subject.to_string()),
            ("member", &self.subject.to_string()),
            ("members", &self.subject.to_string()),
            ("person", &self.subject.to_string()),
            ("connection", &self.connection.to_string()),
            ("role", role),
            ("seen_role", if is_of_organization { "MEMBER" } else { "ATTENDEE" }),
            ("token", token),
            ("target", &target),
            ("deleted", &self.deleted_event.to_string()),
            ("invitation", &self.invitation),
            ("conversation", &self.conversation),
        ]
        .into_iter()
        .chain(access_fields::ALWAYS.iter().copied())
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
    }
}

fn position(column: &str) -> usize {
    PRINCIPALS.iter().position(|principal| principal.column == column).expect("a column")
}

async fn places(app: &TestApp, founder: &Member) -> Vec<Place> {
    let mut places = Vec::new();
    for kind in [None, Some("private"), Some("draft")] {
        let event = match kind {
            None => app.published(founder).await,
            Some("private") => {
                let mut form = EventForm::default();
                form.0.visibility = "PRIVATE".to_owned();
                let event = app.draft(founder, ORGANIZATION, form).await;
                let published = founder.browser.status("/api/events/publish", &[("event", &event)]).await;
                assert_eq!(published, StatusCode::OK);
                event
            }
            Some(_) => app.draft(founder, ORGANIZATION, EventForm::default()).await,
        };
        let room = app.room(founder, &event, RoomKind::Global).await;
        let message = app.post(founder, room, "Welcome").await.id.to_string();
        let sponsor = app.sponsor(founder, &event, None, "Acme").await.to_string();
        let tier = app.sponsor_tier(founder, &event, "Gold").await.to_string();
        let agenda = app.agenda_place(founder, &event).await;
        places.push(Place {
            kind,
            event,
            room: room.to_string(),
            message,
            sponsor,
            tier,
            agenda,
            report: String::new(),
        });
    }
    places
}

/// A browser and, for all but the first, an account for each column.
async fn people(app: &TestApp) -> (Vec<Client>, Vec<Option<Member>>) {
    let (mut browsers, mut members) = (vec![app.browser()], vec![None]);
    for principal in &PRINCIPALS[1..] {
        let person = app.person(&principal.column.replace(' ', "")).await;
        let user = person.signed_in.user.get();
        let state = match principal.besides {
            Besides::Unverified => {
                Some("update users set state = 'UNVERIFIED', email_verified_at = null where id = $1")
            }
            Besides::Deactivated => {
                Some("update users set state = 'DEACTIVATED', deactivated_at = now() where id = $1")
            }
            Besides::ForeignOwner => {
                let organization = app.organization(&person, &format!("Of {}", principal.column)).await;
                app.published_in(&person, &organization).await;
                None
            }
            Besides::None | Besides::Invited | Besides::Muted => None,
        };
        if let Some(state) = state {
            sqlx::query(state).bind(user).execute(&app.services.db).await.unwrap();
        }
        browsers.push(person.browser.clone());
        members.push(Some(person));
    }
    (browsers, members)
}

async fn request(app: &TestApp, from: &Member, event: &str, to: &Member) -> Uuid {
    app.join_event(event, to, "ATTENDEE", "ACTIVE").await;
    let (services, recipient) = (&app.services, Some(to.signed_in.user));
    let asked = connections::request(services, &from.signed_in, event, recipient, "Coffee?").await;
    asked.expect("an admin may ask an attendee").get()
}

/// An organization that is gone and owned by "org owner", and an event of the other one that is.
async fn deleted(app: &TestApp, founder: &Member) -> (Uuid, Uuid) {
    let person = app.login_session_of(founder).await;
    let organization = app.organization(founder, "Gone").await;
    let id = "select id from organizations where slug = $1";
    let gone: Uuid = sqlx::query_scalar(id).bind(&organization).fetch_one(&app.services.db).await.unwrap();
    organizations::delete(&app.services, &person, &organization, "Gone").await.expect("its owner may");
    let event = app.draft(founder, ORGANIZATION, EventForm::default()).await;
    let gone_event = app.event_id(&event).await.get();
    events::delete(&app.services, &person, &event, "Rust Day").await.expect("an owner may");
    (gone, gone_event)
}

/// `{user_id, role, member_role, status, is_muted}` of everybody.
fn roles(members: &[Option<Member>], subject: Uuid) -> Value {
    let of = |principal: &Principal, user: Uuid| {
        json!({
            "user_id": user,
            "role": principal.role,
            "member_role": principal.member.map(|(role, _)| role),
            "status": principal.member.map(|(_, status)| status),
            "is_muted": principal.besides == Besides::Muted,
        })
    };
    let everybody = PRINCIPALS.iter().zip(members);
    let mut roles: Vec<Value> = everybody
        .filter_map(|(principal, member)| Some(of(principal, member.as_ref()?.signed_in.user.get())))
        .collect();
    roles.push(json!({
        "user_id": subject, "role": "MEMBER", "member_role": "ATTENDEE", "status": "ACTIVE", "is_muted": false,
    }));
    Value::Array(roles)
}
