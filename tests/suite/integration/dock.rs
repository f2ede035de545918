//! The direct messages that open over any page.

use app::conversations::{DockLine, DockThread};
use domain::Denied;
use http::StatusCode;

use crate::support::{ConversationScene, Member};

const RECENT: &str = "/api/conversations/recent";

async fn recent(who: &Member) -> Vec<DockLine> {
    who.browser.call(RECENT, &[]).await.json()
}

#[tokio::test]
async fn the_dock_lists_the_own_conversations_by_their_last_message() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, otto, conversation, .. } = &scene;
    let mia = app.person("Mia").await;
    app.register(&mia, event).await;
    app.connect(&mia, ben, event).await;
    let with_mia = app.conversation(&mia, ben).await;
    app.write(&mia, with_mia, "Lunch?").await;
    app.wait(time::Duration::seconds(1));
    app.write(ada, *conversation, "Kestrels over the harbour").await;
    let lines = recent(ben).await;
    let shown: Vec<_> = lines.iter().map(|line| (line.id, line.other.name.as_str(), line.unread)).collect();
    assert_eq!(shown, [(*conversation, "Ada Test", 1), (with_mia, "Mia Test", 1)]);
    assert_eq!((lines[0].snippet.as_deref(), lines[0].is_own), (Some("Kestrels over the harbour"), false));
    assert_eq!(recent(ada).await.len(), 1, "of others' conversations she learns nothing");
    assert!(recent(otto).await.is_empty());
    scene.call(ben, "clear", &[]).await;
    assert_eq!(recent(ben).await.len(), 1, "what was cleared is gone");
    assert_eq!(app.browser().call(RECENT, &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_glance_shows_the_newest_messages_to_the_two_and_makes_nothing_read() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, olivia, ada, ben, otto, conversation, .. } = &scene;
    app.write(ada, *conversation, "One").await;
    app.write(ben, *conversation, "Two").await;
    app.write(ada, *conversation, "Three").await;
    let thread = scene.call(ben, "glance", &[]).await.json::<DockThread>();
    let bodies: Vec<_> = thread.messages.iter().filter_map(|message| message.body.as_deref()).collect();
    assert_eq!(bodies, ["One", "Two", "Three"]);
    assert_eq!((thread.other_id, thread.other.name.as_str()), (ada.signed_in.user, "Ada Test"));
    assert_eq!(thread.refusal, None);
    assert_eq!(recent(ben).await[0].unread, 2, "a glance reads nothing");
    for outsider in [olivia, otto] {
        assert_eq!(scene.call(outsider, "glance", &[]).await.status, StatusCode::NOT_FOUND);
    }
    app.block(ada, ben).await;
    let thread = scene.call(ben, "glance", &[]).await.json::<DockThread>();
    assert_eq!(thread.refusal, Some(Denied::PersonUnavailable.to_string()), "the composer's place says why");
}

#[tokio::test]
async fn the_way_to_the_dock_is_a_link_on_every_page_of_somebody_signed_in_but_the_inbox() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Hello").await;
    for path in ["/home", "/events", "/settings/profile", &format!("/events/{event}/now"), "/"] {
        let page = ben.browser.get(path).await.html();
        assert_eq!(page.attributes(".dock > a", "href"), ["/inbox"], "{path}");
        assert_eq!(page.text(".dock [data-count='messages'] [aria-hidden]"), "1", "{path}");
    }
    for path in ["/inbox", &scene.page()] {
        assert!(!ben.browser.get(path).await.html().has(".dock"), "{path} has them all already");
    }
    for path in ["/", "/events"] {
        assert!(!app.browser().get(path).await.html().has(".dock"), "{path}: nobody is signed in");
    }
}
