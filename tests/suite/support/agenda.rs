//! Sessions, venue rooms and tracks, through the use cases.

use domain::agenda::{Saved, SessionSpeakerRole};
use domain::chat::RoomKind;
use domain::ids::{AgendaSessionId, ChatRoomId, EventId, TrackId, VenueRoomId};
use http::StatusCode;
use services::agenda::{
    self, Agenda, NewSession, NewTrack, NewVenueRoom, SessionFields, TrackFields, VenueRoomFields,
};

use super::{Answer, Member, TestApp};

/// A published event of Olivia's: Rust Day, on 24 and 25 September 2026 in Berlin's zone.
pub struct AgendaScene {
    pub app: TestApp,
    pub olivia: Member,
    pub event: String,
}

/// What there is of one event's agenda in the access matrix.
pub struct AgendaPlace {
    pub session: String,
    pub venue_room: String,
    pub track: String,
    pub speaker: String,
}

impl TestApp {
    pub fn form_key(&self) -> String {
        self.services.rng.id(self.services.clock.now()).to_string()
    }

    /// A session; empty times put it in the tray.
    pub async fn session(
        &self,
        organizer: &Member,
        event: &str,
        title: &str,
        times: (&str, &str),
        room: Option<VenueRoomId>,
    ) -> Saved {
        let fields = SessionFields {
            title: Some(title.to_owned()),
            starts_at: Some(times.0.to_owned()),
            ends_at: Some(times.1.to_owned()),
            venue_room: room.map(|room| room.to_string()),
            ..SessionFields::default()
        };
        let new = NewSession { fields, form_key: self.form_key() };
        agenda::create(&self.services, &organizer.signed_in, event, &new).await.expect("a good session")
    }

    pub async fn venue_room(&self, organizer: &Member, event: &str, name: &str) -> VenueRoomId {
        let fields = VenueRoomFields { name: Some(name.to_owned()), ..VenueRoomFields::default() };
        let new = NewVenueRoom { fields, form_key: self.form_key() };
        agenda::create_venue_room(&self.services, &organizer.signed_in, event, &new)
            .await
            .expect("a free name")
    }

    pub async fn track(&self, organizer: &Member, event: &str, name: &str) -> TrackId {
        let fields = TrackFields { name: Some(name.to_owned()), colour: Some("#2F7F79".to_owned()) };
        let new = NewTrack { fields, form_key: self.form_key() };
        agenda::create_track(&self.services, &organizer.signed_in, event, &new).await.expect("a free name")
    }

    /// The room of a session, whoever may see it.
    pub async fn session_room(&self, session: AgendaSessionId, kind: RoomKind) -> ChatRoomId {
        let id = sqlx::query_scalar("select id from chat_rooms where session_id = $1 and kind = $2")
            .bind(session.get())
            .bind(kind.as_str())
            .fetch_one(&self.services.db)
            .await
            .expect("every session has both rooms");
        ChatRoomId::new(id)
    }

    pub async fn event_id(&self, event: &str) -> EventId {
        let id = sqlx::query_scalar("select id from events where slug = $1").bind(event);
        EventId::new(id.fetch_one(&self.services.db).await.expect("an event"))
    }

    /// One of each, with the organizer as speaker.
    pub async fn agenda_place(&self, organizer: &Member, event: &str) -> AgendaPlace {
        let room = self.venue_room(organizer, event, "Main hall").await;
        let times = ("2026-09-24T09:00", "2026-09-24T10:00");
        let session = self.session(organizer, event, "Opening", times, Some(room)).await.id;
        let speaker = organizer.signed_in.user;
        let (role, person) = (SessionSpeakerRole::Host, &organizer.signed_in);
        agenda::add_speaker(&self.services, person, event, session, speaker, role).await.expect("a member");
        AgendaPlace {
            session: session.to_string(),
            venue_room: room.to_string(),
            track: self.track(organizer, event, "Web").await.to_string(),
            speaker: speaker.to_string(),
        }
    }

    /// Makes all of it as it was.
    pub async fn put_agenda_back(&self, event: &str, place: &AgendaPlace) {
        let ids = [&place.session, &place.venue_room, &place.track, &place.speaker];
        let [session, room, track, speaker] = ids.map(|id| id.parse::<uuid::Uuid>().expect("an id"));
        for (again, id) in [
            (
                "insert into venue_rooms (id, event_id, name, order_key, form_key, created_at, updated_at)
                 select $2, id, 'Main hall', 'V', $2, now(), now() from events where slug = $1
                 on conflict (id) do update set version = 1, name = 'Main hall'",
                room,
            ),
            (
                "insert into tracks (id, event_id, name, colour, order_key, form_key, created_at, updated_at)
                 select $2, id, 'Web', '#2F7F79', 'V', $2, now(), now() from events where slug = $1
                 on conflict (id) do update set version = 1, name = 'Web'",
                track,
            ),
            (
                "update agenda_sessions
                    set deleted_at = null, version = 1, status = 'SCHEDULED', starts_at = '2026-09-24 07:00Z',
                        ends_at = '2026-09-24 08:00Z'
                  where event_id = (select id from events where slug = $1) and id = $2",
                session,
            ),
        ] {
            sqlx::query(again).bind(event).bind(id).execute(&self.services.db).await.unwrap();
        }
        let again =
            "insert into session_speakers (event_id, session_id, user_id, role, order_key, created_at)
                     select id, $2, $3, 'HOST', 'V', now() from events where slug = $1
                     on conflict (session_id, user_id) do nothing";
        sqlx::query(again).bind(event).bind(session).bind(speaker).execute(&self.services.db).await.unwrap();
    }
}

impl AgendaScene {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        Self { app, olivia, event }
    }

    pub fn path(&self, below: &str) -> String {
        format!("/events/{}{below}", self.event)
    }

    /// As the pages' forms do, with the event's address.
    pub async fn call(&self, function: &str, fields: &[(&str, &str)]) -> Answer {
        self.call_as(&self.olivia, function, fields).await
    }

    pub async fn call_as(&self, who: &Member, function: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<(&str, &str)> =
            [("event", self.event.as_str())].into_iter().chain(fields.iter().copied()).collect();
        who.browser.call(&format!("/api/{function}"), &fields).await
    }

    pub async fn status(&self, function: &str, fields: &[(&str, &str)]) -> StatusCode {
        self.call(function, fields).await.status
    }

    /// On the first day, at these hours and minutes of Berlin.
    pub async fn add(&self, title: &str, times: (&str, &str), room: Option<VenueRoomId>) -> AgendaSessionId {
        let day = |time: &str| format!("2026-09-24T{time}");
        let (start, end) = (day(times.0), day(times.1));
        self.app.session(&self.olivia, &self.event, title, (&start, &end), room).await.id
    }

    /// A person in the event with this role.
    pub async fn member(&self, name: &str, role: &str) -> Member {
        let person = self.app.person(name).await;
        self.app.join_event(&self.event, &person, role, "ACTIVE").await;
        person
    }

    pub async fn speaks(&self, session: AgendaSessionId, who: &Member, role: SessionSpeakerRole) -> Saved {
        let (services, person) = (&self.app.services, &self.olivia.signed_in);
        agenda::add_speaker(services, person, &self.event, session, who.signed_in.user, role)
            .await
            .expect("an active member")
    }

    /// Everything, as organizers load it.
    pub async fn agenda(&self) -> Agenda {
        let event = self.app.event_id(&self.event).await;
        let mut connection = self.app.services.db.acquire().await.unwrap();
        agenda::of_event(&mut connection, event, true).await.unwrap()
    }

    /// Field, old, new and whether it is released, oldest first.
    pub async fn changes(&self) -> Vec<(String, Option<String>, Option<String>, bool)> {
        let all =
            "select field, old_value, new_value, released_at is not null from agenda_changes order by id";
        sqlx::query_as(all).fetch_all(&self.app.services.db).await.unwrap()
    }
}
