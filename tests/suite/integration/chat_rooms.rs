//! What organizers and moderators do to rooms.

use domain::chat::RoomKind;
use domain::ids::ChatRoomId;
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use domain::{AppError, Conflict, Denied, FieldErrors, Gone};
use http::StatusCode;
use time::Duration;

use crate::support::{AgendaScene, Answer, ChatScene, Member};

impl ChatScene {
    async fn manage(&self, who: &Member, what: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("event", self.team.event.as_str())];
        all.extend_from_slice(fields);
        who.browser.call(&format!("/api/chat/{what}"), &all).await
    }

    async fn add(&self, name: &str, key: u128) -> Answer {
        let key = uuid::Uuid::from_u128(key).to_string();
        let fields = [("kind", "GLOBAL"), ("name", name), ("description", "For all"), ("form_key", &key)];
        self.manage(&self.team.organizer, "create_room", &fields).await
    }

    async fn names(&self) -> Vec<String> {
        let rooms = self.team.app.rooms(&self.team.olivia, &self.team.event).await;
        rooms.into_iter().map(|room| room.name).collect()
    }
}

#[tokio::test]
async fn organizers_add_name_and_order_rooms() {
    let scene = ChatScene::set().await;
    let topic = Topic::Event(scene.team.app.event_id(&scene.team.event).await);
    let mut at_ada = scene.team.attendee.browser.listening(topic).await;
    let first: String = scene.add("  Hallway ", 1).await.json();
    assert!(matches!(at_ada.next().await, ServerFrame::RoomCreated { room, .. } if room.name == "Hallway"));
    assert_eq!(scene.add("Hallway", 1).await.json::<String>(), first, "a second submit is the first");
    assert_eq!(
        scene.names().await,
        ["General", "Hallway", "Green room", "Staff"],
        "behind those of its kind"
    );
    let taken = scene.add("hallway", 2).await;
    assert_eq!(taken.error(), FieldErrors::one("name", "There is a room of this name already.").into());
    let AppError::Invalid(short) = scene.add("ab", 3).await.error() else { panic!("at the field") };
    assert!(short.get("name").is_some());
    for who in [&scene.team.moderator, &scene.team.attendee, &scene.team.speaker] {
        let refused = scene.manage(who, "create_room", &[("kind", "GLOBAL"), ("name", "Mine")]).await;
        assert_eq!(refused.error(), Denied::OrganizersOnly.into());
    }

    let save = async |version: &str, name: &str| {
        let fields = [("room", first.as_str()), ("version", version), ("name", name), ("description", "")];
        scene.manage(&scene.team.organizer, "save_room", &fields).await
    };
    assert_eq!(save("1", "Corridor").await.status, StatusCode::OK);
    assert!(matches!(at_ada.next().await, ServerFrame::RoomChanged { room, .. } if room.name == "Corridor"));
    assert_eq!(save("1", "Passage").await.error(), Conflict::StaleEdit { by: "Omar Test".to_owned() }.into());
    let up = [("room", first.as_str()), ("after", "")];
    assert_eq!(scene.manage(&scene.team.organizer, "move_room", &up).await.status, StatusCode::OK);
    assert_eq!(scene.names().await, ["Corridor", "General", "Green room", "Staff"]);
    let below_staff = [("room", first.as_str()), ("after", &scene.staff.to_string())];
    let refused = scene.manage(&scene.team.organizer, "move_room", &below_staff).await;
    assert_eq!(refused.error(), Conflict::OrderChanged.into(), "within its kind");

    for n in 10..56 {
        assert_eq!(scene.add(&format!("Room {n}"), n).await.status, StatusCode::OK);
    }
    assert_eq!(scene.add("One more", 99).await.error(), Conflict::TooManyRooms { max: 50 }.into());
    let page = scene.team.organizer.browser.get(&scene.team.page("/manage/rooms")).await;
    assert_eq!((page.status, page.html().texts(".row-title").len()), (StatusCode::OK, 50));
}

#[tokio::test]
async fn a_closed_room_takes_words_of_organizers_only_and_tells_who_sits_there() {
    let scene = ChatScene::set().await;
    let (maya, ada, topic) = (&scene.team.moderator, &scene.team.attendee, Topic::Room(scene.general));
    let room = scene.general.to_string();
    let mut at_ada = ada.browser.listening(topic).await;
    let set =
        async |who, open: &str| scene.manage(who, "set_room_open", &[("room", &room), ("open", open)]).await;
    assert_eq!(set(ada, "no").await.error(), Denied::ModeratorsOnly.into());
    assert_eq!(set(maya, "no").await.status, StatusCode::OK, "a moderator of the room may");
    assert!(matches!(at_ada.next().await, ServerFrame::RoomClosed { room, .. } if !room.is_enabled));
    assert_eq!(set(maya, "no").await.status, StatusCode::OK);
    at_ada.is_quiet().await;
    let page = ada.browser.get(&scene.page("")).await.html();
    assert_eq!(page.text(".composer-closed"), "This room is closed.");
    assert!(scene.team.organizer.browser.get(&scene.page("")).await.html().has(".composer"));
    assert_eq!(set(maya, "yes").await.status, StatusCode::OK);
    assert!(matches!(at_ada.next().await, ServerFrame::RoomChanged { room, .. } if room.is_enabled));
    let staff = scene.staff.to_string();
    let hidden = scene.manage(maya, "set_room_open", &[("room", &staff), ("open", "no")]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "a room that moderators may not read");
    let page = maya.browser.get(&scene.team.page("/manage/rooms")).await.html();
    assert_eq!(page.texts(".row-title"), ["General"], "nor is it in their list");
    assert_eq!(ada.browser.get(&scene.team.page("/manage/rooms")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn slow_mode_makes_members_wait_and_moderators_not() {
    let scene = ChatScene::set().await;
    let room = scene.general.to_string();
    let set = async |seconds: &str| {
        scene.manage(&scene.team.moderator, "set_slow_mode", &[("room", &room), ("seconds", seconds)]).await
    };
    assert_eq!(set("7").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(set("30").await.status, StatusCode::OK);
    let say = async |who: &Member, id: u128| {
        let id = uuid::Uuid::from_u128(id).to_string();
        let fields = [("room", room.as_str()), ("client_message_id", &id), ("body", "Hello")];
        scene.manage(who, "post_message", &fields).await
    };
    assert_eq!(say(&scene.ben, 1).await.status, StatusCode::OK);
    scene.team.app.wait(Duration::seconds(10));
    assert_eq!(say(&scene.ben, 2).await.error(), AppError::TooMany { retry_after_seconds: 20 });
    assert_eq!(say(&scene.ben, 1).await.status, StatusCode::OK, "a retry of the first is acknowledged");
    assert_eq!(say(&scene.team.attendee, 3).await.status, StatusCode::OK, "each by themselves");
    for id in [4, 5] {
        assert_eq!(say(&scene.team.moderator, id).await.status, StatusCode::OK);
    }
    scene.team.app.wait(Duration::seconds(20));
    let (one, two) = tokio::join!(say(&scene.ben, 6), say(&scene.ben, 7));
    let posted = [one, two].iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!(posted, 1, "also of two at once");
    let page = scene.ben.browser.get(&scene.page("")).await.body;
    assert!(page.contains("one message every 30 seconds"));
}

#[tokio::test]
async fn all_public_rooms_close_together_and_those_open_again() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let room = async |kind| scene.app.room(&scene.olivia, &scene.event, kind).await;
    let (general, staff) = (room(RoomKind::Global).await, room(RoomKind::Admin).await);
    let (public, backstage) = (
        scene.app.session_room(session, RoomKind::Public).await,
        scene.app.session_room(session, RoomKind::Backstage).await,
    );
    let open = async |room: ChatRoomId| {
        let open = sqlx::query_scalar("select is_enabled from chat_rooms where id = $1").bind(room.get());
        open.fetch_one(&scene.app.services.db).await.unwrap()
    };
    let states = async || -> [bool; 4] {
        [open(general).await, open(public).await, open(backstage).await, open(staff).await]
    };
    let (key, hall) = (scene.app.form_key(), "Hall");
    let fields = [("kind", "GLOBAL"), ("name", hall), ("form_key", &key)];
    let hall: String = scene.call("chat/create_room", &fields).await.json();
    scene.call("chat/set_room_open", &[("room", &hall), ("open", "no")]).await;

    assert_eq!(scene.status("chat/close_public_rooms", &[]).await, StatusCode::OK);
    assert_eq!(states().await, [false, false, true, true]);
    scene.call("chat/set_room_open", &[("room", &public.to_string()), ("open", "yes")]).await;
    scene.call("chat/set_room_open", &[("room", &public.to_string()), ("open", "no")]).await;
    assert_eq!(scene.status("chat/open_public_rooms", &[]).await, StatusCode::OK);
    assert_eq!(states().await, [true, false, true, true], "those it closed and nobody decided about since");
    assert!(!open(hall.parse().unwrap()).await, "what was closed before stays so");
    let maya = scene.member("Maya", "MODERATOR").await;
    let refused = scene.call_as(&maya, "chat/close_public_rooms", &[]).await;
    assert_eq!(refused.error(), Denied::OrganizersOnly.into());
}

#[tokio::test]
async fn an_admin_deletes_a_room_and_has_ten_minutes_to_bring_it_back() {
    let scene = ChatScene::set().await;
    let (olivia, ada, topic) = (&scene.team.olivia, &scene.team.attendee, Topic::Room(scene.general));
    let room = scene.general.to_string();
    let on_room = async |who, what: &str| scene.manage(who, what, &[("room", &room)]).await;
    scene.says(ada, "Kept").await;
    let mut at_ada = ada.browser.listening(topic).await;
    assert_eq!(on_room(&scene.team.organizer, "delete_room").await.error(), Denied::EventAdminsOnly.into());
    assert_eq!(on_room(olivia, "delete_room").await.status, StatusCode::OK);
    assert_eq!(at_ada.next().await, ServerFrame::RoomDeleted { topic, room: scene.general });
    assert_eq!(at_ada.next().await, ServerFrame::Kicked { topic, code: RefusalCode::NoAccess });
    assert_eq!(ada.browser.get(&scene.page("")).await.status, StatusCode::NOT_FOUND, "gone at once");
    assert_eq!(scene.names().await, ["Green room", "Staff"]);
    assert_eq!(scene.add("General", 1).await.status, StatusCode::OK, "its name is free");
    let taken = on_room(olivia, "restore_room").await;
    assert_eq!(taken.error(), FieldErrors::one("name", "There is a room of this name already.").into());
    let other = scene.team.app.room(olivia, &scene.team.event, RoomKind::Global).await.to_string();
    scene.manage(olivia, "delete_room", &[("room", &other)]).await;
    assert_eq!(on_room(olivia, "restore_room").await.status, StatusCode::OK);
    assert!(ada.browser.get(&scene.page("")).await.body.contains("Kept"), "with all that was said");
    assert_eq!(on_room(olivia, "restore_room").await.status, StatusCode::OK, "once is enough");

    on_room(olivia, "delete_room").await;
    scene.team.app.wait(Duration::minutes(10));
    assert_eq!(on_room(olivia, "restore_room").await.error(), AppError::Gone(Gone::UndoOver));
    services::chat::sweep(&scene.team.app.services).await.unwrap();
    let left = "select count(*) from chat_messages where room_id = $1";
    let left = sqlx::query_scalar::<_, i64>(left).bind(scene.general.get());
    assert_eq!(left.fetch_one(&scene.team.app.services.db).await.unwrap(), 0, "then it is purged");
}

#[tokio::test]
async fn a_big_room_that_is_gone_for_good_is_emptied_with_its_answers_and_no_other() {
    let scene = ChatScene::set().await;
    let (app, olivia, general) = (&scene.team.app, &scene.team.olivia, scene.general.get());
    let many = "insert into chat_messages (id, event_id, room_id, author_id, client_message_id, seq, rev, body, created_at, reply_to)
                select ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, r.event_id, r.id, $2, gen_random_uuid(), n, n,
                       'Message ' || n, now(),
                       case when n > 1 then ('00000000-0000-0000-0000-' || lpad((n - 1)::text, 12, '0'))::uuid end
                  from chat_rooms r, generate_series(1, 2100) n where r.id = $1";
    let many = sqlx::query(many).bind(general).bind(scene.ben.signed_in.user.get());
    many.execute(&app.services.db).await.unwrap();
    app.post(olivia, scene.staff, "Kept").await;
    let left = async || -> Vec<i64> {
        services::chat::empty_rooms(&app.services).await.unwrap();
        let left = "select count(m.id) from chat_rooms r left join chat_messages m on m.room_id = r.id
                     where r.id in ($1, $2) group by r.id order by r.id = $2";
        let left = sqlx::query_scalar(left).bind(general).bind(scene.staff.get());
        left.fetch_all(&app.services.db).await.unwrap()
    };
    scene.manage(olivia, "delete_room", &[("room", &scene.general.to_string())]).await;
    assert_eq!(left().await, [2100, 1], "it can be brought back for ten minutes");
    app.wait(Duration::minutes(10));
    assert_eq!(left().await, [0, 1]);
    let gone = "update events set status = 'DELETED', deleted_at = $1";
    sqlx::query(gone).bind(app.services.clock.now()).execute(&app.services.db).await.unwrap();
    app.wait(Duration::days(29));
    assert_eq!(left().await, [0, 1], "an event for 30 days");
    app.wait(Duration::days(1));
    assert_eq!(left().await, [0, 0]);
}
