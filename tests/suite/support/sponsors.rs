//! Sponsors and tiers, through the use cases.

use domain::agenda::SessionSpeakerRole;
use domain::chat::RoomKind;
use domain::ids::{SponsorId, SponsorTierId};
use domain::sponsors::Place;
use http::StatusCode;
use services::ServiceError;
use services::agenda;
use services::sponsors::{self, Board, BoardSponsor, NewSponsor, SponsorFields};

use super::{Answer, Member, TestApp};

impl TestApp {
    pub async fn sponsor_board(&self, organizer: &Member, event: &str) -> Board {
        sponsors::board(&self.services, &organizer.signed_in, event).await.expect("an organizer")
    }

    /// One of the event's tiers.
    pub async fn sponsor_tier(&self, organizer: &Member, event: &str, name: &str) -> SponsorTierId {
        let board = self.sponsor_board(organizer, event).await;
        board.tiers.iter().find(|tier| tier.name == name).expect("a tier of this name").id
    }

    /// An active sponsor at the end of a tier, or of those without one.
    pub async fn sponsor(
        &self,
        organizer: &Member,
        event: &str,
        tier: Option<&str>,
        name: &str,
    ) -> SponsorId {
        let tier = match tier {
            Some(tier) => self.sponsor_tier(organizer, event, tier).await.to_string(),
            None => "none".to_owned(),
        };
        let fields = SponsorFields { name: Some(name.to_owned()), ..SponsorFields::default() };
        let form_key = self.services.rng.id(self.services.clock.now()).to_string();
        let new = NewSponsor { tier, fields, form_key };
        sponsors::create(&self.services, &organizer.signed_in, event, &new).await.expect("there is room")
    }
}

/// A published event of Olivia's.
pub struct SponsorScene {
    pub app: TestApp,
    pub olivia: Member,
    pub event: String,
}

impl SponsorScene {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        Self { app, olivia, event }
    }

    /// As the page's forms do, with the event's address.
    pub async fn call(&self, function: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<(&str, &str)> =
            [("event", self.event.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.olivia.browser.call(&format!("/api/{function}"), &fields).await
    }

    pub async fn status(&self, function: &str, fields: &[(&str, &str)]) -> StatusCode {
        self.call(function, fields).await.status
    }

    pub fn form_key(&self) -> String {
        self.app.services.rng.id(self.app.services.clock.now()).to_string()
    }

    pub async fn add(&self, tier: &str, name: &str) -> SponsorId {
        self.app.sponsor(&self.olivia, &self.event, Some(tier), name).await
    }

    pub async fn tier(&self, name: &str) -> String {
        self.app.sponsor_tier(&self.olivia, &self.event, name).await.to_string()
    }

    /// Who stands in a tier, in order.
    pub async fn names(&self, tier: &str) -> Vec<String> {
        let board = self.app.sponsor_board(&self.olivia, &self.event).await;
        let names = |sponsors: &[BoardSponsor]| sponsors.iter().map(|sponsor| sponsor.name.clone()).collect();
        board
            .tiers
            .iter()
            .find(|found| found.name == tier)
            .map_or_else(|| names(&board.without_tier), |tier| names(&tier.sponsors))
    }

    /// What a visitor reads on the page: headings of tiers and sponsors.
    pub async fn shown(&self) -> Vec<String> {
        let answer = self.app.browser().get(&format!("/events/{}/sponsors", self.event)).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.html().texts("main h2, main h3")
    }

    pub async fn move_to(&self, sponsor: SponsorId, place: Place) -> Result<(), ServiceError> {
        sponsors::move_to(&self.app.services, &self.olivia.signed_in, &self.event, sponsor, place)
            .await
            .map(drop)
    }

    /// A session on the first day of the scene's event, at nine in Berlin, in a room and a track, with a speaker, a star, a
    /// sign-up and a stream.
    pub async fn keynote(&self) {
        let Self { app, olivia, event } = self;
        let hall = app.venue_room(olivia, event, "Hall").await;
        let times = ("2026-09-24T09:00", "2026-09-24T10:00");
        let session = app.session(olivia, event, "Keynote", times, Some(hall)).await.id;
        let (speaker, role) = (olivia.signed_in.user, SessionSpeakerRole::Keynote);
        agenda::add_speaker(&app.services, &olivia.signed_in, event, session, speaker, role).await.unwrap();
        let track = app.track(olivia, event, "Web").await;
        let in_track = "update agenda_sessions set track_id = $2, streaming_platform = 'OTHER',
                               streaming_value = 'https://stream.example/1' where id = $1";
        let in_track = sqlx::query(in_track).bind(session.get()).bind(track.get());
        in_track.execute(&app.services.db).await.unwrap();
        for attends in [
            "insert into session_stars (event_id, session_id, user_id, created_at)
             select event_id, id, $2, now() from agenda_sessions where id = $1",
            "insert into session_sign_ups (event_id, session_id, user_id, status, signed_up_at)
             select event_id, id, $2, 'SIGNED_UP', now() from agenda_sessions where id = $1",
        ] {
            let attends = sqlx::query(attends).bind(session.get()).bind(speaker.get());
            attends.execute(&app.services.db).await.unwrap();
        }
        let public = app.session_room(session, RoomKind::Public).await;
        app.post(olivia, public, "Welcome").await;
    }
}
