use domain::chat::{MessageBody, MessageView, RoomKind};
use domain::ids::{ChatRoomId, ClientMessageId};
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Conflict, Denied, FieldErrors, Gone};
use services::chat::{self, NewMessage};
use services::{Outcome, ServiceError};
use time::Duration;

use crate::support::{AgendaScene, ChatScene, EventForm, Member, TestApp};

fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> AppError {
    match outcome {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("a refusal, not {other:?}"),
    }
}

#[tokio::test]
async fn create_default_rooms() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let event = app.draft(&olivia, &organization, EventForm::default()).await;
    let rooms = app.rooms(&olivia, &event).await;
    let made: Vec<_> = rooms
        .iter()
        .map(|room| (room.kind, room.name.as_str(), room.is_enabled, room.slow_mode_seconds))
        .collect();
    assert_eq!(
        made,
        [
            (RoomKind::Global, "General", true, 0),
            (RoomKind::GreenRoom, "Green room", true, 0),
            (RoomKind::Admin, "Staff", true, 0),
        ]
    );
    let again = app.draft(&olivia, &organization, EventForm::default()).await;
    let others = app.rooms(&olivia, &again).await;
    assert!(others.iter().all(|room| rooms.iter().all(|first| first.id != room.id)), "each event its own");
}

#[tokio::test]
async fn room_access_control() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (app, event) = (&scene.app, &scene.event);
    let people = [
        ("ATTENDEE", scene.member("Ada", "ATTENDEE").await),
        ("SPEAKER", scene.member("Tess", "SPEAKER").await),
        ("MODERATOR", scene.member("Maya", "MODERATOR").await),
        ("ORGANIZER", scene.member("Omar", "ORGANIZER").await),
    ];
    let room = async |kind: RoomKind| match kind {
        RoomKind::Public | RoomKind::Backstage => app.session_room(session, kind).await,
        RoomKind::Global | RoomKind::GreenRoom | RoomKind::Admin => {
            app.room(&scene.olivia, event, kind).await
        }
    };
    for (kind, readers) in [
        (RoomKind::Global, "ATTENDEE SPEAKER MODERATOR ORGANIZER"),
        (RoomKind::Public, "ATTENDEE SPEAKER MODERATOR ORGANIZER"),
        (RoomKind::Backstage, "ORGANIZER"),
        (RoomKind::GreenRoom, "SPEAKER ORGANIZER"),
        (RoomKind::Admin, "ORGANIZER"),
    ] {
        let room = room(kind).await;
        for (role, person) in &people {
            let person = &person.signed_in;
            let window = domain::paging::Window::Newest;
            let opened = chat::open_room(&app.services, person, event, room, window).await;
            let heard = chat::open_for_socket(&app.services, person, room).await;
            let posted = chat::check_may_post(&app.services, person, room).await;
            if readers.contains(role) {
                assert!(opened.is_ok() && heard.is_ok() && posted.is_ok(), "{role} in {kind:?}");
            } else {
                for refusal in [refused(opened.map(drop)), refused(heard.map(drop)), refused(posted)] {
                    assert_eq!(refusal, AppError::NotFound, "{role} in {kind:?}: it does not exist");
                }
            }
        }
    }
    let ada = &people[0].1.signed_in;
    let missing = ChatRoomId::new(uuid::Uuid::from_u128(1));
    assert_eq!(refused(chat::check_may_post(&app.services, ada, missing).await), AppError::NotFound);
    let general = room(RoomKind::Global).await;
    let elsewhere =
        chat::open_room(&app.services, ada, "another-event", general, domain::paging::Window::Newest);
    assert_eq!(refused(elsewhere.await.map(drop)), AppError::NotFound, "under its own event only");
}

async fn post(scene: &ChatScene, who: &Member, id: u128, body: &str) -> Outcome<MessageView> {
    let new = NewMessage {
        room: scene.general,
        client_message_id: ClientMessageId::new(uuid::Uuid::from_u128(id)),
        body: MessageBody::parse(body).expect("a message to post"),
        reply_to: None,
    };
    chat::post(&scene.team.app.services, &who.signed_in, &new).await
}

#[tokio::test]
async fn message_creation() {
    let scene = ChatScene::set().await;
    let first = post(&scene, &scene.ben, 1, " Hello ").await.unwrap();
    assert_eq!((first.seq, first.rev, first.body.as_deref()), (1, 1, Some("Hello")));
    assert_eq!(post(&scene, &scene.ben, 1, "Hello").await.unwrap(), first, "one client id, one message");
    assert_eq!(refused(post(&scene, &scene.ben, 1, "Bye").await), Conflict::MessageIdReused.into());
    scene.call(&scene.ben, "edit_message", &first, &[("body", "Hello, all")]).await;
    let again = post(&scene, &scene.ben, 1, "Hello").await.unwrap();
    assert_eq!(
        again.body.as_deref(),
        Some("Hello, all"),
        "a retry of what was edited since is still a retry"
    );
    let second = post(&scene, &scene.ben, 2, "More").await.unwrap();
    assert_eq!((second.seq, second.rev), (2, 3), "positions have no gap, revisions count the edit");

    scene.set_open(false).await;
    assert_eq!(refused(post(&scene, &scene.ben, 3, "Closed").await), Conflict::RoomClosed.into());
    assert_eq!(post(&scene, &scene.ben, 2, "More").await.unwrap().id, second.id, "acknowledged all the same");
    let by_organizer = post(&scene, &scene.team.organizer, 3, "We open soon").await;
    assert_eq!(by_organizer.unwrap().seq, 3, "organizers write in a closed room");
    scene.set_open(true).await;
    scene.mute(&scene.ben).await;
    assert_eq!(refused(post(&scene, &scene.ben, 4, "Muted").await), Denied::Muted.into());

    let answer = NewMessage {
        room: scene.staff,
        client_message_id: ClientMessageId::new(uuid::Uuid::from_u128(5)),
        body: MessageBody::parse("An answer").unwrap(),
        reply_to: Some(first.id),
    };
    let olivia = &scene.team.olivia.signed_in;
    let elsewhere = refused(chat::post(&scene.team.app.services, olivia, &answer).await);
    assert_eq!(elsewhere, FieldErrors::one("reply_to", "What you answer isn't in this room.").into());
    let answer = NewMessage { room: scene.general, ..answer };
    let answer = chat::post(&scene.team.app.services, olivia, &answer).await.unwrap();
    let quote = answer.reply_to.expect("a quote");
    assert_eq!(
        (quote.id, quote.author.as_str(), quote.body.as_deref()),
        (first.id, "Ben Test", Some("Hello, all"))
    );
}

#[tokio::test]
async fn message_moderation() {
    let scene = ChatScene::set().await;
    let (services, topic) = (&scene.team.app.services, Topic::Room(scene.general));
    let (maya, ben) = (&scene.team.moderator.signed_in, &scene.ben.signed_in);
    let message = scene.says(&scene.ben, "To be judged").await;
    let mut at_ada = scene.team.attendee.browser.listening(topic).await;

    let by_ada = chat::delete(services, &scene.team.attendee.signed_in, scene.general, message.id, "").await;
    assert_eq!(refused(by_ada), Denied::ModeratorsOnly.into());
    let gone = chat::delete(services, maya, scene.general, message.id, "Off topic").await.unwrap();
    let told = at_ada.next().await;
    assert_eq!(told, ServerFrame::MessageDeleted { topic, rev: 2, message: gone.clone() }, "without text");
    assert_eq!(gone.body, None);
    let too_long = chat::delete(services, maya, scene.general, message.id, &"x".repeat(501)).await;
    assert!(matches!(refused(too_long), AppError::Invalid(errors) if errors.get("reason").is_some()));

    let back = chat::restore(services, maya, scene.general, message.id).await.unwrap();
    assert_eq!(at_ada.next().await, ServerFrame::MessageRestored { topic, rev: 3, message: back.clone() });
    assert_eq!(back.body.as_deref(), Some("To be judged"));
    assert_eq!(chat::restore(services, maya, scene.general, message.id).await.unwrap(), back, "once");
    let rewritten = chat::edit(services, maya, scene.general, message.id, "Rewritten").await;
    assert_eq!(refused(rewritten), Denied::NotYourMessage.into(), "moderators remove, they never rewrite");

    chat::delete(services, maya, scene.general, message.id, "").await.unwrap();
    scene.team.app.wait(Duration::hours(24));
    let late = chat::restore(services, maya, scene.general, message.id).await;
    assert_eq!(refused(late), AppError::Gone(Gone::RestoreOver));
    let by_author = chat::edit(services, ben, scene.general, message.id, "Come back").await;
    assert_eq!(refused(by_author), Conflict::MessageDeleted.into());
}
