//! Reports that no event's moderators answer.

use domain::Conflict;
use domain::chat::RoomKind;
use domain::ids::UserId;
use http::StatusCode;

use crate::support::html::Html;
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
struct Alone {
    app: TestApp,
    olivia: Member,
    ada: Member,
    event: String,
}

impl Alone {
    async fn set(settings: &[(&str, &str)]) -> Self {
        let app = TestApp::start_with(database::fresh_urls().await, settings).await;
        let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
        let event = app.published(&olivia).await;
        app.register(&ada, &event).await;
        Self { app, olivia, ada, event }
    }

    async fn joined(&self, name: &str, role: &str) -> Member {
        let person = self.app.person(name).await;
        self.app.join_event(&self.event, &person, role, "ACTIVE").await;
        person
    }

    fn olivias_id(&self) -> String {
        self.olivia.signed_in.user.to_string()
    }

    /// The page on which somebody reports in this event.
    async fn page(&self, who: &Member, (kind, target): (&str, &str)) -> Html {
        let page = format!("/report?kind={kind}&target={target}&event={}", self.event);
        who.browser.get(&page).await.html()
    }

    async fn report(&self, event: &str, (kind, target): (&str, &str)) -> Answer {
        let fields = [("kind", kind), ("target", target), ("event", event), ("reason", "HARASSMENT")];
        self.ada.browser.call("/api/moderation/report", &fields).await
    }

    /// Whom the reports in queues are about.
    async fn filed(&self) -> Vec<uuid::Uuid> {
        sqlx::query_scalar("select person_id from reports").fetch_all(&self.app.services.db).await.unwrap()
    }
}

const BY_MAIL: &str =
    "Nobody who moderates Rust Day could answer this report, so the people who run this Atria read it";

#[tokio::test]
async fn what_somebody_did_who_alone_moderates_an_event_is_reported_to_the_abuse_contact() {
    let scene = Alone::set(&[("ATRIA_ABUSE_CONTACT", CONTACT)]).await;
    let (app, olivia, user) = (&scene.app, &scene.olivia, scene.olivias_id());
    let general = app.room(olivia, &scene.event, RoomKind::Global).await;
    let message = reported(&app.post(olivia, general, "You will regret this.").await).1;
    for (target, subject) in
        [(("MESSAGE", &*message), "A message was reported"), (("PERSON", &*user), "A person was reported")]
    {
        assert!(scene.page(&scene.ada, target).await.text(".lead").starts_with(BY_MAIL));
        assert_eq!(scene.report(&scene.event, target).await.status, StatusCode::OK);
        let mail = app.inbox.next_for(CONTACT).await;
        assert_eq!(mail.subject, subject);
        assert!(mail.text.contains("\"Rust Day\"") && mail.text.contains(&scene.event), "{}", mail.text);
        let says_what = mail.text.contains("You will regret this.");
        assert_eq!(says_what, target.0 == "MESSAGE", "{}", mail.text);
    }
    assert!(scene.filed().await.is_empty(), "she alone could read the queue");
    // The kept id in other letters, and other words.
    let shouted = user.to_uppercase();
    assert_eq!(scene.report(&scene.event, ("PERSON", &shouted)).await.status, StatusCode::OK);
    let again = [("kind", "PERSON"), ("target", &*user), ("event", &*scene.event), ("reason", "SPAM")];
    assert_eq!(scene.ada.browser.status("/api/moderation/report", &again).await, StatusCode::OK);
    let mails = "select count(*) from outbox_mails where kind = 'abuse_report'";
    let mails: i64 = sqlx::query_scalar(mails).fetch_one(&app.services.db).await.unwrap();
    assert_eq!(mails, 3, "the same once more is the same, another reason is not");
}

#[tokio::test]
async fn somebody_who_could_answer_gets_the_report_instead_of_the_abuse_contact() {
    let scene = Alone::set(&[("ATRIA_ABUSE_CONTACT", CONTACT)]).await;
    let (app, ada, user) = (&scene.app, &scene.ada, scene.olivias_id());
    let lead = async |who: &Member| scene.page(who, ("PERSON", &user)).await.text(".lead");
    let (maya, sam) = (scene.joined("Maya", "MODERATOR").await, scene.joined("Sam", "SPEAKER").await);
    assert!(lead(ada).await.starts_with("Moderators read it."));
    assert!(lead(&maya).await.starts_with(BY_MAIL), "her own report is not hers to answer");
    let green = app.room(&scene.olivia, &scene.event, RoomKind::GreenRoom).await;
    let hidden = reported(&app.post(&scene.olivia, green, "Between us.").await).1;
    let in_green = scene.page(&sam, ("MESSAGE", &hidden)).await;
    assert!(in_green.text(".lead").starts_with(BY_MAIL), "moderators don't read that room");

    let maya = maya.signed_in.user.get();
    for (away, back) in [
        (
            "update users set state = 'DEACTIVATED' where id = $1",
            "update users set state = 'ACTIVE' where id = $1",
        ),
        (
            "update event_members set muted_at = now(), mute_reason = 'Loud.', muted_by = user_id where user_id = $1",
            "update event_members set muted_until = now() + interval '1 hour' where user_id = $1",
        ),
    ] {
        for (step, by_mail) in [(away, true), (back, false)] {
            sqlx::query(step).bind(maya).execute(&app.services.db).await.unwrap();
            assert_eq!(lead(ada).await.starts_with(BY_MAIL), by_mail, "{step}");
        }
    }
    assert_eq!(scene.report(&scene.event, ("PERSON", &user)).await.status, StatusCode::OK);
    assert_eq!(scene.filed().await, [scene.olivia.signed_in.user.get()]);
}

/// An event of Zoe, in which both are.
async fn another(scene: &Alone) -> (String, Member) {
    let zoe = scene.app.person("Zoe").await;
    let other = scene.app.published(&zoe).await;
    for person in [&scene.ada, &scene.olivia] {
        scene.app.register(person, &other).await;
    }
    (other, zoe)
}

#[tokio::test]
async fn moderators_of_another_event_get_a_report_only_by_choice() {
    let scene = Alone::set(&[("ATRIA_ABUSE_CONTACT", CONTACT)]).await;
    let (other, zoe) = another(&scene).await;
    let (user, chooses) = (scene.olivias_id(), "[name=event] option");
    let person = ("PERSON", &*user);
    assert!(scene.page(&scene.ada, person).await.text(".lead").starts_with(BY_MAIL));
    assert_eq!(scene.report(&scene.event, person).await.status, StatusCode::OK);
    assert!(scene.filed().await.is_empty(), "where it was reported nobody could answer");

    let page = format!("/report?kind=PERSON&target={user}");
    for asked in ["", "&event=elsewhere"] {
        let anywhere = scene.ada.browser.get(&format!("{page}{asked}")).await.html();
        assert_eq!(anywhere.attributes(chooses, "value"), ["", &*other], "nothing is chosen yet");
        assert_eq!(anywhere.value("event"), "");
    }
    let there = scene.ada.browser.get(&format!("{page}&event={other}")).await.html();
    assert!(there.text(".lead").starts_with("Moderators read it."), "{}", there.text(".lead"));
    assert_eq!((there.value("event"), there.has(chooses)), (other.clone(), false));
    let unsaid = scene.report("", person).await;
    assert_eq!(refusal(&unsaid, "event").as_deref(), Some("Choose one of these events."));
    assert_eq!(scene.report(&other, person).await.status, StatusCode::OK);
    assert_eq!(scene.filed().await.len(), 1);

    scene.app.set_member_status(&other, &zoe, "LEFT").await;
    assert!(zoe.browser.get(&page).await.body.contains("Moderators read it."), "an owner is in all events");
    let draft = "update events set status = 'DRAFT' where slug = $1";
    sqlx::query(draft).bind(&other).execute(&scene.app.services.db).await.unwrap();
    let before = scene.ada.browser.get(&page).await.html();
    assert!(before.text(".lead").starts_with(BY_MAIL), "attendees don't see what a draft holds");
    let speakers = "update event_members set role = 'SPEAKER' where role = 'ATTENDEE'";
    sqlx::query(speakers).execute(&scene.app.services.db).await.unwrap();
    let now = scene.ada.browser.get(&page).await.html();
    assert_eq!(now.attributes(chooses, "value"), ["", &*other], "speakers do");
}

#[tokio::test]
async fn where_nobody_is_named_who_alone_moderates_can_be_blocked() {
    let scene = Alone::set(&[]).await;
    let user = scene.olivias_id();
    let person = ("PERSON", &*user);
    let page = scene.page(&scene.ada, person).await;
    assert!(page.text(".lead").starts_with("Nobody who moderates Rust Day could answer this report"));
    assert!(page.has("form[action='/api/connections/block']"));
    assert!(!page.has("form[action='/api/moderation/report']"));
    let refused = scene.report(&scene.event, person).await;
    assert_eq!(refused.error(), Conflict::NobodyAnswers.into());

    let (other, _zoe) = another(&scene).await;
    let page = scene.page(&scene.ada, person).await;
    assert_eq!(page.attributes("[name=event] option", "value"), ["", &*other]);
    let refused = scene.report(&scene.event, person).await;
    assert_eq!(refusal(&refused, "event").as_deref(), Some("Choose one of these events."));
}
