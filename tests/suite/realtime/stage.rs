//! Rust Day, published, with its people: Olivia owns it, Ada and Ben attend, Otto is outside.

use domain::chat::{MessageView, RoomKind};
use domain::ids::ChatRoomId;
use domain::realtime::Topic;

use crate::support::{Member, TestApp, database};

pub struct Stage {
    pub app: TestApp,
    /// The event's address.
    pub event: String,
    pub olivia: Member,
    pub ada: Member,
    pub ben: Member,
    pub otto: Member,
    pub general: ChatRoomId,
    pub staff: ChatRoomId,
}

impl Stage {
    pub async fn set() -> Self {
        Self::set_with(&[]).await
    }

    /// In a program with further settings.
    pub async fn set_with(settings: &[(&str, &str)]) -> Self {
        let app = TestApp::start_with(database::fresh_urls().await, settings).await;
        let (olivia, ada, ben, otto) =
            tokio::join!(app.person("Olivia"), app.person("Ada"), app.person("Ben"), app.person("Otto"));
        let event = app.published(&olivia).await;
        for attendee in [&ada, &ben] {
            app.register(attendee, &event).await;
        }
        let general = app.room(&olivia, &event, RoomKind::Global).await;
        let staff = app.room(&olivia, &event, RoomKind::Admin).await;
        Self { app, event, olivia, ada, ben, otto, general, staff }
    }

    pub fn topic(&self) -> Topic {
        Topic::Room(self.general)
    }

    /// Somebody posts in General.
    /// By the room's form, as a browser sends it.
    pub async fn says(&self, author: &Member, body: &str) -> MessageView {
        let services = &self.app.services;
        let (room, id) = (self.general.to_string(), services.rng.id(services.clock.now()).to_string());
        let fields = [("event", &*self.event), ("room", &room), ("client_message_id", &id), ("body", body)];
        author.browser.call("/api/chat/post_message", &fields).await.json()
    }
}
