//! What waits for a person, in the head of each page and for pages that are open.

use domain::notifications::Waiting;
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;

use crate::support::{ConnectionScene, ConversationScene, EventTeam, Member};

const COUNT: &str = "/api/notifications/count_waiting";

async fn waiting(who: &Member) -> Waiting {
    who.browser.call(COUNT, &[]).await.json()
}

/// What the head says: news, messages, requests.
async fn head(who: &Member) -> [String; 3] {
    let page = who.browser.get("/home").await.html();
    ["news", "messages", "requests"]
        .map(|of| page.texts(&format!(".site-header [data-count='{of}'] [aria-hidden]")))
        .map(|shown| shown.into_iter().next().unwrap_or_default())
}

#[tokio::test]
async fn unread_messages_and_news_are_counted_for_their_reader_alone() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, otto, conversation, .. } = &scene;
    assert_eq!(waiting(ben).await, Waiting::default(), "nothing yet");
    app.write(ada, *conversation, "Are you there?").await;
    let last = app.write(ada, *conversation, "Hello?").await;
    let counted = waiting(ben).await;
    assert_eq!((counted.messages, counted.requests), (2, 0));
    let [news, messages, requests] = head(ben).await;
    assert_eq!((messages.as_str(), requests.as_str()), ("2", ""), "the head says the same");
    assert_eq!(news, if counted.news > 0 { counted.news.to_string() } else { String::new() });
    assert_eq!(waiting(ada).await, Waiting::default(), "own words wait for nobody");
    assert_eq!(waiting(otto).await, Waiting::default());
    let seq = last.seq.to_string();
    assert_eq!(scene.call(ben, "mark_read", &[("seq", &seq)]).await.status, StatusCode::OK);
    assert_eq!(waiting(ben).await.messages, 0);
    assert_eq!(app.browser().call(COUNT, &[]).await.status, StatusCode::UNAUTHORIZED, "sign in first");
}

#[tokio::test]
async fn a_request_waits_until_it_is_answered_and_only_at_whom_it_was_sent_to() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let connection = scene.requested(ada, ben).await;
    assert_eq!((waiting(ben).await.requests, waiting(ada).await.requests), (1, 0));
    assert_eq!(head(ben).await[2], "1");
    let menu = ben.browser.get("/home").await.html().attributes(".menu-opener", "aria-label");
    assert_eq!(menu, ["Your menu, Ben Test, 1 request"]);
    let (mut at_ben, mut at_ada) = (ben.browser.socket().await, ada.browser.socket().await);
    assert_eq!(scene.act(ben, "decline", connection).await, StatusCode::OK);
    let topic = Topic::User(ben.signed_in.user);
    assert_eq!(at_ben.next().await, ServerFrame::WaitingChanged { topic }, "other tabs count anew");
    at_ada.is_quiet().await;
    assert_eq!(waiting(ben).await.requests, 0);

    let again = scene.requested(&scene.sam, ben).await;
    assert_eq!(waiting(ben).await.requests, 1);
    scene.app.wait(domain::connections::OPEN_FOR + time::Duration::seconds(1));
    assert_eq!(waiting_anew(&scene, ben).await.requests, 0, "an old one is over for both, {again}");
}

/// After a month nobody's login session is the one of then.
async fn waiting_anew(scene: &ConnectionScene, who: &Member) -> Waiting {
    let browser = scene.app.browser();
    browser.sign_in(&who.email, crate::support::cast::PASSWORD).await;
    browser.call(COUNT, &[]).await.json()
}

#[tokio::test]
async fn news_that_is_read_in_one_tab_is_read_in_the_others() {
    let team = EventTeam::set().await;
    let (ada, sam) = (&team.attendee, &team.speaker);
    for member in [ada, sam] {
        let user = member.signed_in.user.to_string();
        let event = team.event.as_str();
        let mute = [("event", event), ("member", &*user), ("duration", "HOUR"), ("reason", "Calm down.")];
        assert_eq!(team.moderator.browser.status("/api/moderation/mute", &mute).await, StatusCode::OK);
    }
    assert_eq!((waiting(ada).await.news, waiting(sam).await.news), (1, 1));
    assert_eq!(head(ada).await, ["1", "", ""]);
    let (mut at_ada, mut at_sam) = (ada.browser.socket().await, sam.browser.socket().await);
    let page = ada.browser.get("/notifications").await.html();
    let (up_to, id) = (page.value("up_to"), page.value("notification"));
    let topic = Topic::User(ada.signed_in.user);
    let read = "/api/notifications/mark_all_read";
    assert_eq!(ada.browser.status(read, &[("up_to", "x")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.browser.status(read, &[("up_to", &up_to)]).await, StatusCode::OK);
    assert_eq!(at_ada.next().await, ServerFrame::WaitingChanged { topic }, "once, not for what was refused");
    let open = "/api/notifications/open";
    assert_eq!(sam.browser.status(open, &[("notification", &id)]).await, StatusCode::NOT_FOUND);
    assert_eq!(ada.browser.status(open, &[("notification", &id)]).await, StatusCode::OK);
    assert_eq!(at_ada.next().await, ServerFrame::WaitingChanged { topic });
    at_sam.is_quiet().await;
    assert_eq!((waiting(ada).await.news, waiting(sam).await.news), (0, 1));
}
