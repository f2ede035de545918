//! News that is pushed to browsers in which no page is looked at.

use domain::AppError;
use http::StatusCode;
use services::push;
use time::Duration;

use crate::support::push_service::{PushBrowser, PushService};
use crate::support::{Member, TestApp, database};

struct Scene {
    service: PushService,
    app: TestApp,
    event: String,
    ada: Member,
    ben: Member,
}

impl Scene {
    async fn set() -> Self {
        let service = PushService::start().await;
        let settings = [("ATRIA_PUSH_SERVICES", service.origin.as_str())];
        let app = TestApp::start_with(database::fresh_urls().await, &settings).await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
        for person in [&ada, &ben] {
            app.register(person, &event).await;
        }
        Self { service, app, event, ada, ben }
    }

    async fn subscribe(&self, who: &Member, browser: &PushBrowser) -> StatusCode {
        let fields = browser.fields();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        who.browser.status("/api/push/subscribe", &fields).await
    }

    /// Something that Ben is told.
    async fn asks_ben(&self, from: &Member) {
        let person = self.ben.signed_in.user.to_string();
        let fields = [("event", self.event.as_str()), ("person", &person), ("icebreaker", "Kites?")];
        assert_eq!(from.browser.status("/api/connections/request", &fields).await, StatusCode::OK);
    }

    /// Who is pushed to once the pause is over: the paths of their browsers.
    async fn pushed_to(&self) -> Vec<String> {
        self.app.wait(push::PUSH_AFTER);
        push::push_due(&self.app.services).await.unwrap();
        let mut paths: Vec<String> = self.service.taken().into_iter().map(|pushed| pushed.path).collect();
        paths.sort();
        paths
    }

    async fn somebody(&self, name: &str) -> Member {
        let person = self.app.person(name).await;
        self.app.register(&person, &self.event).await;
        person
    }
}

#[tokio::test]
async fn news_is_sealed_for_the_browser_signed_by_the_instance_and_sent_once() {
    let scene = Scene::set().await;
    let (services, browser) = (&scene.app.services, PushBrowser::at(&scene.service, 1));
    let page = scene.ben.browser.get("/settings/notifications").await.html();
    let key = page.attributes("[data-push]", "data-push").remove(0);
    assert!(!page.has("[data-push-on]"));
    assert_eq!(scene.subscribe(&scene.ben, &browser).await, StatusCode::OK);
    assert!(scene.ben.browser.get("/settings/notifications").await.html().has("[data-push-on]"));

    scene.asks_ben(&scene.ada).await;
    push::push_due(services).await.unwrap();
    assert!(scene.service.taken().is_empty(), "whoever looks at a page reads it first");
    scene.app.wait(push::PUSH_AFTER);
    push::push_due(services).await.unwrap();
    let pushed = scene.service.taken();
    assert_eq!(pushed.len(), 1);
    let (head, body) = (&pushed[0], browser.open(&pushed[0]));
    assert_eq!(body["title"], "Ada Test wants to connect with you");
    assert_eq!((&body["link"], &body["body"]), (&"/connections?list=received".into(), &"".into()));
    let id = body["id"].as_str().expect("an id").to_owned();
    assert_eq!(head.path, "/to/1");
    assert_eq!(head.header("topic"), id.replace('-', ""), "one that counts up takes its place");
    assert_eq!((head.header("content-encoding"), head.header("ttl")), ("aes128gcm", "14400"));
    let (claims, signed_with) = head.sender();
    assert_eq!((claims["aud"].as_str(), signed_with), (Some(scene.service.origin.as_str()), key));
    let hours = claims["exp"].as_i64().expect("a time") - services.clock.now().unix_timestamp();
    assert!((0..=24 * 3600).contains(&hours), "push services refuse more than a day");

    assert!(scene.pushed_to().await.is_empty(), "once");
    let opened = scene.ben.browser.call("/api/notifications/open", &[("notification", &id)]).await;
    assert_eq!(opened.json::<String>(), "/connections?list=received", "as its click asks");
}

#[tokio::test]
async fn what_was_read_or_switched_off_is_not_pushed_nor_anything_after_signing_out() {
    let scene = Scene::set().await;
    assert_eq!(scene.subscribe(&scene.ben, &PushBrowser::at(&scene.service, 1)).await, StatusCode::OK);
    let other = scene.app.browser();
    other.sign_in(&scene.ben.email, crate::support::cast::PASSWORD).await;
    let fields = PushBrowser::at(&scene.service, 2).fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(other.status("/api/push/subscribe", &fields).await, StatusCode::OK);
    assert_eq!(scene.pushed_to().await, ["/to/1", "/to/2"], "that there is a new device, on all of theirs");
    scene.asks_ben(&scene.ada).await;
    assert_eq!(scene.pushed_to().await, ["/to/1", "/to/2"]);

    let (cleo, dora, emil) =
        (scene.somebody("Cleo").await, scene.somebody("Dora").await, scene.somebody("Emil").await);
    scene.asks_ben(&cleo).await;
    let list = scene.ben.browser.get("/notifications").await.html();
    let read = [("up_to", list.value("up_to"))];
    let read: Vec<(&str, &str)> = read.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(scene.ben.browser.status("/api/notifications/mark_all_read", &read).await, StatusCode::OK);
    assert!(scene.pushed_to().await.is_empty(), "it was read");

    other.submit("/api/accounts/sign_out", &[]).await;
    scene.asks_ben(&dora).await;
    assert_eq!(scene.pushed_to().await, ["/to/1"], "nothing where they signed out");

    let page = scene.ben.browser.get("/settings/notifications").await.html();
    let off = [("version", page.value("version")), ("in_app[]", "CONNECTION_REQUEST".to_owned())];
    let off: Vec<(&str, &str)> = off.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(scene.ben.browser.status("/api/accounts/save_notifications", &off).await, StatusCode::OK);
    scene.asks_ben(&emil).await;
    assert!(scene.pushed_to().await.is_empty(), "told in the app alone");
    assert_eq!(scene.ben.browser.status("/api/push/unsubscribe", &[]).await, StatusCode::OK);
    let left: i64 = sqlx::query_scalar(
        "select count(*) from push_subscriptions s join login_sessions l
                                          on l.id = s.login_session_id where l.revoked_at is null",
    )
    .fetch_one(&scene.app.services.db)
    .await
    .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_busy_push_service_is_asked_again_and_a_browser_that_is_gone_is_forgotten() {
    let scene = Scene::set().await;
    assert_eq!(scene.subscribe(&scene.ben, &PushBrowser::at(&scene.service, 1)).await, StatusCode::OK);
    scene.service.answers(&[StatusCode::SERVICE_UNAVAILABLE]);
    scene.asks_ben(&scene.ada).await;
    assert_eq!(scene.pushed_to().await, ["/to/1", "/to/1"], "the second time it was taken");
    let (cleo, dora) = (scene.somebody("Cleo").await, scene.somebody("Dora").await);
    scene.service.answers(&[StatusCode::GONE]);
    scene.asks_ben(&cleo).await;
    assert_eq!(scene.pushed_to().await, ["/to/1"]);
    scene.asks_ben(&dora).await;
    assert!(scene.pushed_to().await.is_empty());
    let page = scene.ben.browser.get("/settings/notifications").await.html();
    assert!(!page.has("[data-push-on]"), "the page says so");
}

#[tokio::test]
async fn only_known_push_services_are_called_and_a_browser_has_one_subscription() {
    let scene = Scene::set().await;
    let browser = PushBrowser::at(&scene.service, 1);
    let fields = browser.fields();
    let with = async |name: &str, value: &str| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(field, good)| (*field, if *field == name { value } else { good.as_str() }))
            .collect();
        scene.ben.browser.call("/api/push/subscribe", &fields).await
    };
    for (field, bad) in [
        ("endpoint", "http://169.254.169.254/latest"),
        ("endpoint", "https://push.example/x"),
        ("endpoint", "file:///etc/passwd"),
        ("endpoint", ""),
        ("endpoint", &format!("{}/{}", scene.service.origin, "é".repeat(400))),
        ("p256dh", "AAAA"),
        ("p256dh", &"A".repeat(87)),
        ("auth", "short"),
    ] {
        let AppError::Invalid(errors) = with(field, bad).await.error() else { panic!("{field} {bad}") };
        assert!(errors.get(field).is_some(), "{field} {bad}");
    }
    let visitor: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = scene.app.browser().status("/api/push/subscribe", &visitor).await;
    assert_eq!(refused, StatusCode::UNAUTHORIZED);

    assert_eq!(scene.subscribe(&scene.ben, &PushBrowser::at(&scene.service, 2)).await, StatusCode::OK);
    assert_eq!(scene.subscribe(&scene.ben, &browser).await, StatusCode::OK);
    scene.asks_ben(&scene.ada).await;
    assert_eq!(scene.pushed_to().await, ["/to/1"], "the newest");
    assert_eq!(scene.subscribe(&scene.ada, &browser).await, StatusCode::OK, "somebody else signs in there");
    let cleo = scene.somebody("Cleo").await;
    scene.asks_ben(&cleo).await;
    scene.app.wait(Duration::MINUTE);
    assert!(scene.pushed_to().await.is_empty(), "it is Ada's browser now");
    let person = scene.ada.signed_in.user.to_string();
    let fields = [("event", &*scene.event), ("person", &person), ("icebreaker", "Kites?")];
    assert_eq!(cleo.browser.status("/api/connections/request", &fields).await, StatusCode::OK);
    assert_eq!(scene.pushed_to().await, ["/to/1"], "and what concerns her goes there");
}

#[tokio::test]
async fn a_new_address_of_a_browser_takes_the_place_of_the_old_one_and_signs_nobody_up() {
    let scene = Scene::set().await;
    let renew = async |path: u8| {
        let browser = PushBrowser::at(&scene.service, path);
        let fields = browser.fields();
        let mut fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("renews", "yes"));
        assert_eq!(scene.ben.browser.status("/api/push/subscribe", &fields).await, StatusCode::OK);
    };
    renew(1).await;
    scene.asks_ben(&scene.ada).await;
    assert!(scene.pushed_to().await.is_empty(), "nobody asked for pushes under this sign-in");
    assert_eq!(scene.subscribe(&scene.ben, &PushBrowser::at(&scene.service, 2)).await, StatusCode::OK);
    renew(3).await;
    let cleo = scene.somebody("Cleo").await;
    scene.asks_ben(&cleo).await;
    assert_eq!(scene.pushed_to().await, ["/to/3"]);
}

#[tokio::test]
async fn a_service_that_refuses_our_signature_keeps_its_browsers() {
    let scene = Scene::set().await;
    assert_eq!(scene.subscribe(&scene.ben, &PushBrowser::at(&scene.service, 1)).await, StatusCode::OK);
    for (status, name) in [(StatusCode::FORBIDDEN, "Cleo"), (StatusCode::UNAUTHORIZED, "Dora")] {
        scene.service.answers(&[status]);
        scene.asks_ben(&scene.somebody(name).await).await;
        assert_eq!(scene.pushed_to().await, ["/to/1"], "{status}: asked once, and lost");
    }
    scene.asks_ben(&scene.ada).await;
    assert_eq!(scene.pushed_to().await, ["/to/1"], "the next one goes there");
}

#[tokio::test]
async fn a_block_ends_what_is_on_its_way_and_the_line_about_it() {
    let scene = Scene::set().await;
    for (who, path) in [(&scene.ben, 1), (&scene.ada, 2)] {
        assert_eq!(scene.subscribe(who, &PushBrowser::at(&scene.service, path)).await, StatusCode::OK);
    }
    scene.asks_ben(&scene.ada).await;
    let new =
        async |who: &Member| who.browser.get("/notifications").await.html().texts(".notification-new").len();
    let before = new(&scene.ben).await;
    let ada = scene.ada.signed_in.user.to_string();
    assert_eq!(scene.ben.browser.status("/api/connections/block", &[("person", &ada)]).await, StatusCode::OK);
    assert!(scene.pushed_to().await.is_empty(), "whom one blocked says nothing more");
    assert_eq!(new(&scene.ben).await, before - 1, "and what they said is no news");

    let cleo = scene.somebody("Cleo").await;
    scene.asks_ben(&cleo).await;
    assert_eq!(scene.pushed_to().await, ["/to/1"], "others do");
}
