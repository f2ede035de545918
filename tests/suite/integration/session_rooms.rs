//! Chat rooms of sessions that open and close by the clock.

use domain::chat::RoomKind;
use domain::ids::{AgendaSessionId, ChatRoomId};
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;
use services::chat::AllPublic;
use services::{agenda, chat};
use time::Duration;
use time::macros::datetime;

use crate::support::AgendaScene;

/// With sessions that begin at nine in Berlin, and rooms that open 15 minutes before and close 30 after.
struct Clocked {
    scene: AgendaScene,
    session: AgendaSessionId,
    rooms: [ChatRoomId; 2],
}

impl Clocked {
    async fn set() -> Self {
        let scene = AgendaScene::set().await;
        let session = scene.add("Opening", ("09:00", "10:00"), None).await;
        let mut rooms = Vec::new();
        for kind in [RoomKind::Public, RoomKind::Backstage] {
            rooms.push(scene.app.session_room(session, kind).await);
        }
        let rooms = [rooms[0], rooms[1]];
        let clocked = Self { scene, session, rooms };
        clocked.by_clock(Some((15, 30))).await;
        clocked
    }

    async fn by_clock(&self, minutes: Option<(i32, i32)>) {
        let set = "update events set rooms_open_before_minutes = $2, rooms_close_after_minutes = $3 where slug = $1";
        let set = sqlx::query(set).bind(&self.scene.event);
        let set = set.bind(minutes.map(|both| both.0)).bind(minutes.map(|both| both.1));
        set.execute(&self.scene.app.services.db).await.unwrap();
    }

    /// Which of both rooms are open, this many minutes after nine.
    async fn at(&self, minutes: i64) -> [bool; 2] {
        let services = &self.scene.app.services;
        let to = datetime!(2026-09-24 07:00 UTC) + Duration::minutes(minutes);
        self.scene.app.wait(to - services.clock.now());
        self.tick().await
    }

    async fn tick(&self) -> [bool; 2] {
        let services = &self.scene.app.services;
        agenda::tick(services).await.unwrap();
        let mut open = Vec::new();
        for room in self.rooms {
            let is_open = sqlx::query_scalar("select is_enabled from chat_rooms where id = $1");
            open.push(is_open.bind(room.get()).fetch_one(&services.db).await.unwrap());
        }
        [open[0], open[1]]
    }

    async fn by_hand(&self, open: &str) {
        let (services, event) = (&self.scene.app.services, &self.scene.event);
        chat::set_open(services, &self.scene.olivia.signed_in, event, self.rooms[0], open).await.unwrap();
    }
}

#[tokio::test]
async fn rooms_open_before_their_session_and_close_after_it() {
    let clocked = Clocked::set().await;
    assert_eq!(clocked.at(-16).await, [false, false]);
    assert_eq!(clocked.at(-15).await, [true, true]);
    assert_eq!(clocked.at(89).await, [true, true]);
    assert_eq!(clocked.at(90).await, [false, false]);
    let services = &clocked.scene.app.services;
    let to = agenda::Move { starts_at: "2026-09-24T10:40".to_owned(), ..agenda::Move::default() };
    let olivia = &clocked.scene.olivia.signed_in;
    agenda::move_to(services, olivia, &clocked.scene.event, clocked.session, &to).await.unwrap();
    assert_eq!(clocked.tick().await, [true, true], "they follow their session");
}

#[tokio::test]
async fn what_somebody_did_by_hand_stands_until_the_clock_has_something_new_to_say() {
    let clocked = Clocked::set().await;
    assert_eq!(clocked.at(-60).await, [false, false]);
    clocked.by_hand("yes").await;
    assert_eq!(clocked.at(-40).await, [true, false]);
    assert_eq!(clocked.at(-15).await, [true, true]);
    clocked.by_hand("no").await;
    assert_eq!(clocked.at(30).await, [false, true]);
    assert_eq!(clocked.at(90).await, [false, false]);
}

#[tokio::test]
async fn what_was_closed_together_is_not_opened_by_the_clock() {
    let clocked = Clocked::set().await;
    let (services, scene) = (&clocked.scene.app.services, &clocked.scene);
    assert_eq!(clocked.at(-10).await, [true, true]);
    let all = async |what| chat::set_all_public(services, &scene.olivia.signed_in, &scene.event, what).await;
    assert_eq!(all(AllPublic::Close).await.unwrap(), 2, "with the general room");
    let later = agenda::Move { starts_at: "2026-09-24T12:00".to_owned(), ..agenda::Move::default() };
    assert_eq!(clocked.at(0).await, [false, true]);
    assert_eq!(all(AllPublic::Open).await.unwrap(), 2);
    assert_eq!(clocked.at(1).await, [true, true]);
    all(AllPublic::Close).await.unwrap();
    agenda::set_status(
        services,
        &scene.olivia.signed_in,
        &scene.event,
        clocked.session,
        domain::agenda::SessionStatus::Completed,
    )
    .await
    .unwrap();
    agenda::move_to(services, &scene.olivia.signed_in, &scene.event, clocked.session, &later).await.unwrap();
    assert_eq!(clocked.tick().await, [false, false], "it is too early again");
    assert_eq!(all(AllPublic::Open).await.unwrap(), 1, "so its room is no matter of all rooms any more");
    assert_eq!(clocked.tick().await, [false, false]);
}

#[tokio::test]
async fn what_the_clock_had_closed_stays_so_too_while_all_are_closed() {
    let clocked = Clocked::set().await;
    let (services, scene) = (&clocked.scene.app.services, &clocked.scene);
    let all = async |what| chat::set_all_public(services, &scene.olivia.signed_in, &scene.event, what).await;
    assert_eq!(clocked.at(-60).await, [false, false]);
    assert_eq!(all(AllPublic::Close).await.unwrap(), 1, "the general room");
    assert_eq!(clocked.at(-10).await, [false, true], "the clock opens what is not for everybody");
    assert_eq!(all(AllPublic::Open).await.unwrap(), 2, "whose time has come meanwhile, too");
    assert_eq!(clocked.tick().await, [true, true]);
    assert_eq!(clocked.at(90).await, [false, false]);
    assert_eq!(all(AllPublic::Close).await.unwrap(), 1);
    assert_eq!(all(AllPublic::Open).await.unwrap(), 1, "what the clock closed it opens itself");
    assert_eq!(clocked.tick().await, [false, false]);
    clocked.by_hand("yes").await;
    all(AllPublic::Close).await.unwrap();
    assert_eq!(all(AllPublic::Open).await.unwrap(), 2, "what somebody had opened against it, too");
    assert_eq!(clocked.tick().await, [true, false]);
}

#[tokio::test]
async fn without_the_setting_rooms_are_open_and_the_clock_gives_back_what_it_closed() {
    let clocked = Clocked::set().await;
    assert_eq!(clocked.at(-60).await, [false, false]);
    clocked.by_clock(None).await;
    assert_eq!(clocked.tick().await, [true, true]);
    clocked.by_hand("no").await;
    assert_eq!(clocked.at(200).await, [false, true], "it has no say any more");
    let hide =
        "update events set status = 'DRAFT', rooms_open_before_minutes = 0, rooms_close_after_minutes = 0";
    sqlx::query(hide).execute(&clocked.scene.app.services.db).await.unwrap();
    assert_eq!(clocked.tick().await, [false, true], "nor in a draft");
}

#[tokio::test]
async fn who_sits_in_a_room_hears_that_it_closed_and_organizers_set_when() {
    let scene = AgendaScene::set().await;
    let ada = scene.member("Ada", "ATTENDEE").await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let room = scene.app.session_room(session, RoomKind::Public).await;
    let mut at_ada = ada.browser.listening(Topic::Room(room)).await;
    let page = scene.olivia.browser.get(&scene.path("/manage/settings")).await.html();
    let names = ["visibility", "session_status_mode", "profanity_mode"];
    let chosen = names.map(|name| page.attributes(&format!("[name={name}][checked]"), "value").remove(0));
    let version = page.value("version");
    let save = async |who: &crate::support::Member, before: &str| {
        let fields = [
            ("visibility", &*chosen[0]),
            ("session_status_mode", &*chosen[1]),
            ("profanity_mode", &*chosen[2]),
            ("auto_archive_days", "30"),
            ("version", &*version),
            ("rooms_open_before", before),
            ("rooms_close_after", ""),
        ];
        scene.call_as(who, "events/save_settings", &fields).await
    };
    assert_eq!(save(&ada, "15").await.status, StatusCode::FORBIDDEN);
    let domain::AppError::Invalid(errors) = save(&scene.olivia, "1441").await.error() else {
        panic!("at the field")
    };
    assert!(errors.get("rooms_open_before").is_some());
    assert_eq!(save(&scene.olivia, "15").await.status, StatusCode::OK);
    agenda::tick(&scene.app.services).await.unwrap();
    assert!(matches!(at_ada.next().await, ServerFrame::RoomClosed { room, .. } if !room.is_enabled));
    let page = ada.browser.get(&scene.path(&format!("/rooms/{room}"))).await.html();
    assert_eq!(page.text(".composer-closed"), "This room is closed.");
    agenda::tick(&scene.app.services).await.unwrap();
    at_ada.is_quiet().await;
}
