//! The inbox without scripts.

use http::StatusCode;
use services::accounts;

use crate::support::ConversationScene;

#[tokio::test]
async fn a_message_is_changed_and_deleted_by_forms() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let sent = app.write(ada, *conversation, "Kestrle").await;
    let (id, message) = (conversation.to_string(), sent.id.to_string());

    let path = format!("{}/messages/{message}", scene.page());
    let page = ada.browser.get(&path).await.html();
    assert_eq!(page.texts("form[action$='edit_message'] textarea"), ["Kestrle"]);
    let fields = [("conversation", id.as_str()), ("message", &message), ("body", "")];
    let refused = ada.browser.submit_and_follow("/api/conversations/edit_message", &fields).await;
    assert!(refused.body.contains("Write a message first."), "{}", refused.body);
    let fields = [("conversation", id.as_str()), ("message", &message), ("body", "Kestrel")];
    let saved = ada.browser.submit_and_follow("/api/conversations/edit_message", &fields).await;
    assert!(saved.body.contains("Kestrel") && !saved.body.contains("Kestrle"));
    assert!(ada.browser.get(&path).await.body.contains("Kestrle"), "its author sees what it said before");
    let at_ben = ben.browser.get(&path).await;
    assert!(at_ben.status == StatusCode::OK && !at_ben.body.contains("Kestrle"), "the other doesn't");
    assert_eq!(
        scene.otto.browser.get(&path).await.status,
        StatusCode::NOT_FOUND,
        "nor does anybody else open it"
    );
    assert!(!at_ben.html().has("form[action$='delete_message']"), "not Ben's");

    let fields = [("conversation", id.as_str()), ("message", &message)];
    let deleted = ada.browser.submit_and_follow("/api/conversations/delete_message", &fields).await;
    assert!(deleted.body.contains("The message is deleted, for both of you."));
    assert!(!ben.browser.get(&scene.page()).await.body.contains("Kestrel"));
}

#[tokio::test]
async fn a_conversation_is_silenced_and_cleared_after_a_question() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Hello").await;
    let id = conversation.to_string();
    let fields = [("conversation", id.as_str()), ("muted", "yes")];
    let page = ben.browser.submit_and_follow("/api/conversations/set_muted", &fields).await;
    assert!(page.body.contains("You get no notices") && page.body.contains("Notify me again"));
    assert!(!ben.browser.get("/home").await.html().has("a[href='/inbox'] .count"), "the head is silent too");
    let fields = [("conversation", id.as_str()), ("muted", "")];
    ben.browser.submit_and_follow("/api/conversations/set_muted", &fields).await;
    assert!(ben.browser.get("/home").await.html().has("a[href='/inbox'] .count"));

    let asks = ben.browser.get(&format!("{}?clear=yes", scene.page())).await.html();
    assert!(asks.text("#clear").contains("for good. Ada Test keeps them."));
    assert!(asks.has("#clear form[action='/api/conversations/clear']"));
}

#[tokio::test]
async fn an_organizer_opens_a_conversation_where_they_see_a_member() {
    let scene = ConversationScene::set().await;
    let ConversationScene { event, omar, ada, .. } = &scene;
    let person = ada.signed_in.user.to_string();
    let page = omar.browser.get(&format!("/events/{event}/manage/people/{person}")).await;
    assert!(page.html().has("form[action='/api/conversations/open'] input[name=event]"));
    let fields = [("person", person.as_str()), ("event", event)];
    let opened = omar.browser.submit_and_follow("/api/conversations/open", &fields).await;
    assert_eq!(opened.status, StatusCode::OK);
    assert!(opened.html().text(".chat-title").contains("About Rust Day"));
    assert_eq!(
        ada.browser.get("/inbox").await.html().texts(".conversation-link").len(),
        0,
        "nothing said yet"
    );
    let own = omar.signed_in.user.to_string();
    let page = omar.browser.get(&format!("/events/{event}/manage/people/{own}")).await;
    assert!(!page.html().has("form[action='/api/conversations/open']"), "not with oneself");
}

#[tokio::test]
async fn the_inbox_takes_the_same_statements_for_one_and_for_twelve_conversations() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, conversation, .. } = &scene;
    app.write(ben, *conversation, "one").await;
    let count = async || {
        let list = ada.browser.get("/inbox").await;
        let page = ada.browser.get(&scene.page()).await;
        let search = ada.browser.get(&format!("{}?search=one", scene.page())).await;
        let lines = list.html().texts(".conversation-link").len();
        ((list.statements(), page.statements(), search.statements()), lines)
    };
    let (statements, lines) = count().await;
    assert!(statements.0 <= 6 && statements.1 <= 6 && statements.2 <= 6, "{statements:?}");
    assert_eq!(lines, 1);
    for n in 1..=11 {
        let person = app.person(&format!("Guest{n}")).await;
        app.connect(&person, ada, event).await;
        let opened = app.conversation(&person, ada).await;
        app.write(&person, opened, "one more").await;
        app.write(ben, *conversation, "one more").await;
    }
    assert_eq!(count().await, (statements, 12));
}

#[tokio::test]
async fn own_direct_messages_are_in_the_copy_of_ones_data_and_stay_under_a_deleted_person() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Kites over the harbour").await;
    let taken_back = app.write(ada, *conversation, "Not this one").await;
    app.write(ben, *conversation, "Whose kites?").await;
    scene.call(ada, "delete_message", &[("message", &taken_back.id.to_string())]).await;

    assert_eq!(ada.browser.status("/api/accounts/request_export", &[]).await, StatusCode::OK);
    accounts::prepare_exports(&app.services).await.unwrap();
    let page = ada.browser.get("/settings/account").await.html();
    let link = page.attributes("a[href*='/export/']", "href").remove(0);
    let copy: serde_json::Value = ada.browser.get(&link).await.json();
    let own = copy["direct_messages"].as_array().unwrap();
    assert_eq!(own.len(), 1, "their own words alone, without what they deleted");
    assert_eq!((&own[0]["text"], &own[0]["to"]), (&"Kites over the harbour".into(), &"Ben Test".into()));

    sqlx::query("update users set state = 'DELETED', deleted_at = $2 where id = $1")
        .bind(ada.signed_in.user.get())
        .bind(app.services.clock.now() - accounts::UNDO_DELETION_WITHIN - time::Duration::DAY)
        .execute(&app.services.db)
        .await
        .unwrap();
    accounts::sweep(&app.services).await.unwrap();
    let page = ben.browser.get(&scene.page()).await;
    assert!(page.body.contains("Kites over the harbour") && page.body.contains("Deleted person"));
    assert!(page.body.contains("This person is not available.") && !page.body.contains("Ada Test"));
}
