mod days;
mod rules;

use domain::Conflict;
use domain::agenda::{Saved, SessionSpeakerRole, Warning};
use domain::chat::RoomKind;
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use http::StatusCode;
use services::agenda;
use time::Duration;

use crate::support::{AgendaScene, AttendingScene, Member};

const TIMES: [(&str, &str); 2] = [("starts_at", "2026-09-24T09:00"), ("ends_at", "2026-09-24T10:00")];
const SIGN_UP: &str = "attending/sign_up";
const MARK: &str = "attending/mark";

#[tokio::test]
async fn session_creation_with_chat_rooms() {
    let scene = AgendaScene::set().await;
    let key = scene.app.form_key();
    let fields =
        [("title", " Opening keynote "), ("kind", "KEYNOTE"), TIMES[0], TIMES[1], ("form_key", &key)];
    let answer = scene.call("agenda/create_session", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let saved: Saved = answer.json();
    let again: Saved = scene.call("agenda/create_session", &fields).await.json();
    assert_eq!(again.id, saved.id, "a second submit is the first");
    let rooms = async || {
        let all = "select kind, name, is_enabled from chat_rooms where session_id is not null order by name";
        sqlx::query_as::<_, (String, String, bool)>(all).fetch_all(&scene.app.services.db).await.unwrap()
    };
    let room = |kind: &str, name: &str| (kind.to_owned(), name.to_owned(), true);
    assert_eq!(
        rooms().await,
        [room("PUBLIC", "Opening keynote"), room("BACKSTAGE", "Opening keynote · backstage")]
    );
    let id = saved.id.to_string();
    let save = [("session", id.as_str()), ("version", "1"), ("title", "Welcome"), ("chat_mode", "DISABLED")];
    assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
    assert_eq!(
        rooms().await,
        [room("PUBLIC", "Welcome"), room("BACKSTAGE", "Welcome · backstage")],
        "the names follow the title, and no chat mode closes them"
    );
    for (field, wrong) in [
        ("title", "No"),
        ("kind", "PARTY"),
        ("ends_at", "2026-09-24T09:00"),
        ("starts_at", "2026-09-26T09:00"),
        ("venue_room", "00000000-0000-0000-0000-000000000001"),
        ("capacity", "0"),
        ("opens_before", "1441"),
    ] {
        let key = scene.app.form_key();
        let mut form = vec![("event", scene.event.as_str()), ("form_key", &key), (field, wrong)];
        let rest = [("title", "Kept"), TIMES[0], TIMES[1]];
        form.extend(rest.into_iter().filter(|(name, _)| *name != field));
        let page = scene.olivia.browser.submit_and_follow("/api/agenda/create_session", &form).await.html();
        assert!(page.field_error(field).is_some(), "{field} {wrong:?}");
        if field != "title" {
            assert_eq!(page.value("title"), "Kept", "what was typed stays");
        }
    }
    assert_eq!(rooms().await.len(), 2, "nothing was added");
    let mia = scene.member("Mia", "MODERATOR").await;
    assert_eq!(scene.call_as(&mia, "agenda/create_session", &fields).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn speaker_assignment_with_roles() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let id = session.to_string();
    let (ada, sam, otto) =
        (scene.app.person("Ada").await, scene.member("Sam", "SPEAKER").await, scene.app.person("Otto").await);
    scene.app.register(&ada, &scene.event).await;
    let seats = async || {
        let taken = "select seats_taken from events where slug = $1";
        let taken = sqlx::query_scalar::<_, i32>(taken).bind(&scene.event);
        taken.fetch_one(&scene.app.services.db).await.unwrap()
    };
    assert_eq!(seats().await, 1);
    let add = async |who: &Member, role: &str| {
        let user = who.signed_in.user.to_string();
        scene.call("agenda/add_speaker", &[("session", &id), ("speaker", &user), ("role", role)]).await
    };
    assert_eq!(add(&ada, "PANELIST").await.status, StatusCode::OK);
    assert_eq!(seats().await, 0, "an attendee becomes a speaker and gives the seat back");
    let role = "select role from event_members where user_id = $1";
    let role = sqlx::query_scalar::<_, String>(role).bind(ada.signed_in.user.get());
    assert_eq!(role.fetch_one(&scene.app.services.db).await.unwrap(), "SPEAKER");
    assert_eq!(add(&sam, "HOST").await.status, StatusCode::OK);
    assert_eq!(add(&sam, "SPEAKER").await.error(), Conflict::SpeaksAlready.into(), "one role each");
    assert_eq!(add(&otto, "SPEAKER").await.status, StatusCode::UNPROCESSABLE_ENTITY, "no member");
    assert_eq!(add(&scene.olivia, "BOSS").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(add(&scene.olivia, "SPEAKER").await.status, StatusCode::OK);
    let names = async || {
        let agenda = scene.agenda().await;
        let speakers = &agenda.session(session).unwrap().speakers;
        speakers
            .iter()
            .map(|speaker| speaker.full_name.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Sam", "Olivia", "Ada"], "by role");
    let (ada_id, olivia_id) = (ada.signed_in.user.to_string(), scene.olivia.signed_in.user.to_string());
    let change = [("session", id.as_str()), ("speaker", &ada_id), ("role", "SPEAKER")];
    assert_eq!(scene.status("agenda/change_speaker_role", &change).await, StatusCode::OK);
    assert_eq!(names().await, ["Sam", "Ada", "Olivia"], "then in the order they came");
    let to_front = [("session", id.as_str()), ("speaker", &olivia_id), ("after", "")];
    assert_eq!(scene.status("agenda/move_speaker", &to_front).await, StatusCode::OK);
    assert_eq!(names().await, ["Sam", "Olivia", "Ada"]);
    let remove = [("session", id.as_str()), ("speaker", &ada_id)];
    assert_eq!(scene.status("agenda/remove_speaker", &remove).await, StatusCode::OK);
    assert_eq!(scene.status("agenda/remove_speaker", &remove).await, StatusCode::NOT_FOUND);
    for n in 0..18 {
        let person = scene.member(&format!("Number{n}"), "SPEAKER").await;
        assert_eq!(add(&person, "PANELIST").await.status, StatusCode::OK, "{n}");
    }
    assert_eq!(add(&ada, "PANELIST").await.error(), Conflict::TooManySpeakers { max: 20 }.into());
    let ban = "update event_members set status = 'BANNED' where user_id = $1";
    sqlx::query(ban).bind(sam.signed_in.user.get()).execute(&scene.app.services.db).await.unwrap();
    assert!(!names().await.contains(&"Sam".to_owned()), "banned speakers are hidden");
}

#[tokio::test]
async fn chat_mode_settings() {
    rules::chat_modes().await;
}

#[tokio::test]
async fn session_schedule_conflict_detection() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await;
    let attic = scene.app.venue_room(&scene.olivia, &scene.event, "Attic").await;
    let sam = scene.member("Sam", "SPEAKER").await;
    let first = scene.add("First", ("09:00", "10:00"), Some(hall)).await;
    scene.add("Touching", ("10:00", "11:00"), Some(hall)).await;
    let second = scene.add("Second", ("09:30", "10:00"), Some(attic)).await;
    assert_eq!(scene.agenda().await.clashes(), [], "other rooms, other people");
    scene.speaks(first, &sam, SessionSpeakerRole::Speaker).await;
    let said = scene.speaks(second, &sam, SessionSpeakerRole::Speaker).await.warnings;
    assert_eq!(
        said.iter().map(Warning::text).collect::<Vec<_>>(),
        ["Sam Test has a part in “First” at that time."]
    );
    let (id, room) = (second.to_string(), hall.to_string());
    let to_hall =
        [("session", id.as_str()), ("venue_room", &room), ("starts_at", "2026-09-24T09:42"), ("snap", "15")];
    assert_eq!(scene.call_as(&sam, "agenda/move_session", &to_hall).await.status, StatusCode::FORBIDDEN);
    let moved = scene.call("agenda/move_session", &to_hall).await;
    assert_eq!(moved.status, StatusCode::OK, "clashes are saved: {}", moved.body);
    let reasons: Vec<(String, bool)> =
        moved.json::<Saved>().warnings.into_iter().map(|warning| (warning.title, warning.is_room)).collect();
    let expected = [("First", true), ("First", false), ("Touching", true)];
    assert_eq!(reasons, expected.map(|(title, is_room)| (title.to_owned(), is_room)));
    let editor = scene.olivia.browser.get(&scene.path("/manage/agenda")).await.html();
    assert_eq!(editor.texts(".agenda-clashes li").len(), 3, "in a list");
    let item = scene.olivia.browser.get(&scene.path(&format!("/manage/agenda/{id}"))).await.html();
    assert!(item.text("main").contains("Main hall is taken by “First” at that time."), "and at the item");
    // Before saving: the form comes back with what was typed.
    let key = scene.app.form_key();
    let new = [
        ("event", scene.event.as_str()),
        ("title", "Third"),
        ("venue_room", &room),
        TIMES[0],
        TIMES[1],
        ("form_key", &key),
    ];
    let checked = scene.olivia.browser.submit_and_follow("/api/agenda/check_session", &new).await.html();
    assert!(checked.text("main").contains("Main hall is taken by “First” at that time."));
    assert_eq!((checked.value("title"), checked.value("form_key")), ("Third".to_owned(), key.clone()));
    assert_eq!(scene.agenda().await.sessions.len(), 3, "nothing is saved");
    let cancel = [("session", id.as_str()), ("status", "CANCELLED")];
    assert_eq!(scene.status("agenda/set_session_status", &cancel).await, StatusCode::OK);
    assert_eq!(scene.agenda().await.clashes(), [], "cancelled sessions clash with nothing");
}

#[tokio::test]
async fn session_update_permissions() {
    rules::updates().await;
}

#[tokio::test]
async fn session_deletion_with_cleanup() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (id, sam) = (session.to_string(), scene.member("Sam", "SPEAKER").await);
    scene.speaks(session, &sam, SessionSpeakerRole::Speaker).await;
    let public = scene.app.session_room(session, RoomKind::Public).await;
    scene.app.post(&sam, public, "hello").await;
    let starred = scene.call_as(&sam, "attending/star", &[("session", &id), ("starred", "yes")]).await;
    assert_eq!(starred.status, StatusCode::OK, "{}", starred.body);
    let takes = sqlx::query("update agenda_sessions set sign_up_required = true");
    takes.execute(&scene.app.services.db).await.unwrap();
    let signed_up = scene.call_as(&sam, "attending/sign_up", &[("session", &id)]).await;
    assert_eq!(signed_up.status, StatusCode::OK, "{}", signed_up.body);
    let by_sam = scene.call_as(&sam, "agenda/delete_session", &[("session", &id)]).await;
    assert_eq!(by_sam.status, StatusCode::FORBIDDEN, "who speaks there does not delete it");
    let mut listening = sam.browser.listening(Topic::Room(public)).await;
    let delete = async || scene.status("agenda/delete_session", &[("session", &id)]).await;
    assert_eq!(delete().await, StatusCode::OK);
    let kicked = ServerFrame::Kicked { topic: Topic::Room(public), code: RefusalCode::NoAccess };
    assert_eq!(listening.next().await, kicked);
    for who in [&sam, &scene.olivia] {
        for page in [format!("/sessions/{id}"), format!("/rooms/{public}")] {
            assert_eq!(who.browser.get(&scene.path(&page)).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let rooms = scene.app.rooms(who, &scene.event).await;
        assert!(rooms.iter().all(|room| !room.name.contains("Opening")), "nor are its rooms listed");
    }
    assert_eq!(scene.app.browser().get(&scene.path("/speakers")).await.html().texts(".row-title").len(), 0);
    let restore = async || scene.status("agenda/restore_session", &[("session", &id)]).await;
    agenda::sweep(&scene.app.services).await.unwrap();
    scene.app.wait(Duration::minutes(9));
    assert_eq!(restore().await, StatusCode::OK);
    assert_eq!(restore().await, StatusCode::OK, "it is back already");
    assert_eq!(scene.agenda().await.session(session).unwrap().speakers.len(), 1, "with all that hung on it");
    assert_eq!(delete().await, StatusCode::OK);
    scene.app.wait(Duration::minutes(10));
    assert_eq!(restore().await, StatusCode::GONE);
    scene.app.until_at_rest().await;
    agenda::sweep(&scene.app.services).await.unwrap();
    for rows in [
        "session_speakers",
        "session_stars",
        "session_sign_ups",
        "chat_messages",
        "chat_rooms where session_id is not null",
    ] {
        let left = sqlx::AssertSqlSafe(format!("select count(*) from {rows}"));
        let left = sqlx::query_scalar::<_, i64>(left).fetch_one(&scene.app.services.db).await;
        assert_eq!(left.unwrap(), 0, "{rows}");
    }
    let row = "select title, purged_at is not null from agenda_sessions";
    let row = sqlx::query_as::<_, (String, bool)>(row).fetch_one(&scene.app.services.db).await.unwrap();
    assert_eq!(row, ("Deleted session".to_owned(), true), "the row stays for calendars");
}

#[tokio::test]
async fn multi_day_session_handling() {
    days::across_midnight_and_outside().await;
}

#[tokio::test]
async fn backstage_room_access_control() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let backstage = scene.app.session_room(session, RoomKind::Backstage).await;
    let (sam, tess) = (scene.member("Sam", "SPEAKER").await, scene.member("Tess", "SPEAKER").await);
    let (page, topic) = (scene.path(&format!("/rooms/{backstage}")), Topic::Room(backstage));
    let opens = async |who: &Member| who.browser.get(&page).await.status;
    for (who, status) in [(&sam, StatusCode::NOT_FOUND), (&scene.olivia, StatusCode::OK)] {
        assert_eq!(opens(who).await, status);
    }
    scene.speaks(session, &sam, SessionSpeakerRole::Panelist).await;
    assert_eq!((opens(&sam).await, opens(&tess).await), (StatusCode::OK, StatusCode::NOT_FOUND));
    let mut listening = sam.browser.listening(topic).await;
    let (id, user) = (session.to_string(), sam.signed_in.user.to_string());
    let remove = [("session", id.as_str()), ("speaker", &user)];
    assert_eq!(scene.status("agenda/remove_speaker", &remove).await, StatusCode::OK);
    let kicked = ServerFrame::Kicked { topic, code: RefusalCode::NoAccess };
    assert_eq!(listening.next().await, kicked, "on open sockets too");
    assert_eq!(opens(&sam).await, StatusCode::NOT_FOUND, "no part, no backstage");
}

#[tokio::test]
async fn session_attendee_tracking() {
    let scene = AttendingScene::set().await;
    scene.seats(Some(2), true).await;
    let (ada, ben, cleo) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Ben", "ATTENDEE").await,
        scene.join("Cleo", "ATTENDEE").await,
    );
    let (maya, sam, tess) = (
        scene.join("Maya", "MODERATOR").await,
        scene.join("Sam", "SPEAKER").await,
        scene.join("Tess", "SPEAKER").await,
    );
    scene.speaks(&sam).await;
    let otto = scene.app.person("Otto").await;
    assert_eq!(scene.status(&otto, SIGN_UP, &[]).await, StatusCode::FORBIDDEN, "members only");
    for (who, count) in [(&ada, 1), (&ada, 1), (&ben, 2)] {
        assert_eq!(scene.status(who, SIGN_UP, &[]).await, StatusCode::OK);
        assert_eq!(scene.count().await, count, "twice is once");
    }
    let full = scene.call(&cleo, SIGN_UP, &[]).await;
    assert_eq!((full.status, full.error()), (StatusCode::CONFLICT, Conflict::SessionFull.into()));
    assert_eq!(scene.status(&ada, "attending/cancel_sign_up", &[]).await, StatusCode::OK);
    assert_eq!(scene.status(&cleo, SIGN_UP, &[]).await, StatusCode::OK, "the seat is free again");

    let list = scene.path("/sign-ups");
    for (who, status) in
        [(&ada, 403), (&tess, 403), (&sam, 200), (&maya, 200), (&scene.olivia, 200), (&otto, 403)]
    {
        assert_eq!(who.browser.get(&list).await.status.as_u16(), status, "{}", who.email);
    }
    let names = scene.olivia.browser.get(&list).await.html().texts(".row-body p:first-child");
    assert_eq!(names, ["Ben Test", "Cleo Test"]);

    let user = ben.signed_in.user.to_string();
    let present = [("user", user.as_str()), ("present", "yes")];
    let early = scene.call(&maya, MARK, &present).await;
    assert_eq!(early.error(), Conflict::AttendanceTooEarly.into());
    scene.until_start(Duration::minutes(15), &[&scene.olivia, &maya, &sam, &ada]).await;
    assert_eq!(scene.status(&ada, MARK, &present).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.status(&maya, MARK, &present).await, StatusCode::OK);
    scene.app.wait(Duration::MINUTE);
    assert_eq!(scene.status(&sam, MARK, &present).await, StatusCode::OK, "again: the first mark stays");
    let rows = async || scene.olivia.browser.get(&list).await.html().texts(".row .meta");
    let marked = rows().await.remove(0);
    assert!(marked.contains("Present since 24 Sep 2026, 06:45 UTC, marked by Maya Test"), "{marked}");
    let search = scene.olivia.browser.get(&format!("{list}?search=ada")).await.html();
    assert_eq!(search.texts(".row-body p:first-child"), ["Ada Test"], "who came without signing up");
    let user = ada.signed_in.user.to_string();
    assert_eq!(scene.status(&sam, MARK, &[("user", &user), ("present", "yes")]).await, StatusCode::OK);
    let outsider = otto.signed_in.user.to_string();
    assert_eq!(
        scene.status(&sam, MARK, &[("user", &outsider), ("present", "yes")]).await,
        StatusCode::NOT_FOUND
    );
    assert_eq!(scene.count().await, 2, "a mark takes no seat");

    the_table_is_for_organizers(&scene, &maya).await;
    let user = ben.signed_in.user.to_string();
    assert_eq!(scene.status(&maya, MARK, &[("user", &user), ("present", "no")]).await, StatusCode::OK);
    assert!(!rows().await[1].contains("Present"), "taken back");
}

/// The list as a file.
async fn the_table_is_for_organizers(scene: &AttendingScene, maya: &Member) {
    let csv = scene.path("/sign-ups.csv");
    assert_eq!(maya.browser.get(&csv).await.status, StatusCode::FORBIDDEN);
    let table = scene.olivia.browser.get(&csv).await;
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = table.body.lines().collect();
    assert_eq!(
        lines,
        [
            "Name,Email address,Signed up at,Present since,Marked by",
            "Ada Test,ada@example.org,,2026-09-24 06:46,Sam Test",
            "Ben Test,ben@example.org,2026-05-04 09:00,2026-09-24 06:45,Maya Test",
            "Cleo Test,cleo@example.org,2026-05-04 09:00,,",
        ]
    );
}
