//! Calendar files, read back by a parser that is not ours.

use http::StatusCode;
use ical::parser::ical::component::IcalCalendar;
use time::Duration;

use crate::support::{Answer, AttendingScene, TestApp};

fn read(answer: &Answer) -> IcalCalendar {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert!(answer.body.split("\r\n").all(|line| line.len() <= 75), "{}", answer.body);
    let mut calendars = ical::IcalParser::new(answer.body.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("one that can be read");
    assert!(calendars.next().is_none(), "one calendar in the file");
    calendar
}

/// One property of each event, in the order of the file, as it stands there.
fn each(calendar: &IcalCalendar, property: &str) -> Vec<String> {
    let value = |found: &ical::property::Property| (found.name == property).then(|| found.value.clone())?;
    let of_event =
        |properties: &[ical::property::Property]| properties.iter().find_map(value).unwrap_or_default();
    calendar.events.iter().map(|event| of_event(&event.properties)).collect()
}

async fn set(app: &TestApp, set: &str) {
    sqlx::query(sqlx::AssertSqlSafe(format!("update agenda_sessions set {set}")))
        .execute(&app.services.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn all_sessions_stand_in_the_zone_of_the_event_and_say_nothing_of_the_stream() {
    let scene = AttendingScene::set().await;
    set(
        &scene.app,
        "title = 'Opening, part 1; \"go\"', short_description = 'Hello', streaming_platform = 'ZOOM',
         streaming_value = 'https://zoom.us/j/123456789', streaming_passcode = 'hush'",
    )
    .await;
    let path = format!("/events/{}/agenda.ics", scene.event);
    let answer = scene.app.browser().get(&path).await;
    let calendar = read(&answer);
    assert_eq!(each(&calendar, "SUMMARY"), ["Opening\\, part 1\\; \"go\""]);
    assert_eq!(each(&calendar, "DTSTART"), ["20260924T090000"]);
    assert_eq!(each(&calendar, "DTEND"), ["20260924T100000"]);
    assert!(answer.body.contains("DTSTART;TZID=Europe/Berlin:20260924T090000"));
    assert_eq!(calendar.timezones.len(), 1);
    assert!(answer.body.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"));
    for change in [
        "DTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200",
        "DTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100",
    ] {
        assert!(answer.body.contains(change), "{change}\n{}", answer.body);
    }
    let page = format!("{}{}", scene.app.origin, scene.path(""));
    assert_eq!(each(&calendar, "URL"), [page]);
    for secret in ["zoom", "123456789", "hush"] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
    set(&scene.app, "starts_at = null, ends_at = null").await;
    assert!(each(&read(&scene.app.browser().get(&path).await), "UID").is_empty(), "nothing of the tray");
    sqlx::query("update events set visibility = 'PRIVATE'").execute(&scene.app.services.db).await.unwrap();
    assert_eq!(scene.app.browser().get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_cancelled_or_deleted_is_sent_as_cancelled_under_its_name_with_a_higher_number() {
    let scene = AttendingScene::set().await;
    let path = format!("/events/{}/agenda.ics", scene.event);
    let now = async || read(&scene.app.browser().get(&path).await);
    let first = now().await;
    assert_eq!(
        (each(&first, "STATUS"), each(&first, "SEQUENCE")),
        (vec!["CONFIRMED".into()], vec!["0".into()])
    );
    set(&scene.app, "status = 'CANCELLED', sequence = 1").await;
    let cancelled = now().await;
    assert_eq!(
        (each(&cancelled, "STATUS"), each(&cancelled, "SEQUENCE")),
        (vec!["CANCELLED".into()], vec!["1".into()])
    );
    set(&scene.app, "status = 'SCHEDULED', sequence = 2, deleted_at = now()").await;
    let deleted = now().await;
    assert_eq!(
        (each(&deleted, "STATUS"), each(&deleted, "SEQUENCE")),
        (vec!["CANCELLED".into()], vec!["3".into()])
    );
    assert_eq!(each(&first, "UID"), each(&deleted, "UID"));
    let one = scene.path("/calendar.ics");
    assert_eq!(scene.app.browser().get(&one).await.status, StatusCode::NOT_FOUND);
    set(&scene.app, "deleted_at = null").await;
    assert_eq!(each(&read(&scene.app.browser().get(&one).await), "UID"), each(&first, "UID"));
}

#[tokio::test]
async fn the_secret_address_shows_ones_own_sessions_until_it_is_ended() {
    let scene = AttendingScene::set().await;
    let later = scene
        .app
        .agenda_session(
            &scene.olivia,
            &scene.event,
            "Closing",
            crate::support::attending::START + Duration::hours(3),
        )
        .await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    scene.call(&ada, "attending/star", &[("starred", "yes")]).await;
    let event = [("event", scene.event.as_str())];
    let page = ada.browser.submit_and_follow("/api/calendars/make_feed", &event).await.html();
    let address = page.attributes("#field-feed", "value").remove(0);
    let path = address.strip_prefix(&scene.app.origin).expect("an address of ours").to_owned();
    let calendar = read(&scene.app.browser().get(&path).await);
    assert_eq!(each(&calendar, "SUMMARY"), ["Opening"], "not {later}");
    let again = ada.browser.get(&format!("/events/{}/calendar", scene.event)).await;
    assert!(!again.body.contains(path.trim_start_matches("/calendar/")), "it is shown once");
    scene.app.wait(Duration::days(900));
    assert_eq!(scene.app.browser().get(&path).await.status, StatusCode::OK, "it does not run out");

    ada.browser.sign_in(&ada.email, crate::support::cast::PASSWORD).await;
    let second: String = ada.browser.call("/api/calendars/make_feed", &event).await.json();
    let second = second.strip_prefix(&scene.app.origin).unwrap().to_owned();
    assert_eq!(scene.app.browser().get(&path).await.status, StatusCode::NOT_FOUND, "replaced");
    assert_eq!(scene.app.browser().get(&second).await.status, StatusCode::OK);
    let banned = "update event_members set status = $1 where role = 'ATTENDEE'";
    for (status, shown) in
        [("BANNED", StatusCode::NOT_FOUND), ("LEFT", StatusCode::NOT_FOUND), ("ACTIVE", StatusCode::OK)]
    {
        sqlx::query(banned).bind(status).execute(&scene.app.services.db).await.unwrap();
        assert_eq!(scene.app.browser().get(&second).await.status, shown, "{status}");
    }
    assert_eq!(ada.browser.status("/api/calendars/revoke_feed", &event).await, StatusCode::OK);
    assert_eq!(scene.app.browser().get(&second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.app.browser().get("/calendar/guess.ics").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_whole_event_is_one_entry_of_whole_days() {
    let scene = AttendingScene::set().await;
    let path = format!("/events/{}/calendar.ics", scene.event);
    let set = async |sql: &'static str| sqlx::query(sql).execute(&scene.app.services.db).await.unwrap();
    set(
        "update events set title = 'Rust Day, \"again\"; and more', hero_text = E'Come.\\nAll of you', format = 'HYBRID',
                           venue_name = 'Harbour Hall', venue_city = 'Lisbon', venue_country = 'Portugal'",
    )
    .await;
    let now = async || {
        let answer = scene.app.browser().get(&path).await;
        assert!(answer.header("content-disposition").is_some_and(|name| name.contains("event.ics")));
        read(&answer)
    };
    let calendar = now().await;
    let one = |property: &str| each(&calendar, property);
    assert_eq!(one("SUMMARY"), ["Rust Day\\, \"again\"\\; and more"]);
    assert_eq!(one("DESCRIPTION"), ["Come.\\nAll of you"]);
    assert_eq!(one("LOCATION"), ["Harbour Hall\\, Lisbon\\, Portugal"]);
    assert_eq!((one("DTSTART"), one("DTEND")), (vec!["20260924".to_owned()], vec!["20260926".to_owned()]));
    assert_eq!(
        (one("STATUS"), one("TRANSP")),
        (vec!["CONFIRMED".to_owned()], vec!["TRANSPARENT".to_owned()])
    );
    let parameters: Vec<_> = calendar.events[0]
        .properties
        .iter()
        .filter(|property| property.name.starts_with("DT") && property.name != "DTSTAMP")
        .map(|property| property.params.clone())
        .collect();
    let of_days = Some(vec![("VALUE".to_owned(), vec!["DATE".to_owned()])]);
    assert_eq!(parameters, [of_days.clone(), of_days], "days, wherever one is");
    assert!(calendar.timezones.is_empty(), "so no zone is needed");
    assert_eq!(one("URL"), [format!("{}/events/{}", scene.app.origin, scene.event)]);

    let cancel = [("event", scene.event.as_str()), ("reason", "The hall burned down.")];
    assert_eq!(scene.olivia.browser.status("/api/events/cancel", &cancel).await, StatusCode::OK);
    let cancelled = now().await;
    assert_eq!(each(&cancelled, "STATUS"), ["CANCELLED"]);
    assert_eq!(each(&cancelled, "UID"), one("UID"));
    let number = |of: &IcalCalendar| each(of, "SEQUENCE")[0].parse::<i32>().unwrap();
    assert!(number(&cancelled) > number(&calendar), "calendars take it over");
}
