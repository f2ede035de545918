mod changes;
mod deletions;

use domain::agenda::SessionSpeakerRole;
use domain::chat::{MessageView, RoomKind};
use domain::ids::ChatRoomId;
use domain::paging::{PageSize, Slice, Window};
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use domain::{AppError, Conflict};
use http::StatusCode;
use services::chat;

use crate::support::{AgendaScene, Answer, EventForm, Member, TestApp};

const POST: &str = "/api/chat/post_message";

async fn say(person: &Member, event: &str, room: ChatRoomId, id: u128, body: &str) -> Answer {
    let (room, id) = (room.to_string(), uuid::Uuid::from_u128(id).to_string());
    let fields = [("event", event), ("room", &room), ("client_message_id", &id), ("body", body)];
    person.browser.call(POST, &fields).await
}

#[tokio::test]
async fn public_chat_room_access() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let (ben, otto) = (app.person("Ben").await, app.person("Otto").await);
    let event = app.published(&olivia).await;
    for attendee in [&ada, &ben] {
        app.register(attendee, &event).await;
    }
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    let staff = app.room(&olivia, &event, RoomKind::Admin).await;
    let path = |room: ChatRoomId| format!("/events/{event}/rooms/{room}");

    for member in [&olivia, &ada, &ben] {
        assert_eq!(member.browser.get(&path(general)).await.status, StatusCode::OK);
        assert_eq!(
            say(member, &event, general, member.signed_in.user.get().as_u128(), "hello").await.status,
            StatusCode::OK
        );
        member.browser.listening(Topic::Room(general)).await;
    }
    assert_eq!(otto.browser.get(&path(general)).await.status, StatusCode::NOT_FOUND, "no member, no room");
    assert_eq!(say(&otto, &event, general, 1, "let me in").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ada.browser.get(&path(staff)).await.status,
        StatusCode::NOT_FOUND,
        "a forbidden room does not exist"
    );
    assert_eq!(say(&ada, &event, staff, 2, "psst").await.status, StatusCode::NOT_FOUND);
    assert_eq!(olivia.browser.get(&path(staff)).await.status, StatusCode::OK);
    let listed = ada.browser.get(&format!("/events/{event}/rooms")).await;
    assert!(listed.body.contains("General") && !listed.body.contains("Staff"), "nor is it listed");

    let times = ("2026-09-24T09:00", "2026-09-24T10:00");
    let session = app.session(&olivia, &event, "Opening", times, None).await.id;
    let public = app.session_room(session, RoomKind::Public).await;
    for member in [&olivia, &ada, &ben] {
        assert_eq!(member.browser.get(&path(public)).await.status, StatusCode::OK, "a session's public room");
        let id = member.signed_in.user.get().as_u128() + 1;
        assert_eq!(say(member, &event, public, id, "hello").await.status, StatusCode::OK);
        member.browser.listening(Topic::Room(public)).await;
    }
    assert_eq!(otto.browser.get(&path(public)).await.status, StatusCode::NOT_FOUND);
    let mut outside = otto.browser.socket().await;
    for topic in [general, public].map(Topic::Room) {
        let refused = ServerFrame::Refused { topic, code: RefusalCode::NotFound };
        assert_eq!(outside.subscribe(topic, None).await, refused, "the same over the socket");
    }
}

#[tokio::test]
async fn message_creation_and_validation() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;

    let first = say(&ada, &event, general, 1, "  Hello <b>everyone</b>  ").await.json::<MessageView>();
    assert_eq!(
        (first.seq, first.body.as_deref()),
        (1, Some("Hello <b>everyone</b>")),
        "trimmed, numbered, as typed"
    );
    let retry = say(&ada, &event, general, 1, "Hello <b>everyone</b>").await.json::<MessageView>();
    assert_eq!(retry, first, "one client id gives one message");
    let reused = say(&ada, &event, general, 1, "something else").await;
    assert_eq!((reused.status, reused.error()), (StatusCode::CONFLICT, Conflict::MessageIdReused.into()));
    let reason = |refused: &Answer| refused.json::<serde_json::Value>()["reason"].clone();
    assert_eq!(reason(&reused), "This message was already sent with another text.", "for scripts, in words");
    let other = say(&olivia, &event, general, 1, "my own").await.json::<MessageView>();
    assert_eq!(other.seq, 2, "ids are per author, and a refused retry takes no number");

    for (body, message) in [
        ("", "Write a message first."),
        (" \n\t ", "Write a message first."),
        (&"ä".repeat(2001), "Messages hold up to 2000 characters; this one has 2001."),
        ("a\0b", "This contains a character that can't be sent."),
    ] {
        let refused = say(&ada, &event, general, 9, body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let AppError::Invalid(errors) = refused.error() else { panic!("a message at the field") };
        assert_eq!(errors.get("body"), Some(message));
        assert_eq!(reason(&refused), message);
    }
    let longest = say(&ada, &event, general, 10, &"ä".repeat(2000)).await.json::<MessageView>();
    assert_eq!(longest.seq, 3, "2,000 characters are fine, and refusals left no gap");

    let room = general.to_string();
    let form = [
        ("event", event.as_str()),
        ("room", &room),
        ("client_message_id", "00000000-0000-0000-0000-0000000000ff"),
        ("body", "by form"),
    ];
    let page = ada.browser.submit_and_follow(POST, &form).await;
    assert!(page.body.contains("by form"), "the plain form posts and comes back to the room");
    assert!(page.body.contains("Hello &lt;b&gt;everyone&lt;/b&gt;"), "markup is shown as text");
    let forged = ada.browser.call_cross_site(POST, &form).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn message_pagination() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    for n in 1..=130 {
        app.post(&olivia, general, &format!("number {n}")).await;
    }
    let page = async |window| {
        let size = PageSize::parse(50).unwrap();
        chat::history(&app.services, &ada.signed_in, general, window, size).await.unwrap()
    };
    let seqs = |slice: &Slice<MessageView>| slice.items.iter().map(|message| message.seq).collect::<Vec<_>>();

    let newest = page(Window::Newest).await;
    assert_eq!((seqs(&newest), newest.has_older), ((81..=130).collect(), true));
    app.post(&olivia, general, "arrives meanwhile").await;
    let older = page(Window::Before(81)).await;
    assert_eq!((seqs(&older), older.has_older), ((31..=80).collect(), true), "nothing twice or missing");
    let oldest = page(Window::Before(31)).await;
    assert_eq!((seqs(&oldest), oldest.has_older), ((1..=30).collect(), false));
    let newer = page(Window::After(80)).await;
    assert_eq!((seqs(&newer), newer.has_newer), ((81..=130).collect(), true));
    assert_eq!(seqs(&page(Window::After(130)).await), [131]);
    assert!(PageSize::parse(0).is_err() && PageSize::parse(101).is_err(), "1 to 100 at a time");

    let first = ada.browser.get(&format!("/events/{event}/rooms/{general}")).await;
    assert!(first.body.contains("number 130") && !first.body.contains(">number 81<"));
    let earlier = ada.browser.get(&format!("/events/{event}/rooms/{general}?before=82")).await;
    assert!(
        earlier.body.contains("number 81") && !earlier.body.contains("number 82"),
        "pages without scripts"
    );
}

#[tokio::test]
async fn real_time_delivery() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let (ben, zoe) = (app.person("Ben").await, app.person("Zoe").await);
    let event = app.published(&olivia).await;
    for attendee in [&ada, &ben] {
        app.register(attendee, &event).await;
    }
    let elsewhere = app.organization(&zoe, "Elsewhere").await;
    let other = app.draft(&zoe, &elsewhere, EventForm::default()).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    let other_room = app.room(&zoe, &other, RoomKind::Global).await;
    let topic = Topic::Room(general);
    let mut at_ben = ben.browser.listening(topic).await;
    let mut at_zoe = zoe.browser.listening(Topic::Room(other_room)).await;

    let posted = say(&ada, &event, general, 1, "live").await.json::<MessageView>();

    let expected = ServerFrame::MessagePosted { topic, rev: 1, message: posted.clone() };
    assert_eq!(at_ben.next().await, expected, "the second client hears it");
    let stored = chat::changes_after(&app.services, &ben.signed_in, general, 0, 10).await.unwrap();
    assert_eq!(stored, [posted], "and it is committed by then");
    app.post(&zoe, other_room, "our own").await;
    let ServerFrame::MessagePosted { message, .. } = at_zoe.next().await else {
        panic!("Zoe hears her room")
    };
    assert_eq!(message.body.as_deref(), Some("our own"), "nobody else hears of it");
}

/// Who of the cast reads a room, posts there and listens to it, over HTTP and socket alike.
async fn only_opens_to(scene: &AgendaScene, room: ChatRoomId, inside: &[&Member], outside: &[&Member]) {
    let (path, topic) = (scene.path(&format!("/rooms/{room}")), Topic::Room(room));
    for who in inside {
        assert_eq!(who.browser.get(&path).await.status, StatusCode::OK);
        let id = who.signed_in.user.get().as_u128() ^ room.get().as_u128();
        assert_eq!(say(who, &scene.event, room, id, "hello").await.status, StatusCode::OK);
        who.browser.listening(topic).await;
    }
    for who in outside {
        assert_eq!(who.browser.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(say(who, &scene.event, room, 9, "psst").await.status, StatusCode::NOT_FOUND);
        let refused = who.browser.socket().await.subscribe(topic, None).await;
        assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound });
    }
}

#[tokio::test]
async fn backstage_room_restricted_access() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (sam, tess) = (scene.member("Sam", "SPEAKER").await, scene.member("Tess", "SPEAKER").await);
    let (mia, ada) = (scene.member("Mia", "MODERATOR").await, scene.member("Ada", "ATTENDEE").await);
    scene.speaks(session, &sam, SessionSpeakerRole::Speaker).await;
    let backstage = scene.app.session_room(session, RoomKind::Backstage).await;
    only_opens_to(&scene, backstage, &[&sam, &scene.olivia], &[&tess, &mia, &ada]).await;
}

#[tokio::test]
async fn chat_disabled_mode() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let ada = scene.member("Ada", "ATTENDEE").await;
    let (otto, id) = (scene.app.person("Otto").await, session.to_string());
    let save = [("session", id.as_str()), ("version", "1"), ("chat_mode", "DISABLED")];
    assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
    assert!(!scene.app.rooms(&ada, &scene.event).await.iter().any(|room| room.kind == RoomKind::Public));
    let public = scene.app.session_room(session, RoomKind::Public).await;
    only_opens_to(&scene, public, &[&ada, &scene.olivia], &[&otto]).await;
}

#[tokio::test]
async fn green_room_speaker_access() {
    let scene = AgendaScene::set().await;
    let (sam, omar) = (scene.member("Sam", "SPEAKER").await, scene.member("Omar", "ORGANIZER").await);
    let (mia, ada) = (scene.member("Mia", "MODERATOR").await, scene.member("Ada", "ATTENDEE").await);
    let green = scene.app.room(&scene.olivia, &scene.event, RoomKind::GreenRoom).await;
    only_opens_to(&scene, green, &[&sam, &omar, &scene.olivia], &[&mia, &ada]).await;
}

#[tokio::test]
async fn admin_room_access() {
    let scene = AgendaScene::set().await;
    let (sam, omar) = (scene.member("Sam", "SPEAKER").await, scene.member("Omar", "ORGANIZER").await);
    let (mia, ada) = (scene.member("Mia", "MODERATOR").await, scene.member("Ada", "ATTENDEE").await);
    let staff = scene.app.room(&scene.olivia, &scene.event, RoomKind::Admin).await;
    only_opens_to(&scene, staff, &[&omar, &scene.olivia], &[&sam, &mia, &ada]).await;
}

#[tokio::test]
async fn message_editing() {
    changes::by_their_author_for_a_while().await;
}

#[tokio::test]
async fn chat_room_participant_tracking() {
    changes::people_are_counted_once().await;
}

#[tokio::test]
async fn message_soft_delete() {
    deletions::leave_a_tombstone_and_the_audit().await;
}

#[tokio::test]
async fn role_based_message_deletion() {
    deletions::by_author_or_moderator().await;
}
