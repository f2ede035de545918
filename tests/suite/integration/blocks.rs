//! A blocked pair never sees each other, and nobody is told.

use domain::connections::ContactList;
use domain::ids::ConnectionId;
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Denied};
use http::StatusCode;

use crate::support::{ConnectionScene, Member};

async fn unblock(who: &Member, whom: &Member) -> StatusCode {
    let person = whom.signed_in.user.to_string();
    who.browser.status("/api/connections/unblock", &[("person", &person)]).await
}

#[tokio::test]
async fn a_block_hides_both_from_each_other_and_looks_like_absence() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let directory = format!("/events/{}/people", scene.event);
    let person = |of: &Member| format!("/people/{}", of.signed_in.user);
    for (who, other) in [(ada, ben), (ben, ada)] {
        assert!(scene.names(who, &directory).await.contains(&other.signed_in.full_name), "seen before");
        assert_eq!(who.browser.get(&scene.profile(other)).await.status, StatusCode::OK);
    }
    let bens = ben.signed_in.user.to_string();
    let page = ada.browser.submit_and_follow("/api/connections/block", &[("person", &bens)]).await.html();
    assert_eq!(page.texts(".row strong"), ["Ben Test"], "listed in the own settings");
    let missing = scene.ask(ben, &scene.otto, "Hi").await;
    for (who, other) in [(ada, ben), (ben, ada)] {
        assert!(!scene.names(who, &directory).await.contains(&other.signed_in.full_name));
        let search = format!("{directory}?search={}", other.signed_in.full_name.replace(' ', "+"));
        assert_eq!(scene.names(who, &search).await, [""; 0]);
        for page in [scene.profile(other), person(other)] {
            assert_eq!(who.browser.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let asked = scene.ask(who, other, "Hi").await;
        assert_eq!(
            (asked.status, asked.body.clone()),
            (missing.status, missing.body.clone()),
            "as for who isn't there"
        );
    }
    assert!(
        ben.browser.get("/settings/blocked").await.body.contains("You block nobody"),
        "nobody sees who blocked them"
    );
    assert!(scene.names(&scene.sam, &directory).await.len() == 5, "others see both");
    assert_eq!(scene.block(ada, ben).await, StatusCode::OK, "again is quiet");
    assert_eq!(unblock(ada, ben).await, StatusCode::OK);
    assert_eq!(unblock(ada, ben).await, StatusCode::OK, "and so is this");
    assert!(scene.names(ben, &directory).await.contains(&"Ada Test".to_owned()));
}

#[tokio::test]
async fn a_block_ends_what_there_was_and_lifting_it_restores_nothing() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, sam) = (&scene.ada, &scene.ben, &scene.sam);
    let (connected, waiting) = (scene.connected(ada, ben).await, scene.requested(sam, ada).await);
    let topic = Topic::User(ben.signed_in.user);
    let mut at_ben = ben.browser.listening(topic).await;
    let mut at_sam = sam.browser.listening(Topic::User(sam.signed_in.user)).await;
    for person in [ben, sam] {
        assert_eq!(scene.block(ada, person).await, StatusCode::OK);
    }
    assert!(
        matches!(at_ben.next().await, ServerFrame::ConnectionRemoved { connection, .. } if connection == connected)
    );
    at_sam.is_quiet().await;
    for connection in [connected, waiting] {
        assert_eq!(scene.stored(connection).await, "REMOVED");
    }
    assert_eq!(scene.act(ada, "accept", waiting).await, StatusCode::CONFLICT);
    for list in [ContactList::Connected, ContactList::Received, ContactList::Sent] {
        for who in [ada, ben, sam] {
            assert!(scene.list(who, list).await.is_empty(), "{list:?}");
        }
    }
    for person in [ben, sam] {
        assert_eq!(unblock(ada, person).await, StatusCode::OK);
    }
    assert!(scene.list(ada, ContactList::Connected).await.is_empty(), "nothing comes back by itself");
    assert_eq!(scene.connected(ben, ada).await, connected, "but they may connect again");
}

#[tokio::test]
async fn one_blocks_whom_one_sees_or_had_to_do_with() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let nobody = "00000000-0000-0000-0000-000000000001";
    for unknown in [nobody, "nobody", ""] {
        let refused = ada.browser.call("/api/connections/block", &[("person", unknown)]).await;
        assert_eq!(refused.error(), AppError::NotFound, "{unknown:?}");
    }
    assert_eq!(scene.block(ada, &scene.otto).await, StatusCode::NOT_FOUND, "a stranger");
    let own =
        ada.browser.call("/api/connections/block", &[("person", &ada.signed_in.user.to_string())]).await;
    assert_eq!(own.error(), Denied::Oneself.into());
    let id: ConnectionId = scene.requested(ben, ada).await;
    services::attendees::leave(&scene.app.services, &ben.signed_in, &scene.event, true).await.unwrap();
    let received = ada.browser.get("/connections?list=received").await.html();
    assert_eq!(received.texts(".contact-name"), ["Ben Test"], "who asks is seen, also when they left");
    assert_eq!(ada.browser.get(&format!("/people/{}", ben.signed_in.user)).await.status, StatusCode::OK);
    assert_eq!(scene.act(ada, "decline", id).await, StatusCode::OK);
    assert_eq!(
        ada.browser.get(&format!("/people/{}", ben.signed_in.user)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(scene.block(ada, ben).await, StatusCode::OK, "they had asked once");
    let visitor = scene.app.browser().status("/api/connections/block", &[("person", nobody)]).await;
    assert_eq!(visitor, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_request_and_a_block_at_once_leave_no_open_request() {
    let scene = ConnectionScene::set().await;
    for _ in 0..5 {
        let (asked, blocked) =
            tokio::join!(scene.try_ask(&scene.ada, &scene.ben), scene.block(&scene.ben, &scene.ada));
        assert_eq!(blocked, StatusCode::OK, "{asked:?}");
        let open = "select count(*) from connections where status = 'PENDING'";
        assert_eq!(scene.count(open).await, 0);
        let again = "with b as (delete from user_blocks) delete from connections";
        sqlx::query(again).execute(&scene.app.services.db).await.unwrap();
    }
}
