use domain::AppError;
use domain::chat::RoomKind;
use http::StatusCode;
use services::events::{self, EntryFields, NewDuplicate};
use services::{sponsors, uploads};
use time::Duration;

use crate::support::pictures::{addresses, fetch, png, upload};
use crate::support::{EventForm, EventTeam, Member, SponsorScene, TestApp};

#[tokio::test]
async fn create_event_with_defaults() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.host_name = String::new();
    let event = app.draft(&olivia, &organization, form).await;
    let (head, _, content) = events::content_to_edit(&app.services, &olivia.signed_in, &event).await.unwrap();
    assert_eq!(head.host_name, "Atria Test", "the organization invites");
    assert_eq!((head.status.as_str(), head.event_type.as_str()), ("DRAFT", "CONFERENCE"));
    assert_eq!(content.icebreakers.len(), 8);
    assert!(content.icebreakers.contains(&"Who would you like to be introduced to?".to_owned()));
    assert!(content.highlights.is_empty() && content.faqs.is_empty() && content.conduct.is_none());
    let settings = events::settings(&app.services, &olivia.signed_in, &event).await.unwrap().fields;
    assert_eq!((settings.session_status_mode.as_str(), settings.profanity_mode.as_str()), ("CLOCK", "OFF"));
    assert_eq!((settings.auto_archive_days.as_str(), settings.hold_agenda_changes), ("30", false));
    assert!(settings.rooms_open_before.is_empty() && settings.registration_opens_at.is_empty());
    let rooms = app.rooms(&olivia, &event).await;
    assert_eq!(
        rooms.iter().map(|room| room.kind).collect::<Vec<_>>(),
        [RoomKind::Global, RoomKind::GreenRoom, RoomKind::Admin]
    );
    let board = sponsors::board(&app.services, &olivia.signed_in, &event).await.unwrap();
    let tiers: Vec<&str> = board.tiers.iter().map(|tier| tier.name.as_str()).collect();
    assert_eq!(tiers, ["Platinum", "Gold", "Silver", "Bronze", "Community"]);

    let mut form = EventForm::default();
    form.0.event_type = "SINGLE_SESSION".to_owned();
    form.0.title = "An evening".to_owned();
    let evening = app.draft(&olivia, &organization, form).await;
    let main = sqlx::query_as::<_, (String, bool, bool, i64)>(
        "select s.title, s.starts_at is null, e.start_date = e.end_date,
                (select count(*) from chat_rooms r where r.session_id = s.id)
           from events e join agenda_sessions s on s.id = e.main_session_id where e.slug = $1",
    );
    let main = main.bind(&evening).fetch_one(&app.services.db).await.unwrap();
    assert_eq!(
        main,
        ("An evening".to_owned(), true, true, 2),
        "one day, one session in the tray with its rooms"
    );
}

#[tokio::test]
async fn update_event_validation() {
    let team = EventTeam::set().await;
    let details = team.page("/manage/details");
    let save = async |changes: &[(&'static str, &str)], browser: &crate::support::Client| {
        let version = team.olivia.browser.get(&details).await.html().value("version");
        let base = [
            ("title", "Rust Day"),
            ("format", "VIRTUAL"),
            ("visibility", "PUBLIC"),
            ("start_date", "2026-09-24"),
            ("end_date", "2026-09-25"),
            ("time_zone", "Europe/Berlin"),
            ("host_name", "Atria Test"),
        ];
        let mut fields: Vec<(&str, &str)> = base
            .into_iter()
            .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
            .collect();
        fields.extend(changes);
        fields.extend([("event", team.event.as_str()), ("version", version.as_str())]);
        browser.call("/api/events/save", &fields).await
    };
    for (field, wrong) in [
        ("title", "ab"),
        ("title", ""),
        ("format", "ONLINE"),
        ("visibility", "SECRET"),
        ("start_date", "2026-02-30"),
        ("end_date", "2026-09-23"),
        ("time_zone", "Berlin"),
        ("host_name", ""),
        ("max_attendees", "0"),
        ("max_attendees", "1000001"),
        ("move_sessions", "a week"),
        ("online_note", &"x".repeat(501)),
    ] {
        let refused = save(&[(field, wrong)], &team.olivia.browser).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {wrong:?}");
        let AppError::Invalid(errors) = refused.error() else { panic!("a message per field") };
        assert!(errors.get(field).is_some(), "{field}: {errors:?}");
    }
    assert_eq!(
        save(&[("status", "CANCELLED")], &team.olivia.browser).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "no edit sets the status"
    );
    for person in [&team.moderator, &team.speaker, &team.attendee] {
        assert_eq!(save(&[], &person.browser).await.status, StatusCode::FORBIDDEN, "{}", person.email);
    }
    assert_eq!(save(&[("title", "Rust Days")], &team.organizer.browser).await.status, StatusCode::OK);
    assert!(!team.app.inbox.recipients().contains(&"ada@example.org".to_owned()), "a new title is no news");
    assert_eq!(save(&[("end_date", "2026-09-26")], &team.organizer.browser).await.status, StatusCode::OK);
    let mail = team.app.inbox.about("ada@example.org", "Changed: Rust Day").await;
    assert!(mail.text.contains("Saturday 26 September 2026, Europe/Berlin"), "{}", mail.text);
}

#[tokio::test]
async fn sessions_move_along_with_their_event_or_keep_it_where_it_is() {
    let scene = SponsorScene::set().await;
    scene.keynote().await;
    let save = async |changes: &[(&'static str, &'static str)]| {
        let details = format!("/events/{}/manage/details", scene.event);
        let version = scene.olivia.browser.get(&details).await.html().value("version");
        let mut fields = vec![
            ("title", "Rust Day"),
            ("format", "VIRTUAL"),
            ("visibility", "PUBLIC"),
            ("host_name", "Atria Test"),
            ("version", version.as_str()),
        ];
        fields.extend(changes);
        scene.call("events/save", &fields).await
    };
    let starts = async || {
        let at = "select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from agenda_sessions";
        sqlx::query_scalar::<_, String>(at).fetch_one(&scene.app.services.db).await.unwrap()
    };
    let later = [("start_date", "2026-11-05"), ("end_date", "2026-11-06"), ("time_zone", "Europe/Berlin")];
    let refused = save(&later).await;
    let AppError::Invalid(errors) = refused.error() else { panic!("named") };
    assert!(errors.get("start_date").is_some_and(|message| message.contains("“Keynote”")), "{errors:?}");
    assert_eq!(save(&[later.to_vec(), vec![("move_sessions", "42")]].concat()).await.status, StatusCode::OK);
    assert_eq!(starts().await, "2026-11-05 08:00", "nine o'clock, in winter");
    let zone = [("start_date", "2026-11-05"), ("end_date", "2026-11-06"), ("time_zone", "America/New_York")];
    assert_eq!(save(&zone).await.status, StatusCode::OK);
    assert_eq!(starts().await, "2026-11-05 14:00", "nine o'clock, in New York");
}

#[tokio::test]
async fn delete_event_cascade() {
    let scene = SponsorScene::set().await;
    scene.keynote().await;
    let (app, services) = (&scene.app, &scene.app.services);
    scene.add("Gold", "Acme").await;
    let room = app.room(&scene.olivia, &scene.event, RoomKind::Global).await;
    app.post(&scene.olivia, room, "Hello").await;
    let token =
        app.invite(&scene.olivia, &format!("events/{}", scene.event), "ada@example.org", "SPEAKER").await;
    let entry = EntryFields { title: "Where?".to_owned(), text: "Here.".to_owned(), icon: String::new() };
    let list = events::ContentList::Faqs;
    events::add_entry(services, &scene.olivia.signed_in, &scene.event, (list, ""), &entry).await.unwrap();
    let logo = vec![("logo", "logo.png", png(300, 200))];
    let path = format!("/files/events/{}", scene.event);
    assert_eq!(upload(&scene.olivia.browser, &path, logo).await.status, StatusCode::OK);
    assert_eq!(app.stored_keys().await.len(), 2);
    assert_eq!(scene.status("events/delete", &[("name", "Rust Day")]).await, StatusCode::OK);
    for below in ["", "/sponsors", "/rooms", "/manage/content"] {
        let page = scene.olivia.browser.get(&format!("/events/{}{below}", scene.event)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{below}");
    }
    let ada = app.person("Ada").await;
    assert_eq!(app.accept(&ada, &token).await, StatusCode::GONE, "its invitations ended with it");
    app.wait(Duration::days(30));
    app.until_at_rest().await;
    events::sweep(services).await.unwrap();
    for table in [
        "chat_rooms",
        "chat_messages",
        "sponsors",
        "sponsor_tiers",
        "agenda_sessions",
        "venue_rooms",
        "invitations",
        "files",
    ] {
        let left = format!("select count(*) from {table}");
        let left =
            sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(left)).fetch_one(&services.db).await.unwrap();
        assert_eq!(left, 0, "{table}");
    }
    uploads::sweep(services).await.unwrap();
    assert_eq!(app.stored_keys().await, [""; 0], "its pictures too");
    let bare = sqlx::query_as::<_, (String, String, String)>(
        "select title, start_date::text, faqs::text from events",
    );
    let (title, start, faqs) = bare.fetch_one(&services.db).await.unwrap();
    assert_eq!((title.as_str(), start.as_str(), faqs.as_str()), ("Rust Day", "2026-09-24", "[]"));
    let again = app.draft(&scene.olivia, "atria-test", EventForm::default()).await;
    assert_eq!(again, scene.event, "its address is free");
}

/// For the flow of the same name.
pub async fn duplicate_flow() {
    let scene = SponsorScene::set().await;
    scene.keynote().await;
    let services = &scene.app.services;
    let acme = scene.add("Gold", "Acme").await;
    let browser = &scene.olivia.browser;
    let files = vec![("logo", "logo.png", png(300, 200)), ("banner", "banner.png", png(1600, 400))];
    assert_eq!(
        upload(browser, &format!("/files/events/{}", scene.event), files).await.status,
        StatusCode::OK
    );
    let path = format!("/files/events/{}/sponsors/{acme}", scene.event);
    let file = vec![("sponsor_logo", "acme.png", png(300, 100))];
    assert_eq!(upload(browser, &path, file).await.status, StatusCode::OK);
    let kept_before = scene.app.stored_keys().await.len();
    let ada = scene.app.person("Ada").await;
    scene.app.register(&ada, &scene.event).await;
    let entry = EntryFields { title: "Great talks".to_owned(), text: String::new(), icon: "gem".to_owned() };
    let list = events::ContentList::Highlights;
    events::add_entry(services, &scene.olivia.signed_in, &scene.event, (list, ""), &entry).await.unwrap();
    let key = scene.form_key();
    let form = [("title", "Rust Day"), ("start_date", "2026-11-05"), ("form_key", key.as_str())];
    let made = scene.call("events/duplicate", &form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let copy: String = made.json();
    assert_eq!(copy, "rust-day-2");
    assert_eq!(
        scene.call("events/duplicate", &form).await.json::<String>(),
        copy,
        "a double submit makes one"
    );
    let (head, role, content) =
        events::content_to_edit(services, &scene.olivia.signed_in, &copy).await.unwrap();
    assert_eq!((head.status.as_str(), role.as_str()), ("DRAFT", "ADMIN"));
    assert_eq!(
        (head.start_date.to_string().as_str(), head.end_date.to_string().as_str()),
        ("2026-11-05", "2026-11-06")
    );
    assert_eq!((content.highlights.len(), content.icebreakers.len(), head.seats_taken), (1, 8, 0));
    let session = sqlx::query_as::<_, (String, String, String, Option<String>)>(
        "select s.title, to_char(s.starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), r.name, s.streaming_value
           from agenda_sessions s join events e on e.id = s.event_id join venue_rooms r on r.id = s.venue_room_id
          where e.slug = $1 and r.event_id = e.id",
    );
    let session = session.bind(&copy).fetch_one(&services.db).await.unwrap();
    let expected = ("Keynote".to_owned(), "2026-11-05 08:00".to_owned(), "Hall".to_owned(), None);
    assert_eq!(session, expected, "nine o'clock in winter too, in the new event's room, without its stream");
    with_what_it_is_made_of(&scene, &copy, &ada).await;
    with_its_pictures(&scene, &copy, kept_before).await;
    refusals(&scene, &key).await;
}

async fn with_what_it_is_made_of(scene: &SponsorScene, copy: &str, ada: &Member) {
    let services = &scene.app.services;
    let session = sqlx::query_as::<_, (String, i64, i64, i64, i64, i64)>(
        "select t.name, (select count(*) from chat_rooms r where r.session_id = s.id),
                (select count(*) from session_speakers sp where sp.session_id = s.id),
                (select count(*) from session_stars st where st.session_id = s.id),
                (select count(*) from session_sign_ups su where su.session_id = s.id),
                (select count(*) from chat_messages m where m.event_id = e.id)
           from agenda_sessions s join events e on e.id = s.event_id
           join tracks t on t.id = s.track_id and t.event_id = e.id
          where e.slug = $1",
    );
    let session = session.bind(copy).fetch_one(&services.db).await.unwrap();
    assert_eq!(session, ("Web".to_owned(), 2, 0, 0, 0, 0), "a track and rooms of its own, and nobody yet");
    let board = sponsors::board(services, &scene.olivia.signed_in, copy).await.unwrap();
    let gold = board.tiers.iter().find(|tier| tier.name == "Gold").unwrap();
    assert_eq!(gold.sponsors.iter().map(|sponsor| sponsor.name.as_str()).collect::<Vec<_>>(), ["Acme"]);
    assert_eq!(scene.app.rooms(&scene.olivia, copy).await.len(), 5, "three, and the two of the session");
    assert_eq!(
        ada.browser.get(&format!("/events/{copy}/now")).await.status,
        StatusCode::NOT_FOUND,
        "nobody came along"
    );
}

/// Files of its own: what becomes of the first event's is nothing to them.
async fn with_its_pictures(scene: &SponsorScene, copy: &str, kept_before: usize) {
    assert_eq!(
        scene.app.stored_keys().await.len(),
        2 * kept_before,
        "and no second copy for the second submit"
    );
    let board = scene.app.sponsor_board(&scene.olivia, copy).await;
    let gold = board.tiers.iter().find(|tier| tier.name == "Gold").unwrap();
    assert!(gold.sponsors[0].logo.is_some(), "the sponsor's logo");
    let branding = format!("/events/{copy}/manage/branding");
    let shown = addresses(&scene.olivia.browser, &branding, "main img").await;
    assert!(shown.len() >= 2, "logo and banner: {shown:?}");
    for address in &shown {
        assert!(address.starts_with("/files/private/"), "a draft's pictures are not public: {address}");
        assert!(fetch(&scene.olivia.browser, address).await.is_some(), "{address}");
    }
    let remove = [("event", scene.event.as_str()), ("picture", "logo")];
    scene.olivia.browser.call("/api/uploads/remove_event_image", &remove).await;
    assert!(fetch(&scene.olivia.browser, &shown[0]).await.is_some(), "it has its own");
}

async fn refusals(scene: &SponsorScene, key: &str) {
    let services = &scene.app.services;
    for (start, field) in [("2026-05-03", "start_date"), ("soon", "start_date")] {
        let refused = scene
            .call(
                "events/duplicate",
                &[("title", "Again"), ("start_date", start), ("form_key", &scene.form_key())],
            )
            .await;
        let AppError::Invalid(errors) = refused.error() else { panic!("named") };
        assert!(errors.get(field).is_some(), "{start}");
    }
    scene.app.join_event(&scene.event, &scene.app.person("Omar").await, "ORGANIZER", "ACTIVE").await;
    let omar = scene.app.browser();
    omar.sign_in("omar@example.org", crate::support::cast::PASSWORD).await;
    let fields =
        [("event", scene.event.as_str()), ("title", "Mine"), ("start_date", "2026-11-05"), ("form_key", key)];
    assert_eq!(
        omar.status("/api/events/duplicate", &fields).await,
        StatusCode::FORBIDDEN,
        "who may not create events"
    );
    let zoe = scene.app.person("Zoe").await;
    let new = NewDuplicate {
        title: "Theirs".to_owned(),
        start_date: "2026-11-05".to_owned(),
        form_key: scene.form_key(),
    };
    assert!(events::duplicate(services, &zoe.signed_in, &scene.event, &new).await.is_err(), "nor outsiders");
}

#[tokio::test]
async fn event_statistics() {
    super::event_statistics::counts().await;
}
