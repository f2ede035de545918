//! What members are told of an event ahead of time, and when it changes.

use http::StatusCode;
use services::{attending, events};
use time::Duration;

use super::event::{rust_day_again, with};
use crate::support::cast::PASSWORD;
use crate::support::{AttendingScene, Member};

async fn told(of: &Member) -> Vec<String> {
    let page = of.browser.get("/notifications").await;
    assert_eq!(page.status, StatusCode::OK);
    page.html().texts(".notification-sentence")
}

impl AttendingScene {
    pub(super) async fn mails(&self, kind: &str) -> Vec<String> {
        sqlx::query_scalar("select recipient from outbox_mails where kind = $1 order by recipient")
            .bind(kind)
            .fetch_all(&self.app.services.db)
            .await
            .unwrap()
    }

    async fn star(&self, who: &Member) {
        assert_eq!(self.status(who, "attending/star", &[("starred", "yes")]).await, StatusCode::OK);
    }

    async fn choose(&self, who: &Member, kind: &str, in_app: bool, mail: bool) {
        sqlx::query(
            "insert into notification_preferences (user_id, kind, in_app, mail) values ($1, $2, $3, $4)",
        )
        .bind(who.signed_in.user.get())
        .bind(kind)
        .bind(in_app)
        .bind(mail)
        .execute(&self.app.services.db)
        .await
        .unwrap();
    }

    pub(super) async fn save(&self, changes: &[(&'static str, &'static str)]) -> StatusCode {
        let version: i32 = sqlx::query_scalar("select version from events where slug = $1")
            .bind(&self.event)
            .fetch_one(&self.app.services.db)
            .await
            .unwrap();
        let (base, version) = (rust_day_again(), version.to_string());
        let mut fields = with(&base, changes);
        fields.extend([("event", self.event.as_str()), ("version", &version), ("host_name", "Atria Test")]);
        self.olivia.browser.status("/api/events/save", &fields).await
    }
}

#[tokio::test]
async fn members_are_reminded_once_a_day_before_as_each_of_them_wants() {
    let scene = AttendingScene::set().await;
    let (ada, ben, cleo) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Ben", "ATTENDEE").await,
        scene.join("Cleo", "ATTENDEE").await,
    );
    let dora = scene.app.person("Dora").await;
    scene.app.join_event(&scene.event, &dora, "ATTENDEE", "WAITLISTED").await;
    scene.star(&ada).await;
    scene.choose(&ben, "EVENT_REMINDER", true, false).await;
    scene.choose(&cleo, "EVENT_REMINDER", false, true).await;
    let everybody = [&ada, &ben, &cleo, &dora, &scene.olivia];
    let remind = async || events::remind_of_events(&scene.app.services).await.unwrap();
    scene.until_start(Duration::hours(25), &[]).await;
    remind().await;
    assert!(scene.mails("event_reminder").await.is_empty(), "not yet");
    scene.until_start(Duration::hours(24), &everybody).await;
    let mailed = [ada.email.as_str(), cleo.email.as_str(), scene.olivia.email.as_str()];
    for _twice in 0..2 {
        remind().await;
        assert_eq!(
            scene.mails("event_reminder").await,
            mailed,
            "once each, and none for who waits or declined"
        );
    }
    assert_eq!(told(&ben).await, ["New: Rust Day begins soon"], "in the app");
    assert!(told(&cleo).await.is_empty() && told(&dora).await.is_empty());
    let mail = scene.app.inbox.about(&ada.email, "Soon: Rust Day").await;
    for words in [
        "When: Thursday 24 – Friday 25 September 2026, Europe/Berlin",
        "Where: online",
        "Your first session: Opening, Thursday 24 September 2026, 09:00 – 10:00",
    ] {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
    }
    let mail = scene.app.inbox.about(&cleo.email, "Soon: Rust Day").await;
    assert!(!mail.text.contains("Your first session"), "she chose none: {}", mail.text);
    assert!(mail.raw.contains("List-Unsubscribe:"), "it can be switched off");

    assert_eq!(
        scene.save(&[("start_date", "2026-09-25"), ("end_date", "2026-09-26"), ("move_sessions", "1")]).await,
        StatusCode::OK
    );
    remind().await;
    assert_eq!(scene.mails("event_reminder").await.len(), 3, "on the new day it is too early again");
    scene.app.wait(Duration::DAY);
    remind().await;
    let mut again = mailed.repeat(2);
    again.push(&dora.email);
    again.sort_unstable();
    assert_eq!(
        scene.mails("event_reminder").await,
        again,
        "and of the new day all, who has a seat since then too"
    );
}

#[tokio::test]
async fn nobody_is_reminded_of_what_does_not_take_place_or_has_begun() {
    let scene = AttendingScene::set().await;
    scene.join("Ada", "ATTENDEE").await;
    scene.until_start(Duration::hours(20), &[]).await;
    let set = async |sql: &'static str| sqlx::query(sql).execute(&scene.app.services.db).await.unwrap();
    for sql in [
        "update events set status = 'CANCELLED', cancel_reason = 'Rain', cancelled_at = now()",
        "update events set status = 'DRAFT', cancel_reason = null, cancelled_at = null",
    ] {
        set(sql).await;
        events::remind_of_events(&scene.app.services).await.unwrap();
        assert!(scene.mails("event_reminder").await.is_empty(), "{sql}");
    }
    set("update events set status = 'PUBLISHED'").await;
    scene.app.wait(Duration::hours(21));
    events::remind_of_events(&scene.app.services).await.unwrap();
    assert!(scene.mails("event_reminder").await.is_empty(), "it has begun");
}

#[tokio::test]
async fn a_first_session_may_be_on_a_late_day_and_one_event_keeps_no_other_from_its_members() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    scene.until_start(Duration::hours(20), &[&ada]).await;
    let set = async |sql: &'static str| sqlx::query(sql).execute(&scene.app.services.db).await.unwrap();
    set("update events set start_date = start_date - 6").await;
    set("insert into events select (jsonb_populate_record(null::events, to_jsonb(e) || jsonb_build_object(
             'id', '00000000-0000-0000-0000-000000000001', 'slug', 'nowhere', 'time_zone', 'Nowhere/At all',
             'start_date', e.end_date - 1, 'main_session_id', null, 'form_key', gen_random_uuid()))).* from events e")
    .await;
    events::remind_of_events(&scene.app.services).await.unwrap();
    assert_eq!(told(&ada).await, ["New: Rust Day begins soon"]);
}

#[tokio::test]
async fn who_chose_a_session_is_told_ten_minutes_before_it_begins() {
    let scene = AttendingScene::set().await;
    scene.seats(None, true).await;
    let (ada, ben, cleo) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Ben", "ATTENDEE").await,
        scene.join("Cleo", "ATTENDEE").await,
    );
    scene.star(&ada).await;
    assert_eq!(scene.status(&ben, "attending/sign_up", &[]).await, StatusCode::OK);
    scene.choose(&ben, "SESSION_STARTING", true, true).await;
    let tell = async || attending::tell_starts(&scene.app.services).await.unwrap();
    scene.until_start(Duration::minutes(11), &[&ada, &ben, &cleo]).await;
    tell().await;
    assert!(told(&ada).await.is_empty(), "not yet");
    scene.app.wait(Duration::minutes(1));
    for _twice in 0..2 {
        tell().await;
        assert_eq!(told(&ada).await, ["New: “Opening” starts soon"]);
        assert_eq!(scene.mails("session_starting").await, [ben.email.as_str()], "by mail who asked for it");
    }
    assert!(told(&cleo).await.is_empty(), "she did not choose it");
    let mail = scene.app.inbox.about(&ben.email, "Starts soon: Opening").await;
    assert!(mail.text.contains("When: Thursday 24 September 2026, 09:00 – 10:00"), "{}", mail.text);
    let link = ada.browser.get("/notifications").await.html().value("notification");
    let opened = ada.browser.submit("/api/notifications/open", &[("notification", &link)]).await;
    assert_eq!(opened.location(), scene.path(""));
}

#[tokio::test]
async fn a_cancelled_session_does_not_start_soon_and_one_that_moved_is_told_for_its_new_start() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    scene.star(&ada).await;
    scene.until_start(Duration::minutes(5), &[&ada]).await;
    let set = async |sql: &'static str| sqlx::query(sql).execute(&scene.app.services.db).await.unwrap();
    set("update agenda_sessions set status = 'CANCELLED'").await;
    attending::tell_starts(&scene.app.services).await.unwrap();
    assert!(told(&ada).await.is_empty());
    set("update agenda_sessions set status = 'SCHEDULED'").await;
    attending::tell_starts(&scene.app.services).await.unwrap();
    assert_eq!(told(&ada).await.len(), 1);
    set("update agenda_sessions set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'")
        .await;
    set("update notifications set read_at = created_at").await;
    attending::tell_starts(&scene.app.services).await.unwrap();
    assert_eq!(told(&ada).await.len(), 1, "an hour too early");
    scene.app.wait(Duration::HOUR);
    attending::tell_starts(&scene.app.services).await.unwrap();
    assert_eq!(told(&ada).await.len(), 2);
}

#[tokio::test]
async fn an_event_that_changes_says_what_was_and_what_is_and_to_whom_it_is_no_news() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let changes = [
        ("format", "HYBRID"),
        ("venue_name", "Harbour Hall"),
        ("venue_city", "Lisbon"),
        ("venue_country", "Portugal"),
        ("end_date", "2026-09-26"),
    ];
    assert_eq!(scene.save(&changes).await, StatusCode::OK);
    let mail = scene.app.inbox.about(&ada.email, "Changed: Rust Day").await;
    for fact in [
        "When: Thursday 24 – Friday 25 September 2026, Europe/Berlin → Thursday 24 – Saturday 26 September 2026, Europe/Berlin",
        "Where: no venue → Harbour Hall, Lisbon, Portugal",
        "Format: Online → In person and online",
    ] {
        assert!(mail.text.contains(fact), "{fact}: {}", mail.text);
    }
    assert_eq!(told(&ada).await, ["New: Rust Day changed"]);
    assert!(told(&scene.olivia).await.is_empty(), "she did it");
    let cancel = [("event", scene.event.as_str()), ("reason", "The hall burned down.")];
    assert_eq!(scene.olivia.browser.status("/api/events/cancel", &cancel).await, StatusCode::OK);
    assert_eq!(told(&ada).await, ["New: Rust Day is cancelled", "New: Rust Day changed"]);
    assert!(told(&scene.olivia).await.is_empty());
}

#[tokio::test]
async fn sessions_that_move_with_their_event_are_noted_for_those_who_chose_them() {
    let scene = AttendingScene::set().await;
    let (ada, ben) = (scene.join("Ada", "ATTENDEE").await, scene.join("Ben", "ATTENDEE").await);
    scene.star(&ada).await;
    let moved = [("start_date", "2026-10-01"), ("end_date", "2026-10-02"), ("move_sessions", "7")];
    assert_eq!(scene.save(&moved).await, StatusCode::OK);
    let page = format!("/events/{}/changes", scene.event);
    let rows = scene.app.browser().get(&page).await.html().texts(".row");
    let change = "Thursday 24 September 2026, 09:00 – 10:00 → Thursday 1 October 2026, 09:00 – 10:00";
    assert!(rows.len() == 1 && rows[0].contains(change), "{rows:?}");
    scene.app.wait(Duration::minutes(10));
    attending::tell_changes(&scene.app.services).await.unwrap();
    let mail = scene.app.inbox.about(&ada.email, "Changed: Opening").await;
    assert!(mail.text.contains(change), "{}", mail.text);
    assert_eq!(scene.mails("session_changed").await, [ada.email.as_str()], "not {}", ben.email);

    assert_eq!(
        scene
            .save(&[("start_date", "2026-10-01"), ("end_date", "2026-10-02"), ("time_zone", "Europe/Lisbon")])
            .await,
        StatusCode::OK
    );
    let rows = scene.app.browser().get(&page).await.html().texts(".row");
    let change = "09:00 – 10:00, Europe/Berlin → Thursday 1 October 2026, 09:00 – 10:00, Europe/Lisbon";
    assert!(rows.len() == 2 && rows[0].contains(change), "{rows:?}");
    let sequence: i32 = sqlx::query_scalar("select sequence from agenda_sessions")
        .fetch_one(&scene.app.services.db)
        .await
        .unwrap();
    assert_eq!(sequence, 2, "calendars learn of both");
}

#[tokio::test]
async fn moves_of_a_draft_are_nobodys_news_and_those_of_a_published_event_are_seen_at_once() {
    let scene = AttendingScene::set().await;
    let set = async |sql: &'static str| sqlx::query(sql).execute(&scene.app.services.db).await.unwrap();
    let open = async || -> (i64, i64) {
        let sql = "select count(*), count(released_at) from agenda_changes";
        sqlx::query_as(sql).fetch_one(&scene.app.services.db).await.unwrap()
    };
    set("update events set status = 'DRAFT'").await;
    let moved = [("start_date", "2026-10-01"), ("end_date", "2026-10-02"), ("move_sessions", "7")];
    assert_eq!(scene.save(&moved).await, StatusCode::OK);
    assert_eq!(open().await, (0, 0));
    set("update events set status = 'PUBLISHED', hold_agenda_changes = true").await;
    let moved = [("start_date", "2026-10-08"), ("end_date", "2026-10-09"), ("move_sessions", "7")];
    assert_eq!(scene.save(&moved).await, StatusCode::OK);
    assert_eq!(open().await, (1, 1), "also where changes of single sessions are held");
}

#[tokio::test]
async fn the_mail_of_a_registration_has_the_calendar_file_and_the_way_out() {
    let scene = AttendingScene::set().await;
    let ada = scene.app.person("Ada").await;
    scene.app.register(&ada, &scene.event).await;
    let mail = scene.app.inbox.about(&ada.email, "You're registered: Rust Day").await;
    let event = format!("{}/events/{}", scene.app.origin, scene.event);
    assert_eq!(mail.links(), [event.clone(), format!("{event}/calendar.ics"), format!("{event}/me")]);
    ada.browser.sign_in(&ada.email, PASSWORD).await;
    for link in mail.links() {
        let path = link.strip_prefix(&scene.app.origin).expect("a page of ours");
        assert_eq!(ada.browser.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert!(ada.browser.get(&format!("/events/{}/me", scene.event)).await.body.contains("Leave event"));
}
