//! The cast, and a published event with its default rooms, made through the use cases.

use domain::SignedIn;
use domain::chat::{MessageBody, MessageView, RoomKind};
use domain::ids::{ChatRoomId, ClientMessageId};
use domain::realtime::Topic;
use services::Services;
use services::accounts::{self, NewAccount, NewLoginSession};
use services::chat::{self, NewMessage};
use services::events::{self, EventFields, NewEvent};
use services::organizations::{self, NewOrganization};
use uuid::Uuid;

/// Somebody in one signed-in browser.
pub struct Person {
    pub session_id: Uuid,
    pub signed_in: SignedIn,
}

/// Olivia owns the organization, Ada and Ben attend, Otto is outside.
pub struct Stage {
    pub olivia: Person,
    pub ada: Person,
    pub ben: Person,
    pub otto: Person,
    pub general: ChatRoomId,
    pub staff: ChatRoomId,
}

impl Stage {
    pub async fn set(services: &Services) -> Self {
        let (olivia, ada) = (person(services, "Olivia").await, person(services, "Ada").await);
        let (ben, otto) = (person(services, "Ben").await, person(services, "Otto").await);
        let slug = published_event(services, &olivia.signed_in).await;
        for attendee in [&ada, &ben] {
            events::register(services, &attendee.signed_in, &slug).await.expect("registration is open");
        }
        let (head, role) = events::open_for_members(services, &olivia.signed_in, &slug)
            .await
            .expect("Olivia opens her event");
        let rooms = chat::rooms_of(services, &olivia.signed_in, head.id, head.status, role)
            .await
            .expect("Olivia reads its rooms");
        let of_kind = |kind| rooms.iter().find(|room| room.kind == kind).expect("a default room").id;
        Self { olivia, ada, ben, otto, general: of_kind(RoomKind::Global), staff: of_kind(RoomKind::Admin) }
    }

    pub fn general(&self) -> Topic {
        Topic::Room(self.general)
    }
}

/// Posts as the form does.
pub async fn post(services: &Services, author: &Person, room: ChatRoomId, body: &str) -> MessageView {
    let new = NewMessage {
        room,
        client_message_id: ClientMessageId::new(services.rng.id(services.clock.now())),
        body: MessageBody::parse(body).expect("a message to post"),
    };
    chat::post(services, &author.signed_in, &new).await.expect("the author may post")
}

async fn person(services: &Services, first_name: &str) -> Person {
    let address = format!("{}@example.org", first_name.to_lowercase());
    let account = NewAccount::parse(first_name, "Byron", &address, "plinth-otter-saffron-41")
        .expect("an account to make");
    let user = accounts::sign_up_confirmed(services, account).await.expect("a free address");
    let session_id = services.rng.id(services.clock.now());
    let data = serde_json::json!({});
    let new = NewLoginSession { user: Some(user), data: &data, user_agent: None, source_address: None };
    assert!(
        accounts::begin(services, session_id.as_bytes(), &new).await.expect("sessions can be stored"),
        "the id is fresh"
    );
    let row = accounts::load(services, session_id.as_bytes())
        .await
        .expect("sessions can be read")
        .expect("the session just began");
    Person { session_id, signed_in: row.person.expect("a signed-in person") }
}

async fn published_event(services: &Services, olivia: &SignedIn) -> String {
    let form_key = || services.rng.id(services.clock.now()).to_string();
    let new =
        NewOrganization::parse("Analytical Society", "", "", &form_key()).expect("an organization to make");
    let organization = organizations::create(services, olivia, &new).await.expect("Olivia may create one");
    let text = str::to_owned;
    let fields = EventFields {
        title: text("Engines Day"),
        format: text("VIRTUAL"),
        visibility: text("PUBLIC"),
        start_date: text("2026-12-01"),
        end_date: text("2026-12-02"),
        time_zone: text("Europe/London"),
        ..EventFields::default()
    };
    let new = NewEvent { organization, fields, form_key: form_key() };
    let slug = events::create(services, olivia, &new).await.expect("Olivia may create an event");
    events::publish(services, olivia, &slug).await.expect("Olivia may publish it");
    slug
}
