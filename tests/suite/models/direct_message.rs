use domain::chat::MessageBody;
use services::conversations;

use crate::support::ConversationScene;

#[tokio::test]
async fn thread_relationship() {
    let scene = ConversationScene::set().await;
    let (app, db) = (&scene.app, &scene.app.services.db);
    app.connect(&scene.ada, &scene.zoe, &scene.event).await;
    let other = app.conversation(&scene.ada, &scene.zoe).await;
    let here = app.write(&scene.ada, scene.conversation, "here").await;
    let there = app.write(&scene.ada, other, "there").await;
    assert_eq!((here.seq, there.seq), (1, 1), "each conversation counts for itself");
    let reply = "update direct_messages set reply_to = $2 where id = $1";
    let across = sqlx::query(reply).bind(there.id.get()).bind(here.id.get()).execute(db).await;
    assert!(across.is_err(), "an answer stays in its conversation");
    let found = async |conversation| {
        let found =
            conversations::changes_after(&app.services, scene.ada.signed_in.user, conversation, 0, 10);
        found.await.unwrap()
    };
    assert_eq!((found(scene.conversation).await, found(other).await), (vec![here], vec![there]));
}

#[tokio::test]
async fn sender_validation() {
    let scene = ConversationScene::set().await;
    let db = &scene.app.services.db;
    let forge = async |sender: uuid::Uuid, seq: i64| {
        let insert = "insert into direct_messages
                             (id, conversation_id, sender_id, client_message_id, seq, rev, body, created_at)
                      values (gen_random_uuid(), $1, $2, gen_random_uuid(), $3, $3, 'Hi', now())";
        let insert = sqlx::query(insert).bind(scene.conversation.get()).bind(sender).bind(seq);
        insert.execute(db).await.is_ok()
    };
    assert!(forge(scene.ada.signed_in.user.get(), 1).await && forge(scene.ben.signed_in.user.get(), 2).await);
    for outsider in [&scene.olivia, &scene.omar, &scene.zoe, &scene.otto] {
        let sender = outsider.signed_in.user.get();
        assert!(!forge(sender, 3).await, "a sender who takes no part cannot exist");
    }
}

#[tokio::test]
async fn read_status() {
    let scene = ConversationScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    app.write(ada, scene.conversation, "one").await;
    app.write(ada, scene.conversation, "two").await;
    let receipts = async || {
        let window = domain::paging::Window::Newest;
        let page = conversations::open_page(&app.services, &ada.signed_in, scene.conversation, window);
        let receipts = page.await.unwrap().receipts;
        (receipts.delivered_seq, receipts.read_seq)
    };
    assert_eq!(receipts().await, (0, Some(0)), "sent");
    conversations::mark_delivered(&app.services, &ben.signed_in, scene.conversation, 9).await.unwrap();
    assert_eq!(receipts().await, (2, Some(0)), "delivered, at most what there is");
    conversations::mark_read(&app.services, &ben.signed_in, scene.conversation, 1).await.unwrap();
    assert_eq!(receipts().await, (2, Some(1)), "read up to there");
    for seq in [0, -1] {
        conversations::mark_read(&app.services, &ben.signed_in, scene.conversation, seq).await.unwrap();
        conversations::mark_delivered(&app.services, &ben.signed_in, scene.conversation, seq).await.unwrap();
    }
    assert_eq!(receipts().await, (2, Some(1)), "never back");
    for (who, note) in [(ben, "the other tells nothing"), (ada, "nor does one who tells nothing learn it")] {
        let set = "update users set send_read_receipts = $2 where id = $1";
        for (on, expected) in [(false, None), (true, Some(1))] {
            sqlx::query(set).bind(who.signed_in.user.get()).bind(on).execute(&app.services.db).await.unwrap();
            assert_eq!(receipts().await, (2, expected), "{note}");
        }
    }
}

#[tokio::test]
async fn soft_delete() {
    let scene = ConversationScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    let sent = app.write(ada, scene.conversation, "Kestrel").await;
    app.write(ben, scene.conversation, "What bird?").await;
    let delete = async |who: &crate::support::Member| {
        conversations::delete_message(&app.services, &who.signed_in, scene.conversation, sent.id).await
    };
    assert!(delete(ben).await.is_err(), "only one's own");
    delete(ada).await.unwrap();
    delete(ada).await.unwrap();

    for who in [ada, ben] {
        let changes =
            conversations::changes_after(&app.services, who.signed_in.user, scene.conversation, 2, 10);
        let tombstone = changes.await.unwrap().remove(0);
        assert_eq!((tombstone.seq, tombstone.rev, tombstone.body), (1, 3, None), "a tombstone, told once");
        let page = who.browser.get(&scene.page()).await;
        assert!(page.html().has(".message-gone") && !page.body.contains("Kestrel"));
    }
    let row: (String, bool) =
        sqlx::query_as("select body, deleted_at is not null from direct_messages where id = $1")
            .bind(sent.id.get())
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(row, ("Kestrel".to_owned(), true), "the row stays");
    let body = MessageBody::parse("Falcon").unwrap();
    let edit =
        conversations::edit_message(&app.services, &ada.signed_in, scene.conversation, sent.id, &body).await;
    assert!(edit.is_err(), "and nothing brings it back");
}
