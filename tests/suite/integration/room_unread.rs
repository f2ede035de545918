//! What waits in rooms: counted for each reader, told where lists are shown, and put back by hand.

use domain::FieldErrors;
use domain::chat::{RoomKind, RoomUnread};
use domain::realtime::Topic;
use http::StatusCode;
use services::chat;

use crate::support::{ChatScene, EventTeam, Member};

impl ChatScene {
    async fn unread(&self, who: &Member) -> Vec<(String, i64, i64)> {
        let fields = [("event", self.team.event.as_str())];
        let waiting: Vec<RoomUnread> = who.browser.call("/api/chat/count_unread", &fields).await.json();
        waiting.into_iter().map(|room| (room.room.to_string(), room.unread, room.mentions)).collect()
    }
}

#[tokio::test]
async fn a_number_says_how_often_one_is_named_and_a_dot_that_others_wrote() {
    let scene = ChatScene::set().await;
    let (ada, general) = (&scene.team.attendee, scene.general.to_string());
    assert_eq!(scene.unread(ada).await, []);
    scene.says(&scene.ben, "hello").await;
    scene.says(ada, "hello, Ben").await;
    assert_eq!(scene.unread(ada).await, [(general.clone(), 1, 0)], "not what one wrote oneself");
    let list = async || ada.browser.get(&scene.team.page("/rooms")).await.html();
    let page = list().await;
    assert_eq!(page.texts(".room-link .count-dot"), ["1 unread"]);
    assert_eq!(page.texts(".rail-link .count-dot"), ["1 unread"], "and at the way to all rooms");

    let name = &ada.signed_in.full_name;
    let named = scene.says(&scene.ben, &format!("@{name}, look")).await;
    scene.team.app.post(&scene.team.olivia, scene.staff, "not for her").await;
    assert_eq!(scene.unread(ada).await, [(general.clone(), 2, 1)], "rooms that she reads, alone");
    assert_eq!(scene.unread(&scene.team.organizer).await.len(), 2);
    let page = list().await;
    assert_eq!(page.texts(".room-link .count"), ["11 mention"]);
    assert!(!page.has(".count-dot"));

    assert_eq!(scene.call(&scene.ben, "delete_message", &named, &[]).await.status, StatusCode::OK);
    assert_eq!(scene.unread(ada).await, [(general, 1, 0)], "what is gone names nobody");
    let fields = [("event", scene.team.event.as_str())];
    let otto = scene.team.app.person("Otto").await;
    let refused = otto.browser.status("/api/chat/count_unread", &fields).await;
    assert_eq!(refused, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_message_and_what_follows_it_are_unread_again_when_their_reader_says_so() {
    let scene = ChatScene::set().await;
    let (ada, general) = (&scene.team.attendee, scene.general.to_string());
    let mut said = Vec::new();
    for text in ["one", "two", "three"] {
        said.push(scene.says(&scene.ben, text).await);
    }
    let read = [("event", &*scene.team.event), ("room", &general), ("seq", "3")];
    assert_eq!(ada.browser.status("/api/chat/mark_room_read", &read).await, StatusCode::OK);
    assert_eq!(scene.unread(ada).await, []);

    assert_eq!(scene.call(ada, "mark_unread", &said[1], &[]).await.status, StatusCode::OK);
    assert_eq!(scene.unread(ada).await, [(general.clone(), 2, 0)]);
    assert_eq!(scene.call(ada, "mark_unread", &said[2], &[]).await.status, StatusCode::OK);
    assert_eq!(scene.unread(ada).await, [(general.clone(), 2, 0)], "it reads nothing");
    let room = ada.browser.get(&scene.page("")).await.html();
    assert!(room.text("#unread + .message").contains("two"), "the room opens there");
    assert_eq!(scene.unread(&scene.ben).await, [], "and it is nobody else's business");

    let foreign = scene.team.app.post(&scene.team.olivia, scene.staff, "elsewhere").await;
    assert_eq!(scene.call(ada, "mark_unread", &foreign, &[]).await.status, StatusCode::NOT_FOUND);
    let otto = scene.team.app.person("Otto").await;
    let stranger = scene.call(&otto, "mark_unread", &said[0], &[]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);

    let form = [("event", &*scene.team.event), ("room", &general), ("message", &said[0].id.to_string())];
    let next = ada.browser.submit("/api/chat/mark_unread", &form).await;
    assert_eq!(next.location(), scene.team.page("/rooms"), "the room itself would read it at once");
}

#[tokio::test]
async fn an_event_is_told_in_which_of_its_open_rooms_somebody_wrote() {
    let scene = ChatScene::set().await;
    let topic = Topic::Event(scene.team.app.event_id(&scene.team.event).await);
    let mut at_ada = scene.team.attendee.browser.listening(topic).await;
    scene.team.app.post(&scene.team.olivia, scene.staff, "not for all").await;
    for text in ["one", "two"] {
        scene.says(&scene.ben, text).await;
    }
    assert_eq!(at_ada.next_active().await, [scene.general], "once, and without the rooms of a few");
    at_ada.is_really_quiet().await;
}

#[tokio::test]
async fn a_room_opens_at_the_first_unread_message_and_reads_nothing_that_was_never_shown() {
    let scene = ChatScene::set().await;
    let (ada, general) = (&scene.team.attendee, scene.general.to_string());
    let fill = "insert into chat_messages (id, event_id, room_id, author_id, client_message_id, body, seq, rev, created_at)
                select gen_random_uuid(), r.event_id, r.id, $2, gen_random_uuid(), 'line ' || n, r.last_seq + n, r.last_rev + n, now()
                  from chat_rooms r, generate_series(1, $3) n where r.id = $1";
    let count = "update chat_rooms set last_seq = last_seq + $2, last_rev = last_rev + $2 where id = $1";
    let more = async |messages: i32| {
        let (db, ben) = (&scene.team.app.services.db, scene.ben.signed_in.user.get());
        let filled = sqlx::query(fill).bind(scene.general.get()).bind(ben).bind(messages);
        filled.execute(db).await.expect("messages");
        sqlx::query(count).bind(scene.general.get()).bind(messages).execute(db).await.expect("a room");
    };
    let open = async || ada.browser.get(&scene.page("")).await.html();
    more(60).await;
    assert!(!open().await.has(".chat-above"), "nobody has to read all of a room that they never opened");
    let read = [("event", &*scene.team.event), ("room", &general), ("seq", "60")];
    assert_eq!(ada.browser.status("/api/chat/mark_room_read", &read).await, StatusCode::OK);

    more(80).await;
    let page = open().await;
    assert!(page.text("#unread + .message").contains("line 1"));
    assert_eq!(page.texts(".message").len(), 85, "with some that she knows");
    assert!(!page.has(".chat-above"));
    more(80).await;
    let page = open().await;
    assert_eq!(page.texts(".message").len(), 100, "not too far back");
    assert_eq!(page.attributes(".chat-above a", "href"), [scene.page("?after=60")]);
    assert_eq!(page.attributes(".chat-above [name=seq]", "value"), ["220"]);
}

#[tokio::test]
async fn a_reader_chooses_what_they_hear_of_a_room() {
    let scene = ChatScene::set().await;
    let (ada, general) = (&scene.team.attendee, scene.general.to_string());
    let follow = async |who: &Member, follow: &str| {
        let fields = [("event", &*scene.team.event), ("room", &general), ("follow", follow)];
        who.browser.call("/api/chat/follow_room", &fields).await
    };
    let named = format!("@{}, look", ada.signed_in.full_name);
    let news = async || {
        let list = ada.browser.get("/notifications").await.html();
        list.texts(".notification").join(" ")
    };
    scene.says(&scene.ben, "hello").await;
    assert_eq!(follow(ada, "MENTIONS").await.status, StatusCode::OK);
    assert_eq!(scene.unread(ada).await, []);
    scene.says(&scene.ben, &named).await;
    assert_eq!(scene.unread(ada).await, [(general.clone(), 0, 1)], "named, and no dot");
    assert!(news().await.contains("mentioned you"), "{}", news().await);

    assert_eq!(follow(ada, "NOTHING").await.status, StatusCode::OK);
    let before = news().await;
    scene.says(&scene.ben, &named).await;
    assert_eq!(scene.unread(ada).await, []);
    assert_eq!(news().await, before, "and is told nothing more");
    assert_eq!(scene.unread(&scene.team.organizer).await.len(), 1, "others are");

    assert_eq!(follow(ada, "HIDDEN").await.status, StatusCode::OK);
    let list = ada.browser.get(&scene.team.page("/rooms")).await.html();
    assert!(list.text(".rooms-hidden").contains("General"));
    let page = ada.browser.get(&scene.page("/follow")).await.html();
    assert_eq!(page.attributes("[name=follow][checked]", "value"), ["HIDDEN"]);
    assert_eq!(follow(ada, "EVERYTHING").await.status, StatusCode::OK);
    assert_eq!(scene.unread(ada).await, [(general.clone(), 3, 2)], "where she left off");

    let refused = follow(ada, "SOMETIMES").await;
    assert_eq!(refused.error(), FieldErrors::one("follow", "Choose what you want to hear.").into());
    let otto = scene.team.app.person("Otto").await;
    assert_eq!(follow(&otto, "NOTHING").await.status, StatusCode::NOT_FOUND);
    assert_eq!(otto.browser.get(&scene.page("/follow")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_to_a_late_message_opens_the_room_as_it_goes_on_and_to_an_early_one_its_history() {
    let scene = ChatScene::set().await;
    let first = scene.says(&scene.ben, "first").await;
    let open = async |id: String| scene.ben.browser.get(&scene.page(&format!("?message={id}"))).await.html();
    assert!(open(first.id.to_string()).await.has(".composer"), "what follows is all there");
    for n in 0..30 {
        scene.team.app.wait(time::Duration::MINUTE);
        scene.says(&scene.team.organizer, &format!("line {n}")).await;
    }
    let early = open(first.id.to_string()).await;
    assert!(!early.has(".composer"));
    assert!(early.texts(".message")[0].contains("first"));
}

#[tokio::test]
async fn that_somebody_wrote_in_a_room_of_a_few_is_told_to_each_of_them_and_nobody_else() {
    let team = EventTeam::set().await;
    let services = &team.app.services;
    let room = async |kind| team.app.room(&team.olivia, &team.event, kind).await;
    let [green, staff] = [room(RoomKind::GreenRoom).await, room(RoomKind::Admin).await];
    let mut sockets = Vec::new();
    for who in [&team.organizer, &team.speaker, &team.moderator, &team.attendee] {
        sockets.push(who.browser.socket().await);
    }
    for room in [green, staff, green] {
        team.app.post(&team.olivia, room, "between us").await;
    }
    chat::tell_restricted_activity(services).await;
    let [organizer, speaker, moderator, attendee] = &mut *sockets else { panic!("four") };
    let mut both = organizer.next_active().await;
    both.sort_unstable_by_key(|room| *room == staff);
    assert_eq!(both, [green, staff]);
    assert_eq!(speaker.next_active().await, [green], "the staff room is none of theirs");
    for socket in [moderator, attendee] {
        socket.is_really_quiet().await;
    }
    chat::tell_restricted_activity(services).await;
    organizer.is_really_quiet().await;
}
