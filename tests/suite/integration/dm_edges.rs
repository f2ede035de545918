//! Direct messages at their edges.

use domain::chat::MessageView;
use domain::paging::{PageSize, Slice, Window};
use domain::realtime::ServerFrame;
use domain::{AppError, Conflict, Denied};
use http::StatusCode;
use services::conversations::{self, ListRequest};
use time::Duration;

use crate::support::ConversationScene;
use crate::support::conversations::{open, say};

#[tokio::test]
async fn a_random_person_is_hidden_and_a_visitor_signs_in_first() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, .. } = &scene;
    let nobody = [("person", "00000000-0000-0000-0000-000000000001")];
    assert_eq!(
        ada.browser.status("/api/conversations/open", &nobody).await,
        StatusCode::NOT_FOUND,
        "a random id answers like a hidden person"
    );
    assert_eq!(app.browser().status("/api/conversations/open", &nobody).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whoever_is_not_connected_any_more_gets_the_same_answer_as_a_blocked_person() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, .. } = &scene;
    let unavailable = AppError::from(Denied::PersonUnavailable);
    app.block(ben, ada).await;
    app.disconnect(ada, ben).await;
    let mia = app.person("Mia").await;
    app.register(&mia, event).await;
    app.connect(&mia, ben, event).await;
    let with_mia = app.conversation(&mia, ben).await;
    assert_eq!(say(&mia, with_mia, 8, "Hi").await.status, StatusCode::OK, "nobody else is blocked");
    app.disconnect(&mia, ben).await;
    assert_eq!(
        say(ben, with_mia, 9, "Hi").await.error(),
        unavailable,
        "not connected any more: the same answer"
    );
}

#[tokio::test]
async fn unread_conversations_come_first_on_request_and_a_cursor_is_good_for_one_list_of_one_person() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, zoe, conversation, .. } = &scene;
    app.connect(ada, zoe, event).await;
    let with_zoe = app.conversation(ada, zoe).await;
    app.write(zoe, with_zoe, "unread").await;
    app.wait(Duration::MINUTE);
    app.write(ben, *conversation, "read").await;
    conversations::mark_read(&app.services, &ada.signed_in, *conversation, 1).await.unwrap();
    let list = async |unread_first: bool, cursor: Option<&str>, whose: &crate::support::Member| {
        let request =
            ListRequest { unread_first, cursor: cursor.map(ToOwned::to_owned), ..ListRequest::default() };
        let size = PageSize::parse(1).unwrap();
        conversations::conversations_of(&app.services, &whose.signed_in, &request, size).await
    };
    let newest = list(false, None, ada).await.unwrap();
    assert_eq!(newest.items[0].id, *conversation);
    let unread = list(true, None, ada).await.unwrap();
    assert_eq!(unread.items[0].id, with_zoe);
    let older = unread.older.as_deref();
    assert_eq!(list(true, older, ada).await.unwrap().items[0].id, *conversation, "then the others");
    for (unread_first, cursor, whose) in [(false, Some("x"), ada), (true, older, ben), (false, older, ada)] {
        let refused = list(unread_first, cursor, whose).await.unwrap_err();
        assert!(refused.to_string().contains("marked fields"), "malformed, another's, another list's");
    }
    assert_eq!(ada.browser.get("/inbox?cursor=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_bell_counts_no_message_that_is_gone() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let bell = async || ben.browser.get("/notifications").await.html().texts(".notification-sentence");
    let (first, second) =
        (app.write(ada, *conversation, "Oops").await, app.write(ada, *conversation, "Once more").await);
    let told = bell().await;
    assert!(told.len() == 1 && told[0].starts_with("New: "), "{told:?}");
    conversations::delete_message(&app.services, &ada.signed_in, *conversation, first.id).await.unwrap();
    assert_eq!(bell().await, told, "one of them is still to be read");
    conversations::delete_message(&app.services, &ada.signed_in, *conversation, second.id).await.unwrap();
    assert!(!bell().await[0].starts_with("New: "), "none is");
}

#[tokio::test]
async fn history_is_read_both_ways() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    for text in ["the oldest", "another", "and one more"] {
        app.write(ben, *conversation, text).await;
    }
    for n in 1..=60 {
        app.wait(Duration::seconds(4));
        app.write(ben, *conversation, &format!("line {n}")).await;
    }
    let page = async |window| {
        let size = PageSize::parse(50).unwrap();
        conversations::history(&app.services, &ada.signed_in, *conversation, window, size).await.unwrap()
    };
    let seqs = |slice: &Slice<MessageView>| slice.items.iter().map(|message| message.seq).collect::<Vec<_>>();
    let newest = page(Window::Newest).await;
    assert_eq!((seqs(&newest), newest.has_older, newest.has_newer), ((14..=63).collect(), true, false));
    let older = page(Window::Before(14)).await;
    assert_eq!((seqs(&older), older.has_older, older.has_newer), ((1..=13).collect(), false, true));
    let newer = page(Window::After(13)).await;
    assert_eq!((seqs(&newer), newer.has_newer), ((14..=63).collect(), false));
    let shown = ada.browser.get(&format!("{}?before=14", scene.page())).await;
    let shown = shown.html().texts(".message-body");
    assert_eq!((shown.len(), shown[0].as_str()), (13, "the oldest"), "without scripts too");
}

#[tokio::test]
async fn own_words_are_changed_for_15_minutes_and_what_they_were_is_kept() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, .. } = &scene;
    let first = scene.say(ada, 1, "Hello <b>Ben</b>").await.json::<MessageView>();
    let edit = [("message", &*first.id.to_string()), ("body", "Hello Ben")];
    let edited = scene.call(ada, "edit_message", &edit).await.json::<MessageView>();
    assert_eq!((edited.seq, edited.rev, edited.body.as_deref()), (1, 2, Some("Hello Ben")));
    let again = scene.say(ada, 1, "Hello <b>Ben</b>").await.json::<MessageView>();
    assert_eq!(again, edited, "a late retry of what was sent is the message as it is now");
    assert_eq!(scene.say(ada, 1, "Hello Ben").await.error(), Conflict::MessageIdReused.into());
    assert_eq!(scene.call(ben, "edit_message", &edit).await.error(), Denied::NotYourMessage.into());
    app.wait(Duration::minutes(15) + Duration::SECOND);
    assert_eq!(scene.call(ada, "edit_message", &edit).await.error(), Denied::EditTimeOver.into());
    let history = "select previous_body from direct_message_edits where message_id = $1";
    let history: Vec<String> =
        sqlx::query_scalar(history).bind(first.id.get()).fetch_all(&app.services.db).await.unwrap();
    assert_eq!(history, ["Hello <b>Ben</b>"], "what it said before is kept");
}

#[tokio::test]
async fn who_tells_nothing_of_what_they_read_is_told_nothing() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Hello").await;
    conversations::mark_read(&app.services, &ben.signed_in, *conversation, 1).await.unwrap();
    assert!(ada.browser.get(&scene.page()).await.body.contains("Read"), "Ada learns of it");
    sqlx::query("update users set send_read_receipts = false where id = $1")
        .bind(ada.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    let page = ada.browser.get(&scene.page()).await;
    assert!(
        page.body.contains("Delivered") && !page.body.contains(">Read<"),
        "who tells nothing is told nothing"
    );
}

#[tokio::test]
async fn about_an_event_nobody_writes_to_whoever_is_banned_or_gone() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    app.connect(omar, ada, event).await;
    let global = app.conversation(omar, ada).await;
    let scoped = open(omar, ada, Some(event)).await.json::<domain::ids::ConversationId>();
    app.write(omar, scoped, "About your badge").await;
    app.set_member_status(event, ada, "BANNED").await;
    assert_eq!(ada.browser.get(&format!("/inbox/{scoped}")).await.status, StatusCode::NOT_FOUND);
    assert!(
        !ada.browser.get("/inbox").await.body.contains("About your badge"),
        "hidden from the banned person"
    );
    assert!(omar.browser.get(&format!("/inbox/{scoped}")).await.body.contains("About your badge"));
    assert_eq!(say(omar, scoped, 1, "Hi").await.error(), Denied::PersonUnavailable.into());
    assert_eq!(say(ada, scoped, 2, "Hi").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        say(ada, *conversation, 3, "Still here").await.status,
        StatusCode::OK,
        "global ones are untouched"
    );
    assert_eq!(say(ben, *conversation, 4, "Good").await.status, StatusCode::OK);

    app.set_member_status(event, ada, "LEFT").await;
    assert_eq!(say(omar, scoped, 5, "Hi").await.error(), Denied::PersonUnavailable.into());
    app.set_member_status(event, ada, "ACTIVE").await;
    assert_eq!(say(omar, scoped, 6, "Hi").await.status, StatusCode::OK);
    sqlx::query("update events set status = 'DELETED', deleted_at = now() where slug = $1")
        .bind(event)
        .execute(&app.services.db)
        .await
        .unwrap();
    assert_eq!(
        say(omar, scoped, 7, "Hi").await.error(),
        Denied::PersonUnavailable.into(),
        "the event is gone"
    );
    assert_eq!(say(omar, global, 8, "Hi").await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_call_about_a_conversation_of_others_does_or_tells_anything() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, olivia, omar, ada, zoe, otto, conversation, .. } = &scene;
    let message = app.write(ada, *conversation, "Kestrels over the harbour").await.id.to_string();
    for outsider in [olivia, omar, zoe, otto] {
        for (function, fields) in [
            (
                "post_message",
                vec![("client_message_id", "00000000-0000-0000-0000-0000000000aa"), ("body", "Hi")],
            ),
            ("older_messages", vec![("before_seq", "9")]),
            ("glance", vec![]),
            ("mark_read", vec![("seq", "1")]),
            ("edit_message", vec![("message", message.as_str()), ("body", "Hi")]),
            ("delete_message", vec![("message", message.as_str())]),
            ("react", vec![("message", message.as_str()), ("emoji", "👍")]),
            ("clear", vec![]),
            ("set_muted", vec![("muted", "yes")]),
        ] {
            let answer = scene.call(outsider, function, &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{function}: {}", answer.body);
        }
    }
    assert_eq!(app.conversations_of(ada).await.items.len(), 1, "all is as it was");
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let scene = ConversationScene::set().await;
    let ConversationScene { ada, conversation, .. } = &scene;
    let id = conversation.to_string();
    let long = "x".repeat(2001);
    let form = [
        ("conversation", id.as_str()),
        ("client_message_id", "00000000-0000-0000-0000-0000000000ff"),
        ("body", &long),
    ];
    let page = ada.browser.submit_and_follow("/api/conversations/post_message", &form).await;
    assert_eq!(page.html().value("body"), long, "what was typed is kept");
    assert!(page.body.contains("this one has 2001"));
}

#[tokio::test]
async fn a_silenced_conversation_is_told_as_one_to_be_silent_about() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let mut on_any_page = ben.browser.socket().await;
    assert_eq!(scene.call(ben, "set_muted", &[("muted", "yes")]).await.status, StatusCode::OK);
    app.write(ada, *conversation, "hush").await;
    let ServerFrame::DirectMessage { is_muted, .. } = on_any_page.next().await else { panic!("still told") };
    assert!(is_muted, "but marked as one to be silent about");
}
