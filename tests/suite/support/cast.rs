//! The same people everywhere: Olivia owns the organization, Omar organizes, Maya moderates, Sam speaks, Ada and
//! Ben attend, Otto is outside, Zoe belongs to another organization. Made through the use cases.

use domain::SignedIn;
use domain::attendees::EventRole;
use domain::chat::{MessageBody, MessageView, RoomKind, RoomSummary};
use domain::ids::{ChatRoomId, ClientMessageId, LoginSessionId, UserId};
use services::Services;
use services::accounts::{self, NewAccount};
use services::chat::{self, NewMessage};
use services::events::{self, EventFields, NewEvent};
use services::organizations::{self, NewOrganization};

use super::{Client, TestApp};

/// Strong enough for everybody's account.
pub const PASSWORD: &str = "correct-lantern-battery-9";

/// A person with an account and a signed-in browser.
pub struct Member {
    pub email: String,
    pub browser: Client,
    pub signed_in: SignedIn,
}

/// The fields of a new event; a test changes what it talks about.
pub struct EventForm(pub EventFields);

impl Default for EventForm {
    /// Rust Day, online and public, on 24 and 25 September 2026 in Berlin's zone.
    fn default() -> Self {
        Self(EventFields {
            title: "Rust Day".to_owned(),
            format: "VIRTUAL".to_owned(),
            visibility: "PUBLIC".to_owned(),
            start_date: "2026-09-24".to_owned(),
            end_date: "2026-09-25".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            host_name: "Atria Test".to_owned(),
            ..EventFields::default()
        })
    }
}

impl TestApp {
    /// Somebody with a confirmed account, signed in through the form in a browser of their own.
    pub async fn person(&self, first_name: &str) -> Member {
        let email = format!("{}@example.org", first_name.to_lowercase());
        let account = NewAccount::parse(first_name, "Test", &email, PASSWORD).expect("a good account");
        let user = accounts::sign_up_confirmed(&self.services, account).await.expect("a free address");
        let browser = self.browser();
        browser.sign_in(&email, PASSWORD).await;
        Member { email, browser, signed_in: self.as_signed_in(user, first_name) }
    }

    fn as_signed_in(&self, user: UserId, first_name: &str) -> SignedIn {
        let login_session = LoginSessionId::new(self.services.rng.id(self.services.clock.now()));
        SignedIn { user, login_session, full_name: format!("{first_name} Test"), avatar: None }
    }

    /// An organization of this person; answers its address.
    pub async fn organization(&self, owner: &Member, name: &str) -> String {
        let key = self.services.rng.id(self.services.clock.now()).to_string();
        let new = NewOrganization::parse(name, "", "", &key).expect("a good organization");
        organizations::create(&self.services, &owner.signed_in, &new).await.expect("anybody may create one")
    }

    /// The person as the request layer finds them behind their cookie.
    pub async fn login_session_of(&self, person: &Member) -> SignedIn {
        let id: tower_sessions::session::Id =
            person.browser.cookie("atria").expect("a signed-in browser").parse().expect("an id");
        let row = accounts::load(&self.services, &id.0.to_le_bytes()).await.expect("sessions can be read");
        row.and_then(|row| row.person).expect("a live login session")
    }

    /// Every member of an organization is an owner from here on.
    pub async fn make_all_owners(&self, organization: &str) {
        sqlx::query(
            "update organization_members set role = 'OWNER'
              where organization_id = (select id from organizations where slug = $1)",
        )
        .bind(organization)
        .execute(&self.services.db)
        .await
        .expect("a known role");
    }

    /// Makes somebody a member, as an accepted invitation will.
    pub async fn join_organization(&self, organization: &str, person: &Member, role: &str) {
        sqlx::query(
            "insert into organization_members (organization_id, user_id, role, joined_at)
             select id, $2, $3, now() from organizations where slug = $1",
        )
        .bind(organization)
        .bind(person.signed_in.user.get())
        .bind(role)
        .execute(&self.services.db)
        .await
        .expect("a known role");
    }

    /// Puts somebody into an event with any role and status, as organizers and moderators will.
    pub async fn join_event(&self, event: &str, person: &Member, role: &str, status: &str) {
        sqlx::query(
            "insert into event_members (event_id, user_id, role, status, source, joined_at)
             select id, $2, $3, $4, 'ADDED', now() from events where slug = $1",
        )
        .bind(event)
        .bind(person.signed_in.user.get())
        .bind(role)
        .bind(status)
        .execute(&self.services.db)
        .await
        .expect("a known role and status");
        if (role, status) == ("ATTENDEE", "ACTIVE") {
            let seat = "update events set seats_taken = seats_taken + 1 where slug = $1";
            sqlx::query(seat).bind(event).execute(&self.services.db).await.expect("a free seat");
        }
    }

    /// Of what a member says of themselves in an event, as their form has it.
    pub async fn texts_version(&self, event: &str, person: &Member) -> String {
        let version: i32 = sqlx::query_scalar(
            "select m.texts_version from event_members m join events e on e.id = m.event_id
              where e.slug = $1 and m.user_id = $2",
        )
        .bind(event)
        .bind(person.signed_in.user.get())
        .fetch_one(&self.services.db)
        .await
        .expect("a member");
        version.to_string()
    }

    /// A draft event; answers its address.
    pub async fn draft(&self, owner: &Member, organization: &str, form: EventForm) -> String {
        let form_key = self.services.rng.id(self.services.clock.now()).to_string();
        let new = NewEvent { organization: organization.to_owned(), fields: form.0, form_key };
        events::create(&self.services, &owner.signed_in, &new).await.expect("owners may create events")
    }

    /// Rust Day of "Atria Test", published; answers its address.
    pub async fn published(&self, owner: &Member) -> String {
        let organization = self.organization(owner, "Atria Test").await;
        self.published_in(owner, &organization).await
    }

    /// Rust Day of any organization, published; answers its address.
    pub async fn published_in(&self, owner: &Member, organization: &str) -> String {
        let slug = self.draft(owner, organization, EventForm::default()).await;
        events::publish(&self.services, &owner.signed_in, &slug).await.expect("nothing is missing");
        slug
    }

    pub async fn register(&self, person: &Member, event: &str) {
        events::register(&self.services, &person.signed_in, event).await.expect("registration is open");
    }

    /// The rooms this member lists.
    pub async fn rooms(&self, person: &Member, event: &str) -> Vec<RoomSummary> {
        let (head, role): (_, EventRole) =
            events::open_for_members(&self.services, &person.signed_in, event).await.expect("a member");
        chat::rooms_of(&self.services, &person.signed_in, head.id, head.status, role).await.expect("rooms")
    }

    /// The event's room of one kind, as its owner lists it.
    pub async fn room(&self, owner: &Member, event: &str, kind: RoomKind) -> ChatRoomId {
        let rooms = self.rooms(owner, event).await;
        rooms.iter().find(|room| room.kind == kind).expect("a default room").id
    }

    /// Posts as the form does.
    pub async fn post(&self, author: &Member, room: ChatRoomId, body: &str) -> MessageView {
        post(&self.services, author, room, body).await
    }
}

/// Posts through the use cases of any node.
pub async fn post(services: &Services, author: &Member, room: ChatRoomId, body: &str) -> MessageView {
    let new = new_message(services, room, body);
    chat::post(services, &author.signed_in, &new).await.expect("the author may post")
}

/// A message to be, that answers none.
pub fn new_message(services: &Services, room: ChatRoomId, body: &str) -> NewMessage {
    NewMessage {
        room,
        client_message_id: ClientMessageId::new(services.rng.id(services.clock.now())),
        body: MessageBody::parse(body).expect("a message to post"),
        reply_to: None,
    }
}
