//! Two people who blocked each other, parted, or of whom one left: what each still learns of the other.

use domain::AppError;
use domain::Denied;
use domain::ids::ConversationId;
use domain::paging::{PageSize, Window};
use domain::realtime::Topic;
use http::StatusCode;
use services::conversations::{self, Receipts};

use crate::support::conversations::{open, say};
use crate::support::{ConversationScene, Member};

impl ConversationScene {
    /// Whether the page and the list say that the other one is online.
    async fn sees_online(&self, who: &Member, conversation: ConversationId) -> [bool; 2] {
        let page = who.browser.get(&format!("/inbox/{conversation}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let listed = who.browser.get("/inbox").await.html();
        [page.body.contains("Online"), listed.has(".conversation-face[data-online]")]
    }

    async fn receipts(&self, who: &Member) -> Receipts {
        let services = &self.app.services;
        let page =
            conversations::open_page(services, &who.signed_in, self.conversation, Window::Newest).await;
        page.expect("they may read").receipts
    }
}

#[tokio::test]
async fn whether_somebody_is_online_is_shown_while_both_can_write() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    let scoped: ConversationId = open(omar, ada, Some(event)).await.json();
    app.write(ben, *conversation, "Hello").await;
    app.write(omar, scoped, "About your badge").await;
    let _at_ada = ada.browser.socket().await;
    let [shown, hidden] = [[true; 2], [false; 2]];
    assert_eq!(scene.sees_online(ben, *conversation).await, shown);
    assert_eq!(scene.sees_online(omar, scoped).await, shown);

    app.set_member_status(event, ada, "LEFT").await;
    assert_eq!(scene.sees_online(omar, scoped).await, hidden, "she left the event it is about");
    app.set_member_status(event, ada, "ACTIVE").await;
    assert_eq!(scene.sees_online(omar, scoped).await, shown);
    app.block(ada, ben).await;
    app.block(ada, omar).await;
    assert_eq!(scene.sees_online(ben, *conversation).await, hidden, "a block looks like absence");
    assert_eq!(scene.sees_online(omar, scoped).await, hidden);
}

#[tokio::test]
async fn nobody_learns_what_was_read_once_they_cannot_write_any_more() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, conversation, .. } = &scene;
    for text in ["one", "two", "three"] {
        app.write(ada, *conversation, text).await;
    }
    let read = async |seq| {
        conversations::mark_read(&app.services, &ben.signed_in, *conversation, seq).await.unwrap();
    };
    let none = Receipts { delivered_seq: 0, read_seq: None };
    read(1).await;
    assert_eq!(scene.receipts(ada).await, Receipts { delivered_seq: 1, read_seq: Some(1) });
    let mut at_ada = ada.browser.listening(Topic::Conversation(*conversation)).await;

    app.disconnect(ada, ben).await;
    read(2).await;
    conversations::mark_delivered(&app.services, &ben.signed_in, *conversation, 3).await.unwrap();
    at_ada.is_quiet().await;
    assert_eq!(scene.receipts(ada).await, none, "they parted");
    app.connect(ada, ben, event).await;
    let again = Receipts { delivered_seq: 2, read_seq: Some(2) };
    assert_eq!(
        scene.receipts(ada).await,
        again,
        "and met again: of the parted time only what was read counts"
    );
    app.block(ben, ada).await;
    read(3).await;
    at_ada.is_quiet().await;
    assert_eq!(scene.receipts(ada).await, none, "one blocked the other");
    assert_eq!(app.unread_of(ben).await, [(*conversation, 0)], "the own pointer moves all the same");
}

#[tokio::test]
async fn whoever_parts_waits_for_the_message_that_is_being_sent_and_none_follows() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    assert_eq!(scene.say(ada, 1, "before").await.status, StatusCode::OK);
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from connections").fetch_one(&app.services.db).await.unwrap();
    let mut sending = app.services.db.begin().await.unwrap();
    let hold = "select id from conversations where id = $1 for update";
    sqlx::query(hold).bind(conversation.get()).fetch_one(&mut *sending).await.unwrap();
    let browser = ben.browser.clone();
    let parting = tokio::spawn(async move {
        browser.status("/api/connections/remove", &[("connection", &id.to_string())]).await
    });
    app.until_it_waits(&parting).await;
    sending.commit().await.unwrap();
    assert_eq!(parting.await.unwrap(), StatusCode::OK);
    assert_eq!(scene.say(ada, 2, "after").await.error(), Denied::PersonUnavailable.into());
    assert_eq!(app.conversations_of(ada).await.items, [], "it left both inboxes");
}

#[tokio::test]
async fn no_conversation_opens_behind_a_block_that_is_put_meanwhile() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, .. } = &scene;
    assert_eq!(open(omar, ben, Some(event)).await.status, StatusCode::OK);
    let pair = [omar.signed_in.user.get(), ada.signed_in.user.get()];
    let mut blocking = app.services.db.begin().await.unwrap();
    let lock = "select id from users where id = any($1) order by id for no key update";
    sqlx::query(lock).bind(&pair[..]).fetch_all(&mut *blocking).await.unwrap();
    let (browser, person, event) = (omar.browser.clone(), ada.signed_in.user.to_string(), event.clone());
    let opening = tokio::spawn(async move {
        browser.call("/api/conversations/open", &[("person", &*person), ("event", &*event)]).await
    });
    app.until_it_waits(&opening).await;
    let block = "insert into user_blocks (blocker_id, blocked_id, created_at) values ($2, $1, now())";
    sqlx::query(block).bind(pair[0]).bind(pair[1]).execute(&mut *blocking).await.unwrap();
    blocking.commit().await.unwrap();
    assert_eq!(opening.await.unwrap().error(), Denied::PersonUnavailable.into());
    let opened = "select count(*) from conversations where $1 in (user_low, user_high) and $2 in (user_low, user_high)";
    let opened = sqlx::query_scalar::<_, i64>(opened).bind(pair[0]).bind(pair[1]);
    assert_eq!(opened.fetch_one(&app.services.db).await.unwrap(), 0);
}

#[tokio::test]
async fn a_closed_account_has_no_name_in_conversations_and_nobody_opens_one_with_it() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    let asked = app.write(ben, *conversation, "Lunch?").await;
    app.reply(ada, *conversation, &asked, "Gladly").await;
    assert_eq!(open(omar, ben, Some(event)).await.status, StatusCode::OK);
    for page in ["/inbox", &scene.page()] {
        assert!(ada.browser.get(page).await.body.contains("Ben Test"), "{page}");
    }
    app.close_account(ben).await;
    let path = format!("{}/messages/{}", scene.page(), asked.id);
    for page in ["/inbox", &scene.page(), &format!("{}?search=lunch", scene.page()), &path] {
        let shown = ada.browser.get(page).await;
        assert!(shown.status == StatusCode::OK && !shown.body.contains("Ben Test"), "{page}");
        assert!(shown.body.contains("Deleted person"), "{page}");
    }
    let size = PageSize::parse(50).unwrap();
    let services = &app.services;
    let history =
        conversations::history(services, &ada.signed_in, *conversation, Window::Newest, size).await.unwrap();
    let quoted = history.items[1].reply_to.as_ref().map(|quote| quote.author.as_str());
    assert_eq!((&*history.items[0].author.full_name, quoted), ("Deleted person", Some("Deleted person")));
    assert_eq!(say(ada, *conversation, 9, "Hello?").await.error(), Denied::PersonUnavailable.into());
    for scope in [None, Some(event.as_str())] {
        assert_eq!(
            open(omar, ben, scope).await.error(),
            AppError::NotFound,
            "organizers learn nothing either"
        );
    }
}
