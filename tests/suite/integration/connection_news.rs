//! What people are told in the app, and by mail, of requests and of messages.

use domain::connections::ContactList;
use domain::ids::ConnectionId;
use http::StatusCode;
use services::connections;

use crate::support::{ConnectionScene, ConversationScene, Member};

async fn sentences(of: &Member) -> Vec<String> {
    of.browser.get("/notifications").await.html().texts(".notification-sentence")
}

async fn leads_to(of: &Member) -> String {
    let id = of.browser.get("/notifications").await.html().value("notification");
    of.browser.submit("/api/notifications/open", &[("notification", &id)]).await.location().to_owned()
}

#[tokio::test]
async fn whoever_is_asked_and_whoever_is_accepted_finds_it_in_the_list_and_a_decline_is_in_none() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, sam) = (&scene.ada, &scene.ben, &scene.sam);
    let connection: ConnectionId = scene.ask(ada, ben, "Kites?").await.json();
    assert_eq!(sentences(ben).await, ["New: Ada Test wants to connect with you"]);
    assert!(sentences(ada).await.is_empty(), "nothing of what one did oneself");
    assert_eq!(scene.act(ben, "accept", connection).await, StatusCode::OK);
    assert_eq!(
        sentences(ben).await,
        ["Ada Test wants to connect with you"],
        "there is nothing left to answer"
    );
    assert_eq!(sentences(ada).await, ["New: Ben Test accepted your request to connect"]);
    assert!(leads_to(ada).await.starts_with("/inbox/"), "to what they can write in now");

    let declined = scene.requested(sam, ben).await;
    assert_eq!(leads_to(ben).await, "/connections?list=received");
    let withdrawn = scene.requested(sam, ada).await;
    assert_eq!(sentences(ada).await[0], "New: Sam Test wants to connect with you");
    assert_eq!(scene.act(ben, "decline", declined).await, StatusCode::OK);
    assert_eq!(scene.act(sam, "withdraw", withdrawn).await, StatusCode::OK);
    assert_eq!(sentences(ada).await[0], "Sam Test wants to connect with you", "taken back: nothing new");
    assert!(sentences(sam).await.is_empty(), "who was declined is told nothing");
    assert!(scene.list(sam, ContactList::Connected).await.is_empty());
}

#[tokio::test]
async fn an_acceptance_comes_by_mail_to_those_who_chose_that() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben, sam) = (&scene.app, &scene.ada, &scene.ben, &scene.sam);
    let page = ada.browser.get("/settings/notifications").await.html();
    let version = page.value("version");
    let chosen =
        [("version", &*version), ("in_app[]", "CONNECTION_REQUEST"), ("mail[]", "CONNECTION_ACCEPTED")];
    assert_eq!(ada.browser.status("/api/accounts/save_notifications", &chosen).await, StatusCode::OK);
    for from in [ada, sam] {
        let request = scene.requested(from, ben).await;
        connections::accept(&app.services, &ben.signed_in, request).await.unwrap();
    }
    let mail = app.inbox.about(&ada.email, "Ben Test accepted your request to connect").await;
    assert!(mail.text.contains("/inbox/"), "{}", mail.text);
    assert!(sentences(ada).await.is_empty(), "and not in the app, which she switched off");
    assert_eq!(sentences(sam).await, ["New: Ben Test accepted your request to connect"]);
    app.until_delivered().await;
    assert!(!app.inbox.recipients().contains(&sam.email), "who chose nothing gets no mail");
}

#[tokio::test]
async fn unread_messages_of_one_conversation_are_one_line_until_they_are_read() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let last = async || sentences(ben).await.remove(0);
    app.write(ada, *conversation, "One").await;
    assert_eq!(last().await, "New: Ada Test wrote to you");
    app.write(ada, *conversation, "Two").await;
    assert_eq!(last().await, "New: Ada Test wrote you 2 messages");
    assert_eq!(sentences(ben).await.len(), 1);
    assert!(!ben.browser.get("/notifications").await.body.contains("Two"), "their words stay where they are");
    assert_eq!(leads_to(ben).await, scene.page());
    app.write(ada, *conversation, "Three").await;
    assert_eq!(last().await, "New: Ada Test wrote to you");
    scene.call(ben, "mark_read", &[("seq", "2")]).await;
    assert_eq!(last().await, "New: Ada Test wrote to you", "one is left");
    scene.call(ben, "mark_read", &[("seq", "3")]).await;
    assert_eq!(last().await, "Ada Test wrote to you", "read there is read here");

    assert!(sentences(ada).await.is_empty(), "nothing of one's own");
    scene.call(ben, "set_muted", &[("muted", "yes")]).await;
    app.write(ada, *conversation, "Silently").await;
    assert_eq!(last().await, "Ada Test wrote to you", "a silenced conversation tells nothing");
    scene.call(ben, "set_muted", &[("muted", "")]).await;
    app.write(ada, *conversation, "Aloud").await;
    assert_eq!(last().await, "New: Ada Test wrote to you");
    scene.call(ben, "clear", &[]).await;
    assert_eq!(last().await, "Ada Test wrote to you", "nor one that was cleared");
}
