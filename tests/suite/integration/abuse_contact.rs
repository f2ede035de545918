//! Reports that no event's moderators answer.

use domain::Conflict;
use domain::chat::RoomKind;
use domain::ids::UserId;
use http::StatusCode;

use crate::support::moderation::{refusal, reported};
use crate::support::{Answer, Member, TestApp, database};

const CONTACT: &str = "abuse@example.org";

/// Ada and Ben are connected, and have no event in common any more.
struct Scene {
    app: TestApp,
    ada: Member,
    /// His id.
    ben: UserId,
    /// Of the last thing that Ben wrote.
    message: String,
}

impl Scene {
    async fn set(settings: &[(&str, &str)]) -> Self {
        let app = TestApp::start_with(database::fresh_urls().await, settings).await;
        let (olivia, ada, ben) =
            (app.person("Olivia").await, app.person("Ada").await, app.person("Ben").await);
        let event = app.published(&olivia).await;
        for attendee in [&ada, &ben] {
            app.register(attendee, &event).await;
        }
        app.connect(&ada, &ben, &event).await;
        let conversation = app.conversation(&ada, &ben).await;
        app.write(&ada, conversation, "Please stop.").await;
        let message = app.write(&ben, conversation, "You will\nregret this.").await.id.to_string();
        app.set_member_status(&event, &ben, "LEFT").await;
        Self { app, ada, ben: ben.signed_in.user, message }
    }

    fn page(&self) -> String {
        format!("/report?kind=DIRECT_MESSAGE&target={}", self.message)
    }

    async fn report(&self, who: &Member, reason: &str) -> Answer {
        let fields = [
            ("kind", "DIRECT_MESSAGE"),
            ("target", &self.message),
            ("reason", reason),
            ("text", "He threatens me."),
        ];
        who.browser.call("/api/moderation/report", &fields).await
    }
}

#[tokio::test]
async fn a_direct_message_without_an_event_in_common_is_reported_to_the_abuse_contact() {
    let scene = Scene::set(&[("ATRIA_ABUSE_CONTACT", CONTACT)]).await;
    let page = scene.ada.browser.get(&scene.page()).await;
    assert!(page.body.contains("the people who run this Atria read it"), "{}", page.body);
    assert!(page.html().has("form[action='/api/moderation/report']"));

    let vague = scene.report(&scene.ada, "").await;
    assert_eq!(refusal(&vague, "reason").as_deref(), Some("Choose what is wrong."));
    let otto = scene.app.person("Otto").await;
    assert_eq!(scene.report(&otto, "HARASSMENT").await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.report(&scene.ada, "HARASSMENT").await.status, StatusCode::OK);

    let mail = scene.app.inbox.next_for(CONTACT).await;
    assert_eq!(mail.subject, "A direct message was reported");
    let text = mail.text.replace("\r\n", "\n");
    for said in [
        "> | Please stop.",
        "> | You will\n> | regret this.",
        "Harassment or threats",
        "He threatens me.",
        "Ada Test",
        "Ben Test",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let head = format!("> Ben Test ({}), ", scene.ben);
    assert!(text.contains(&head), "nobody else can be named like him: {text}");
    assert_eq!(scene.report(&scene.ada, "HARASSMENT").await.status, StatusCode::OK);
    let mails = "select count(*) from outbox_mails where kind = 'abuse_report'";
    let mails: i64 = sqlx::query_scalar(mails).fetch_one(&scene.app.services.db).await.unwrap();
    assert_eq!(mails, 1, "the same report once more is the same report");
    let filed: i64 =
        sqlx::query_scalar("select count(*) from reports").fetch_one(&scene.app.services.db).await.unwrap();
    assert_eq!(filed, 0, "it stands in no queue");
}

#[tokio::test]
async fn where_nobody_is_named_the_page_says_so_and_offers_to_block() {
    let scene = Scene::set(&[]).await;
    let page = scene.ada.browser.get(&scene.page()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("names nobody who could be told"), "{}", page.body);
    let shown = page.html();
    assert!(!shown.has("form[action='/api/moderation/report']"));
    assert!(shown.has("form[action='/api/connections/block']"));
    let refused = scene.report(&scene.ada, "HARASSMENT").await;
    assert_eq!(refused.error(), Conflict::NobodyAnswers.into());
}

#[tokio::test]
async fn who_closed_their_account_is_named_by_no_page_of_a_report() {
    let scene = Scene::set(&[("ATRIA_ABUSE_CONTACT", CONTACT)]).await;
    assert!(scene.ada.browser.get(&scene.page()).await.body.contains("Ben Test"));
    let closed = "update users set state = 'DEACTIVATED' where id = $1";
    sqlx::query(closed).bind(scene.ben.get()).execute(&scene.app.services.db).await.unwrap();
    let page = scene.ada.browser.get(&scene.page()).await;
    assert_eq!(page.status, StatusCode::OK, "what he wrote can be reported all the same");
    assert!(page.body.contains("Deleted person") && !page.body.contains("Ben Test"), "{}", page.body);
}

/// Olivia alone moderates her event, in which Ada takes part.
async fn alone(settings: &[(&str, &str)]) -> (TestApp, Member, Member, String) {
    let app = TestApp::start_with(database::fresh_urls().await, settings).await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    (app, olivia, ada, event)
}

#[tokio::test]
async fn what_somebody_did_who_alone_moderates_an_event_is_reported_to_the_abuse_contact() {
    let (app, olivia, ada, event) = alone(&[("ATRIA_ABUSE_CONTACT", CONTACT)]).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    let message = reported(&app.post(&olivia, general, "You will regret this.").await).1;
    let user = olivia.signed_in.user.to_string();
    let lead = async |who: &Member, kind: &str, target: &str| {
        let page = format!("/report?kind={kind}&target={target}&event={event}");
        who.browser.get(&page).await.html().text(".lead")
    };
    let report = async |kind: &str, target: &str| {
        let fields = [("kind", kind), ("target", target), ("event", &*event), ("reason", "HARASSMENT")];
        ada.browser.status("/api/moderation/report", &fields).await
    };
    let by_mail =
        "Nobody but Olivia Test moderates Rust Day, so the people who run this Atria read it, by mail";
    let filed = async || -> Vec<uuid::Uuid> {
        sqlx::query_scalar("select person_id from reports").fetch_all(&app.services.db).await.unwrap()
    };
    for (kind, target, subject) in
        [("MESSAGE", &message, "A message was reported"), ("PERSON", &user, "A person was reported")]
    {
        assert!(lead(&ada, kind, target).await.starts_with(by_mail));
        assert_eq!(report(kind, target).await, StatusCode::OK);
        let mail = app.inbox.next_for(CONTACT).await;
        assert_eq!(mail.subject, subject);
        assert!(mail.text.contains("who alone moderates") && mail.text.contains("Rust Day"), "{}", mail.text);
        assert_eq!(mail.text.contains("You will regret this."), kind == "MESSAGE", "{}", mail.text);
    }
    assert!(filed().await.is_empty(), "she alone could read the queue");

    let maya = app.person("Maya").await;
    app.join_event(&event, &maya, "MODERATOR", "ACTIVE").await;
    assert!(lead(&ada, "PERSON", &user).await.starts_with("Moderators read it."));
    assert_eq!(report("PERSON", &user).await, StatusCode::OK);
    assert_eq!(filed().await, [olivia.signed_in.user.get()], "somebody else does now");
    let green = app.room(&olivia, &event, RoomKind::GreenRoom).await;
    let hidden = reported(&app.post(&olivia, green, "Between us.").await).1;
    let sam = app.person("Sam").await;
    app.join_event(&event, &sam, "SPEAKER", "ACTIVE").await;
    assert!(lead(&sam, "MESSAGE", &hidden).await.starts_with(by_mail), "she doesn't read that room");
}

#[tokio::test]
async fn where_nobody_is_named_who_alone_moderates_can_be_blocked() {
    let (_app, olivia, ada, event) = alone(&[]).await;
    let user = olivia.signed_in.user.to_string();
    let page = ada.browser.get(&format!("/report?kind=PERSON&target={user}&event={event}")).await.html();
    assert!(page.text(".lead").starts_with("Nobody but Olivia Test moderates Rust Day"));
    assert!(page.has("form[action='/api/connections/block']"));
    assert!(!page.has("form[action='/api/moderation/report']"));
    let fields = [("kind", "PERSON"), ("target", &*user), ("event", &*event), ("reason", "SPAM")];
    let refused = ada.browser.call("/api/moderation/report", &fields).await;
    assert_eq!(refused.error(), Conflict::NobodyAnswers.into());
}
