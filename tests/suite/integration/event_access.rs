//! Who gets what of an event, by role and by organization.

use http::StatusCode;

use super::event::SETTINGS;
use crate::support::{EventForm, EventTeam};

pub async fn update_permissions() {
    let team = EventTeam::set().await;
    // An OWNER without a row of their own acts as ADMIN.
    sqlx::query("delete from event_members where user_id = $1")
        .bind(team.olivia.signed_in.user.get())
        .execute(&team.app.services.db)
        .await
        .unwrap();
    let texts = [("welcome_title", "Hello"), ("hero_text", "Come and see.")];
    for (person, status) in [
        (&team.olivia, StatusCode::OK),
        (&team.organizer, StatusCode::OK),
        (&team.moderator, StatusCode::FORBIDDEN),
        (&team.speaker, StatusCode::FORBIDDEN),
        (&team.attendee, StatusCode::FORBIDDEN),
    ] {
        let version = team.olivia.browser.get(&team.page("/manage/details")).await.html().value("version");
        let place = [("event", team.event.as_str()), ("version", version.as_str())];
        let all = |fields: &[(&'static str, &'static str)]| [place.to_vec(), fields.to_vec()].concat();
        let saved = person.browser.status("/api/events/save_sections", &all(&texts)).await;
        assert_eq!(saved, status, "{}", person.email);
        let entry =
            [("event", team.event.as_str()), ("list", "faqs"), ("title", "Where?"), ("text", "Here.")];
        assert_eq!(person.browser.status("/api/events/add_entry", &entry).await, status);
        let stale = person.browser.status("/api/events/save_settings", &all(&SETTINGS)).await;
        let expected = if status == StatusCode::OK { StatusCode::CONFLICT } else { status };
        assert_eq!(stale, expected, "an older version is told, after the right to save at all");
        assert_eq!(person.browser.get(&team.page("/manage/settings")).await.status, status);
    }
    let version = team.olivia.browser.get(&team.page("/manage/settings")).await.html().value("version");
    let place = [("event", team.event.as_str()), ("version", version.as_str())];
    let fields = [place.to_vec(), SETTINGS.to_vec()].concat();
    assert_eq!(team.organizer.browser.status("/api/events/save_settings", &fields).await, StatusCode::OK);
    let page = team.organizer.browser.get(&team.page("/manage/settings")).await.html();
    assert_eq!(page.value("max_attendees"), "40");
    let public = team.app.browser().get(&team.page("")).await;
    for text in ["Hello", "Come and see.", "Where?", "Here."] {
        assert!(public.body.contains(text), "{text} stands on the page");
    }
}

pub async fn access_by_role() {
    let team = EventTeam::set().await;
    let (waiting, banned, outsider) =
        (team.app.person("Walt").await, team.app.person("Bert").await, team.app.person("Otto").await);
    team.app.join_event(&team.event, &waiting, "ATTENDEE", "WAITLISTED").await;
    team.app.join_event(&team.event, &banned, "MODERATOR", "BANNED").await;
    let (ok, no, hidden) = (StatusCode::OK, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND);
    for (person, page, now, manage) in [
        (&team.olivia, ok, ok, ok),
        (&team.organizer, ok, ok, ok),
        (&team.moderator, ok, ok, no),
        (&team.speaker, ok, ok, no),
        (&team.attendee, ok, ok, no),
        (&waiting, ok, hidden, no),
        (&outsider, ok, hidden, no),
        (&banned, ok, no, no),
    ] {
        let status = async |below| person.browser.get(&team.page(below)).await.status;
        assert_eq!(status("").await, page, "{} opens the page", person.email);
        assert_eq!(status("/now").await, now, "{} opens what members see", person.email);
        for below in ["/manage", "/manage/details", "/manage/content", "/manage/settings", "/manage/danger"] {
            assert_eq!(status(below).await, manage, "{} opens {below}", person.email);
        }
    }
    let event = [("event", team.event.as_str()), ("reason", "The hall is flooded.")];
    for person in [&team.organizer, &team.moderator, &team.attendee, &outsider] {
        assert_eq!(person.browser.status("/api/events/cancel", &event).await, no, "cancelling is for admins");
    }
    for person in [&team.moderator, &team.attendee, &outsider] {
        assert_eq!(person.browser.status("/api/events/unpublish", &event[..1]).await, no);
    }
    assert_eq!(team.olivia.browser.status("/api/events/cancel", &event).await, ok);
    let public = team.app.browser().get(&team.page("")).await;
    assert!(public.body.contains("The hall is flooded."), "the page stays, and says why");
}

pub async fn isolation() {
    let team = EventTeam::set().await;
    let zoe = team.app.person("Zoe").await;
    let theirs = team.app.organization(&zoe, "Harbour").await;
    let mut form = EventForm::default();
    form.0.visibility = "PRIVATE".to_owned();
    form.0.title = "Quiet harbour".to_owned();
    let event = team.app.draft(&zoe, &theirs, form).await;
    zoe.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let olivia = &team.olivia.browser;
    for below in ["", "/now", "/rooms", "/manage", "/manage/settings", "/manage/content", "/manage/danger"] {
        let foreign = olivia.get(&format!("/events/{event}{below}")).await;
        let missing = olivia.get(&format!("/events/no-such-event{below}")).await;
        assert_eq!(
            (foreign.status, missing.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
            "{below}"
        );
        assert_eq!(foreign.html().texts("main"), missing.html().texts("main"), "{below}");
    }
    let fields = [
        ("event", event.as_str()),
        ("reason", "Ours now"),
        ("name", "Quiet harbour"),
        ("version", "1"),
        ("list", "faqs"),
    ];
    for function in [
        "publish",
        "unpublish",
        "cancel",
        "archive",
        "reopen",
        "delete",
        "save_settings",
        "save_sections",
        "add_entry",
    ] {
        let refused = olivia.call_with_known(&format!("/api/events/{function}"), &fields).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{function}");
    }
    assert_eq!(olivia.get(&format!("/organizations/{theirs}/events")).await.status, StatusCode::NOT_FOUND);
    let ours = olivia.get("/organizations/atria-test/events").await.html().texts(".row-title");
    assert_eq!(ours, ["Rust Day"], "each lists its own");
    assert!(!olivia.get("/events").await.body.contains("Quiet harbour"));
    let delete = [("event", event.as_str()), ("name", "Quiet harbour")];
    assert_eq!(zoe.browser.status("/api/events/delete", &delete).await, StatusCode::OK);
    let id = zoe.browser.get(&format!("/organizations/{theirs}/events")).await.html().value("deleted");
    assert_eq!(olivia.status("/api/events/restore", &[("deleted", &id)]).await, StatusCode::NOT_FOUND);
}
