use domain::chat::MessageView;
use domain::ids::ConversationId;
use domain::paging::{PageSize, Slice};
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use domain::{AppError, Conflict, Denied};
use http::StatusCode;
use services::conversations::{self, ListRequest};
use time::Duration;

use crate::support::conversations::{call, open, say};
use crate::support::{ConversationScene, EventForm, Member};

fn opened(answer: &crate::support::Answer) -> ConversationId {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

#[tokio::test]
async fn create_thread_between_event_attendees() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, zoe, otto, .. } = &scene;

    assert_eq!(opened(&open(ben, ada, None).await), scene.conversation, "connected people share one");
    let (one, other) = tokio::join!(open(omar, ada, Some(event)), open(omar, ada, Some(event)));
    let in_event = opened(&one);
    assert_eq!(opened(&other), in_event, "two at once give one");
    assert_ne!(in_event, scene.conversation);
    assert_eq!(say(ada, in_event, 1, "The member may answer").await.status, StatusCode::OK);

    let mia = app.person("Mia").await;
    app.register(&mia, event).await;
    let unconnected = open(&mia, ada, None).await;
    assert_eq!(unconnected.error(), Denied::NotConnected.into(), "two unconnected attendees");
    let attendee = open(&mia, ada, Some(event)).await;
    assert_eq!(attendee.error(), Denied::OrganizersOnly.into());
    for stranger in [otto, zoe] {
        assert_eq!(open(stranger, ada, None).await.status, StatusCode::NOT_FOUND, "they see nobody");
        assert_eq!(open(stranger, ada, Some(event)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(open(omar, stranger, Some(event)).await.status, StatusCode::NOT_FOUND, "no member");
    }
    assert_eq!(open(ada, ada, None).await.error(), Denied::Oneself.into());
}

#[tokio::test]
async fn thread_privacy_between_participants_only() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, olivia, omar, ada, ben, zoe, otto, conversation, .. } = &scene;
    app.write(ada, *conversation, "Kestrels over the harbour").await;
    let topic = Topic::Conversation(*conversation);

    for who in [ada, ben] {
        let page = who.browser.get(&scene.page()).await;
        assert!(page.body.contains("Kestrels over the harbour"), "{}", page.status);
        who.browser.listening(topic).await;
    }
    for outsider in [olivia, omar, zoe, otto] {
        let page = outsider.browser.get(&scene.page()).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "whatever their role");
        let refused = outsider.browser.socket().await.subscribe(topic, Some(0)).await;
        assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound });
        let search = outsider.browser.get(&format!("{}?search=Kestrels", scene.page())).await;
        assert_eq!(search.status, StatusCode::NOT_FOUND);
        let inbox = outsider.browser.get("/inbox").await;
        assert!(inbox.status == StatusCode::OK && !inbox.body.contains("Kestrels"));
    }
    let anonymous = app.browser().get(&scene.page()).await;
    assert_eq!(anonymous.location(), format!("/signin?next=%2Finbox%2F{conversation}"));
    let missing = ada.browser.get("/inbox/00000000-0000-0000-0000-000000000001").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn blocking_prevents_messaging() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    let in_event = opened(&open(omar, ada, Some(event)).await);
    let unavailable = AppError::from(Denied::PersonUnavailable);
    for (who, whose) in [(ada, *conversation), (ben, *conversation), (omar, in_event)] {
        let sent = say(who, whose, who.signed_in.user.get().as_u128(), "before").await;
        assert_eq!(sent.status, StatusCode::OK);
    }

    app.block(ben, ada).await;
    app.block(ada, omar).await;

    for (who, whose) in [(ada, *conversation), (ben, *conversation), (omar, in_event), (ada, in_event)] {
        let refused = say(who, whose, 7, "after").await;
        assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, unavailable.clone()));
        let page = who.browser.get(&format!("/inbox/{whose}")).await;
        assert!(page.body.contains("This person is not available."), "the page says so plainly");
        assert!(page.body.contains("before"), "what was written stays");
        assert!(!page.html().has("form[action='/api/conversations/post_message']"));
    }
    let retry = say(ada, *conversation, ada.signed_in.user.get().as_u128(), "before").await;
    assert_eq!(retry.status, StatusCode::OK, "what was acknowledged stays acknowledged");
    assert_eq!(open(omar, ada, Some(event)).await.error(), unavailable, "both ways, and for organizers too");
    assert_eq!(open(ada, ben, None).await.status, StatusCode::NOT_FOUND, "a blocked pair sees nobody");
}

#[tokio::test]
async fn thread_pagination_and_ordering() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, conversation, .. } = &scene;
    app.write(ben, *conversation, "the oldest").await;
    for n in 1..=6 {
        app.wait(Duration::seconds(i64::from(n % 2)));
        let person = app.person(&format!("Guest{n}")).await;
        app.connect(&person, ada, event).await;
        let opened = app.conversation(&person, ada).await;
        app.write(&person, opened, &format!("number {n}")).await;
    }
    let size = PageSize::parse(3).unwrap();
    let list = async |request: ListRequest| {
        conversations::conversations_of(&app.services, &ada.signed_in, &request, size).await
    };
    let ids =
        |list: &conversations::ConversationList| list.items.iter().map(|line| line.id).collect::<Vec<_>>();
    let after = |cursor: &Option<String>| ListRequest { cursor: cursor.clone(), ..ListRequest::default() };

    let first = list(ListRequest::default()).await.unwrap();
    let second = list(after(&first.older)).await.unwrap();
    let third = list(after(&second.older)).await.unwrap();
    let walked: Vec<_> = [&first, &second, &third].iter().flat_map(|part| ids(part)).collect();
    assert_eq!((first.newer.is_none(), third.older.is_none(), walked.len()), (true, true, 7));
    assert_eq!(walked.last(), Some(conversation), "by the last message, newest first");
    let again = list(after(&third.newer)).await.unwrap();
    assert_eq!(ids(&again), ids(&second), "both ways");
    app.write(ben, *conversation, "and now the newest").await;
    app.wait(Duration::SECOND);
    app.write(ada, *conversation, "indeed").await;
    assert_eq!(ids(&list(ListRequest::default()).await.unwrap())[0], *conversation);
    assert_eq!(ids(&list(after(&first.older)).await.unwrap()), ids(&second), "nothing twice or missing");
}

#[tokio::test]
async fn message_sending_and_retrieval() {
    let scene = ConversationScene::set().await;
    let ConversationScene { ada, ben, conversation, .. } = &scene;

    let first = scene.say(ada, 1, "Hello <b>Ben</b>").await.json::<MessageView>();
    let second = scene.say(ben, 2, "See https://atria.example/a").await.json::<MessageView>();
    assert_eq!((first.seq, second.seq, second.rev), (1, 2, 2), "acknowledged with a place");
    assert_eq!(first.author.id, ada.signed_in.user);
    let stored =
        scene.call(ben, "older_messages", &[("before_seq", "99")]).await.json::<Slice<MessageView>>();
    assert_eq!(stored.items, [first.clone(), second.clone()], "the other gets the same");

    let id = conversation.to_string();
    let form = [
        ("conversation", id.as_str()),
        ("client_message_id", "00000000-0000-0000-0000-0000000000ff"),
        ("body", "by form"),
    ];
    let page = ada.browser.submit_and_follow("/api/conversations/post_message", &form).await;
    assert!(page.body.contains("by form"), "the plain form sends and comes back");
    assert!(page.body.contains("Hello &lt;b&gt;Ben&lt;/b&gt;"), "markup is shown as text");
    assert!(page.html().has("a[href='https://atria.example/a'][rel='noopener nofollow ugc']"));
    let forged = ada.browser.call_cross_site("/api/conversations/post_message", &form).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn thread_read_status_tracking() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    for n in 1..=3 {
        app.write(ada, *conversation, &format!("number {n}")).await;
    }
    assert_eq!(app.unread_of(ben).await, [(*conversation, 3)]);
    assert_eq!(app.unread_of(ada).await, [(*conversation, 0)], "one's own words are read");

    ben.browser.get("/inbox").await;
    let page = ben.browser.get(&scene.page()).await;
    assert!(page.html().has("form[action='/api/conversations/mark_read']"), "a button moves the pointer");
    assert_eq!(app.unread_of(ben).await, [(*conversation, 3)], "loading reads nothing");
    let counts = ben.browser.get("/home").await.html().texts(".site-header a[href='/inbox'] .count");
    assert_eq!(counts, ["33 unread"], "on every signed-in page");

    for (seq, left) in [("2", 1), ("1", 1), ("99", 0)] {
        assert_eq!(scene.call(ben, "mark_read", &[("seq", seq)]).await.status, StatusCode::OK);
        assert_eq!(app.unread_of(ben).await, [(*conversation, left)], "forward only, up to the last message");
    }
    assert!(!ben.browser.get("/home").await.html().has("a[href='/inbox'] .count"));
}

#[tokio::test]
async fn event_scoped_vs_global_threads() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, olivia, omar, ada, .. } = &scene;
    app.connect(omar, ada, event).await;
    let global = app.conversation(omar, ada).await;
    let scoped = opened(&open(omar, ada, Some(event)).await);
    let of_owner = opened(&open(olivia, ada, Some(event)).await);
    assert!(scoped != global && scoped != of_owner, "one per pair and scope");
    assert_eq!(open(ada, omar, Some(event)).await.error(), Denied::OrganizersOnly.into());

    app.write(omar, scoped, "About your badge").await;
    app.write(omar, global, "About dinner").await;
    let page = ada.browser.get(&format!("/inbox/{scoped}")).await;
    assert_eq!(page.html().texts(".message-body"), ["About your badge"]);
    assert!(page.html().text(".chat-title").contains("Rust Day"), "it names the event");
    let page = ada.browser.get(&format!("/inbox/{global}")).await;
    assert!(!page.html().text(".chat-title").contains("Rust Day"));
    let listed = ada.browser.get(&format!("/inbox?event={event}")).await;
    assert!(listed.body.contains("About your badge") && !listed.body.contains("About dinner"));
}

#[tokio::test]
async fn clear_thread_messages() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Heron").await;
    let last = app.write(ben, *conversation, "Kingfisher").await;

    let id = conversation.to_string();
    let after = ben.browser.submit_and_follow("/api/conversations/clear", &[("conversation", &id)]).await;
    assert!(after.body.contains("cleared for you"));
    assert_eq!(app.conversations_of(ben).await.items, [], "it left the list");
    let page = ben.browser.get(&scene.page()).await;
    assert!(!page.body.contains("Heron") && !page.body.contains("Kingfisher"), "history is gone");
    let found = ben.browser.get(&format!("{}?search=heron", scene.page())).await;
    assert!(!found.body.contains("Heron"), "from the search too");
    let resumed = conversations::changes_after(&app.services, ben.signed_in.user, *conversation, 0, 10).await;
    assert_eq!(resumed.unwrap(), [], "and from the socket");
    let message = last.id.to_string();
    let delete = scene.call(ben, "delete_message", &[("message", &message)]).await;
    assert_eq!(delete.status, StatusCode::NOT_FOUND, "for good");
    assert!(ada.browser.get(&scene.page()).await.body.contains("Kingfisher"), "the other side is untouched");
    assert_eq!(app.conversations_of(ada).await.items.len(), 1);

    app.write(ada, *conversation, "Wagtail").await;
    assert_eq!(app.unread_of(ben).await, [(*conversation, 1)], "a new message brings it back");
    let page = ben.browser.get(&scene.page()).await;
    assert!(page.body.contains("Wagtail") && !page.body.contains("Heron"));
}

#[tokio::test]
async fn message_content_validation() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let first = scene.say(ada, 1, "  Hello  ").await.json::<MessageView>();
    assert_eq!((first.seq, first.body.as_deref()), (1, Some("Hello")), "trimmed");
    assert_eq!(scene.say(ada, 1, "Hello").await.json::<MessageView>(), first, "one client id, one message");
    assert_eq!(scene.say(ada, 1, "another").await.error(), Conflict::MessageIdReused.into());
    assert_eq!(scene.say(ben, 1, "my own").await.json::<MessageView>().seq, 2, "ids are per sender, no gap");

    for (body, message) in [
        ("", "Write a message first."),
        (" \n\t ", "Write a message first."),
        (&"ä".repeat(2001), "Messages hold up to 2000 characters; this one has 2001."),
        ("a\0b", "This contains a character that can't be sent."),
    ] {
        let refused = scene.say(ada, 9, body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let AppError::Invalid(errors) = refused.error() else { panic!("a message at the field") };
        assert_eq!(errors.get("body"), Some(message));
        let stranger = scene.say(&scene.otto, 9, body).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "a stranger learns nothing by it");
    }
    assert_eq!(scene.say(ada, 10, &"ä".repeat(2000)).await.json::<MessageView>().seq, 3);
    let forged = "insert into direct_messages (id, conversation_id, sender_id, client_message_id, seq, rev, body, created_at)
                  values (gen_random_uuid(), $1, $2, gen_random_uuid(), 99, 99, '', now())";
    let forged = sqlx::query(forged).bind(conversation.get()).bind(ada.signed_in.user.get());
    assert!(forged.execute(&app.services.db).await.is_err(), "the database repeats the bound");
}

#[tokio::test]
async fn cross_organization_dm_permissions() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, zoe, .. } = &scene;
    let elsewhere = app.organization(zoe, "Elsewhere").await;
    let other = app.draft(zoe, &elsewhere, EventForm::default()).await;
    app.register(zoe, event).await;
    app.connect(zoe, ada, event).await;
    let global = app.conversation(zoe, ada).await;
    assert_eq!(say(zoe, global, 1, "From another organization").await.status, StatusCode::OK);
    assert_eq!(say(ada, global, 2, "Welcome").await.status, StatusCode::OK);

    let scoped = opened(&open(omar, ada, Some(event)).await);
    app.write(omar, scoped, "Between us").await;
    assert_eq!(open(zoe, ada, Some(&other)).await.status, StatusCode::NOT_FOUND, "no member of Zoe's event");
    assert_eq!(open(zoe, ada, Some(event)).await.error(), Denied::OrganizersOnly.into(), "an attendee here");
    assert_eq!(open(omar, zoe, Some(&other)).await.status, StatusCode::NOT_FOUND, "nor Omar of theirs");
    for function in ["mark_read", "clear", "set_muted", "older_messages"] {
        assert_eq!(call(zoe, scoped, function, &[]).await.status, StatusCode::NOT_FOUND, "{function}");
    }
    assert_eq!(zoe.browser.get(&format!("/inbox/{scoped}")).await.status, StatusCode::NOT_FOUND);
    let topic = Topic::Conversation(scoped);
    let refused = zoe.browser.socket().await.subscribe(topic, None).await;
    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound });
}

#[tokio::test]
async fn message_notifications() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, olivia, ada, ben, conversation, .. } = &scene;
    let topic = Topic::Conversation(*conversation);
    let mut at_ben = ben.browser.listening(topic).await;
    let mut on_any_page = ben.browser.socket().await;
    let mut at_olivia = olivia.browser.socket().await;
    let mut at_ada = ada.browser.listening(topic).await;

    let sent = scene.say(ada, 1, "live\nand well").await.json::<MessageView>();

    let posted = ServerFrame::MessagePosted { topic, rev: 1, message: sent.clone() };
    assert_eq!(at_ben.next().await, posted, "the subscribed client hears it");
    assert_eq!(at_ada.next().await, posted, "and the sender's own windows");
    at_ada.is_quiet().await;
    let own = Topic::User(ben.signed_in.user);
    let told = ServerFrame::DirectMessage {
        topic: own,
        conversation: *conversation,
        seq: 1,
        person: sent.author.clone(),
        snippet: "live and well".to_owned(),
        is_muted: false,
    };
    assert_eq!(on_any_page.next().await, told, "wherever Ben is");
    assert_eq!(on_any_page.next().await, ServerFrame::UnreadChanged { topic: own, of: topic, count: 1 });
    at_olivia.is_quiet().await;
    let stored = conversations::changes_after(&app.services, ben.signed_in.user, *conversation, 0, 10).await;
    assert_eq!(stored.unwrap(), [sent], "committed by then");
}

#[tokio::test]
async fn message_search() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "A Heron stood by 100% of the pier").await;
    let deleted = app.write(ada, *conversation, "Another heron").await;
    app.write(ben, *conversation, "I saw a heron too").await;
    let other = opened(&open(omar, ada, Some(event)).await);
    app.write(omar, other, "heron in another conversation").await;
    scene.call(ada, "delete_message", &[("message", &deleted.id.to_string())]).await;

    let find = async |who: &Member, text: &str| {
        let page = who.browser.get(&format!("{}?search={text}", scene.page())).await;
        (page.status, page.html().texts(".search-result .message-body"))
    };
    let both = vec!["I saw a heron too".to_owned(), "A Heron stood by 100% of the pier".to_owned()];
    assert_eq!(find(ben, "HERON").await, (StatusCode::OK, both), "newest first, never deleted ones");
    assert_eq!(find(ben, "100%25").await.1.len(), 1, "wild cards are letters like others");
    assert_eq!(find(ben, "kingfisher").await.1.len(), 0);
    assert_eq!(find(ben, "h").await.0, StatusCode::UNPROCESSABLE_ENTITY, "at least two characters");
    assert_eq!(find(omar, "heron").await.0, StatusCode::NOT_FOUND);
    scene.call(ben, "clear", &[]).await;
    assert_eq!(find(ben, "heron").await.1.len(), 0, "after the own cutoff only");
    assert_eq!(find(ada, "heron").await.1.len(), 2);
}
