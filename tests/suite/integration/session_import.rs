//! Sessions from a table.

use domain::agenda::ImportReport;
use http::StatusCode;

use crate::support::{Answer, AttendingScene, Member};

const IMPORT: &str = "/api/agenda/import";
const KEY: &str = "00000000-0000-0000-0000-00000000000a";

async fn import(scene: &AttendingScene, who: &Member, mode: &str, file: &str) -> Answer {
    let fields = [("event", scene.event.as_str()), ("form_key", KEY), ("mode", mode), ("file", file)];
    who.browser.call(IMPORT, &fields).await
}

async fn titles(scene: &AttendingScene) -> Vec<String> {
    sqlx::query_scalar("select title from agenda_sessions order by starts_at nulls last, title")
        .fetch_all(&scene.app.services.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn good_rows_become_sessions_with_rooms_and_speakers_and_the_others_say_why_not() {
    let scene = AttendingScene::set().await;
    let (ada, ben) = (scene.app.person("Ada").await, scene.app.person("Ben").await);
    scene.app.register(&ada, &scene.event).await;
    scene.app.register(&ben, &scene.event).await;
    let file = "Title;Type;Start;End;Room;Speakers;Description\n\
                Keynote;keynote;2026-09-24 10:00;2026-09-24 11:00;;ADA@example.org, ben@example.org;All of it\n\
                Later;;;;;;\n\
                No;Party;2026-09-24 10:00;2026-09-24 09:00;Attic;nobody@example.org;\n";
    assert_eq!(import(&scene, &ada, "import", file).await.status, StatusCode::FORBIDDEN);
    let checked: ImportReport = import(&scene, &scene.olivia, "check", file).await.json();
    assert_eq!(titles(&scene).await, ["Opening"], "a dry run saves nothing");
    let done: ImportReport = import(&scene, &scene.olivia, "import", file).await.json();
    assert_eq!(ImportReport { is_dry_run: false, ..checked }, done);
    assert_eq!((done.added, done.known, done.refused.len()), (2, 0, 1));
    assert_eq!(titles(&scene).await, ["Opening", "Keynote", "Later"]);
    let refused = &done.refused[0];
    let columns: Vec<&str> = refused.problems.iter().map(|(column, _)| column.as_str()).collect();
    assert_eq!((refused.line, columns), (4, vec!["end", "room", "speakers", "title", "type"]));
    let speakers: Vec<String> = sqlx::query_scalar(
        "select m.role from session_speakers s join event_members m using (event_id, user_id) order by 1",
    )
    .fetch_all(&scene.app.services.db)
    .await
    .unwrap();
    assert_eq!(speakers, ["SPEAKER", "SPEAKER"]);
    let rooms: i64 = sqlx::query_scalar("select count(*) from chat_rooms where session_id is not null")
        .fetch_one(&scene.app.services.db)
        .await
        .unwrap();
    assert_eq!(rooms, 6, "two for each of the three");
    let again: ImportReport = import(&scene, &scene.olivia, "import", file).await.json();
    assert_eq!((again.added, again.known), (0, 2), "the same form adds nothing twice");
}

#[tokio::test]
async fn a_session_that_is_there_already_is_not_added_again() {
    let scene = AttendingScene::set().await;
    scene.app.venue_room(&scene.olivia, &scene.event, "Hall").await;
    let file = "title,start,end,room\n\
                Lunch,2026-09-24 12:00,2026-09-24 13:00,\n\
                lunch,2026-09-24 12:00,2026-09-24 12:30,\n\
                Lunch,2026-09-24 12:00,2026-09-24 13:00,Hall\n\
                Lunch,2026-09-25 12:00,2026-09-25 13:00,\n\
                Someday,,,\n\
                Opening,2026-09-24 09:00,2026-09-24 10:00,\n";
    let done: ImportReport = import(&scene, &scene.olivia, "import", file).await.json();
    let refused = |report: &ImportReport| -> Vec<(usize, String)> {
        report.refused.iter().map(|row| (row.line, row.problems[0].1.clone())).collect()
    };
    let there = "This session is in the agenda already: the same title, start and room.".to_owned();
    assert_eq!(done.added, 4, "another room and another day are others");
    assert_eq!(refused(&done), [(3, "The same session stands in line 2.".to_owned()), (7, there.clone())]);
    let other_form = [
        ("event", scene.event.as_str()),
        ("form_key", "00000000-0000-0000-0000-00000000000b"),
        ("mode", "import"),
        ("file", file),
    ];
    let again: ImportReport = scene.olivia.browser.call(IMPORT, &other_form).await.json();
    assert_eq!((again.added, again.known, again.refused.len()), (0, 0, 6), "the same file in another form");
    assert!(refused(&again).iter().all(|(_, text)| *text == there));
}

#[tokio::test]
async fn the_page_shows_what_would_happen_and_takes_large_files() {
    let scene = AttendingScene::set().await;
    let long = "x".repeat(9000);
    let row = |number: usize| format!("Session {number},2026-09-24 12:00,2026-09-24 13:00,{long}\n");
    let file = format!("title,start,end,description\n{}", (0..100).map(row).collect::<String>());
    let fields = [("event", scene.event.as_str()), ("form_key", KEY), ("mode", "check"), ("file", &file)];
    let page = scene.olivia.browser.submit_and_follow(IMPORT, &fields).await.html();
    assert!(page.text("main").contains("100 sessions would be added. Nothing is saved yet."));
    assert_eq!(page.value("form_key"), KEY);
    let wrong = [fields[0], fields[1], fields[2], ("file", "a,b\n1,2")];
    let page = scene.olivia.browser.submit_and_follow(IMPORT, &wrong).await.html();
    assert!(page.field_error("title_column").is_some());
    let many =
        format!("title\n{}", (0..1000).map(|number| format!("Session {number}\n")).collect::<String>());
    assert_eq!(
        import(&scene, &scene.olivia, "check", &many).await.status,
        StatusCode::CONFLICT,
        "1,000 at most"
    );
}

#[tokio::test]
async fn the_preview_shows_each_row_as_it_would_stand_and_is_imported_as_it_is() {
    let scene = AttendingScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Hall").await;
    let times = ("2026-09-24T10:00", "2026-09-24T11:00");
    scene.app.session(&scene.olivia, &scene.event, "Islands", times, Some(hall)).await;
    let file = "title,start,end,room\n\
                Streams,2026-09-24 10:30,2026-09-24 11:30,hall\n\
                Nets,2026-09-24 11:15,2026-09-24 12:00,Hall\n\
                Someday,,,\n";
    let report: ImportReport = import(&scene, &scene.olivia, "check", file).await.json();
    let rows: Vec<_> = report
        .rows
        .iter()
        .map(|row| (row.line, &*row.title, row.when.as_deref(), row.room.as_deref(), row.clashes.len()))
        .collect();
    let day = "Thursday 24 September 2026";
    let when = [format!("{day}, 10:30 – 11:30"), format!("{day}, 11:15 – 12:00")];
    assert_eq!(
        rows,
        [
            (2, "Streams", Some(&*when[0]), Some("Hall"), 2),
            (3, "Nets", Some(&*when[1]), Some("Hall"), 1),
            (4, "Someday", None, None, 0),
        ]
    );
    assert_eq!(report.clashes, 2, "with one from before, and with each other");

    let fields = [("event", scene.event.as_str()), ("form_key", KEY), ("mode", "check"), ("file", file)];
    let page = scene.olivia.browser.submit_and_follow(IMPORT, &fields).await.html();
    let planned = page.texts("section:has(#planned) .row");
    assert!(planned[0].contains("Line 2 Streams") && planned[0].contains("“Islands”"), "{planned:?}");
    assert!(planned[2].contains("Someday") && planned[2].contains("Without a time"), "{planned:?}");
    let kept = page.attributes("input[type=hidden][name=file]", "value").remove(0);
    let sent = [fields[0], fields[1], ("mode", "import"), ("file", kept.as_str())];
    let page = scene.olivia.browser.submit_and_follow(IMPORT, &sent).await.html();
    assert!(page.text("main").contains("3 sessions added."), "{}", page.text("main"));
    assert!(!page.has("input[type=hidden][name=file]"), "nothing is left to confirm");
    assert_eq!(titles(&scene).await, ["Opening", "Islands", "Streams", "Nets", "Someday"]);
}
