//! A published event with one session, people in it, and what they do with the session.

use domain::ids::AgendaSessionId;
use http::StatusCode;
use services::agenda::{self, NewSession, SessionFields};
use time::{Duration, OffsetDateTime};

use super::cast::PASSWORD;
use super::{Answer, Member, TestApp};

/// Rust Day of Olivia's with a session at nine on its first morning, in Berlin.
pub struct AttendingScene {
    pub app: TestApp,
    pub olivia: Member,
    pub event: String,
    pub session: AgendaSessionId,
}

/// When the session starts: 09:00 in Berlin.
pub const START: OffsetDateTime = time::macros::datetime!(2026-09-24 07:00 UTC);

impl AttendingScene {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        let session = app.agenda_session(&olivia, &event, "Opening", START).await;
        Self { app, olivia, event, session }
    }

    /// Seats and whether they have to be taken.
    pub async fn seats(&self, capacity: Option<i32>, sign_up_required: bool) {
        sqlx::query("update agenda_sessions set capacity = $2, sign_up_required = $3 where id = $1")
            .bind(self.session.get())
            .bind(capacity)
            .bind(sign_up_required)
            .execute(&self.app.services.db)
            .await
            .expect("good numbers");
    }

    pub async fn join(&self, name: &str, role: &str) -> Member {
        let person = self.app.person(name).await;
        self.app.join_event(&self.event, &person, role, "ACTIVE").await;
        person
    }

    /// Makes a member one of the session's speakers.
    pub async fn speaks(&self, person: &Member) {
        sqlx::query(
            "insert into session_speakers (event_id, session_id, user_id, role, order_key, created_at)
             select event_id, id, $2, 'SPEAKER', 'V', now() from agenda_sessions where id = $1",
        )
        .bind(self.session.get())
        .bind(person.signed_in.user.get())
        .execute(&self.app.services.db)
        .await
        .expect("a member");
    }

    /// As the forms do, with the event's address and the session.
    pub async fn call(&self, who: &Member, function: &str, fields: &[(&str, &str)]) -> Answer {
        let session = self.session.to_string();
        let mut all = vec![("event", self.event.as_str()), ("session", session.as_str())];
        all.extend(fields);
        who.browser.call(&format!("/api/{function}"), &all).await
    }

    pub async fn status(&self, who: &Member, function: &str, fields: &[(&str, &str)]) -> StatusCode {
        self.call(who, function, fields).await.status
    }

    /// A page or file of the session.
    pub fn path(&self, below: &str) -> String {
        format!("/events/{}/sessions/{}{below}", self.event, self.session)
    }

    /// Moves the clock so that the session starts in this time (or did), and signs these people in again.
    pub async fn until_start(&self, before: Duration, people: &[&Member]) {
        let by = START - before - self.app.services.clock.now();
        self.app.wait(by);
        for person in people {
            person.browser.sign_in(&person.email, PASSWORD).await;
        }
    }

    pub async fn count(&self) -> i32 {
        sqlx::query_scalar("select sign_up_count from agenda_sessions where id = $1")
            .bind(self.session.get())
            .fetch_one(&self.app.services.db)
            .await
            .expect("a session")
    }
}

impl TestApp {
    /// A session of an hour, as organizers make them.
    pub async fn agenda_session(
        &self,
        organizer: &Member,
        event: &str,
        title: &str,
        starts_at: OffsetDateTime,
    ) -> AgendaSessionId {
        // In Berlin, in summer.
        let local = |at: OffsetDateTime| {
            let at = at + Duration::hours(2);
            format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
        };
        let fields = SessionFields {
            title: Some(title.to_owned()),
            starts_at: Some(local(starts_at)),
            ends_at: Some(local(starts_at + Duration::HOUR)),
            ..SessionFields::default()
        };
        let form_key = self.services.rng.id(self.services.clock.now()).to_string();
        let new = NewSession { fields, form_key };
        agenda::create(&self.services, &organizer.signed_in, event, &new).await.expect("a good session").id
    }
}
