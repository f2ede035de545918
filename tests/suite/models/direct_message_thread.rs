use domain::Conflict;
use domain::chat::MessageBody;
use domain::ids::ClientMessageId;
use services::conversations::{self, NewDirectMessage};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

use crate::support::ConversationScene;

/// What the database has against a conversation of these two: the name of the rule that is broken.
async fn refusal(
    db: &PgPool,
    (low, high): (Uuid, Uuid),
    started_by: Uuid,
    event: Option<Uuid>,
) -> Option<String> {
    let insert = "insert into conversations (id, user_low, user_high, started_by, event_id, created_at)
                  values (gen_random_uuid(), $1, $2, $3, $4, now())";
    let insert = sqlx::query(insert).bind(low).bind(high).bind(started_by).bind(event);
    let error = insert.execute(db).await.err()?;
    let broken = error.as_database_error().and_then(|error| error.constraint());
    Some(broken.expect("a rule of the table").to_owned())
}

#[tokio::test]
async fn participant_validation() {
    let scene = ConversationScene::set().await;
    let db = &scene.app.services.db;
    let ids = |one: &crate::support::Member, other: &crate::support::Member| {
        let (one, other) = (one.signed_in.user.get(), other.signed_in.user.get());
        (one.min(other), one.max(other))
    };
    let (low, high) = ids(&scene.olivia, &scene.otto);
    let event: Uuid = sqlx::query_scalar("select id from events").fetch_one(db).await.unwrap();
    let (pair, ada) = ((low, high), scene.ada.signed_in.user.get());
    for (pair, by, rule) in [
        ((low, low), low, "conversations_pair_ordered"),
        ((high, low), low, "conversations_pair_ordered"),
        ((low, Uuid::max()), low, "conversations_user_high_fkey"),
        (pair, ada, "conversations_started_by_of_pair"),
    ] {
        assert_eq!(refusal(db, pair, by, None).await.as_deref(), Some(rule), "two who exist, in their order");
    }
    let unique = Some("conversations_pair_unique".to_owned());
    assert_eq!(refusal(db, pair, low, None).await, None);
    assert_eq!(refusal(db, pair, high, None).await, unique, "the global one is one");
    assert_eq!(refusal(db, pair, high, Some(event)).await, None, "another scope");
    assert_eq!(refusal(db, pair, low, Some(event)).await, unique);

    let third = "insert into conversation_sides (conversation_id, user_low, user_high, user_id)
                 select id, user_low, user_high, $2 from conversations where id = $1";
    let third = sqlx::query(third).bind(scene.conversation.get()).bind(scene.zoe.signed_in.user.get());
    assert!(third.execute(db).await.is_err(), "nobody is a third");
    let sides: i64 = sqlx::query_scalar("select count(*) from conversation_sides where conversation_id = $1")
        .bind(scene.conversation.get())
        .fetch_one(db)
        .await
        .unwrap();
    assert_eq!(sides, 2);
}

#[tokio::test]
async fn message_relationship() {
    let scene = ConversationScene::set().await;
    let (app, db) = (&scene.app, &scene.app.services.db);
    for n in 1..=3 {
        app.write(&scene.ada, scene.conversation, &format!("number {n}")).await;
    }
    let of = "select seq from direct_messages where conversation_id = $1 order by seq";
    let seqs: Vec<i64> = sqlx::query_scalar(of).bind(scene.conversation.get()).fetch_all(db).await.unwrap();
    assert_eq!(seqs, [1, 2, 3], "gap-free");
    for (forge, why) in [
        ("update direct_messages set seq = 1 where seq = 2", "one message at a place"),
        ("update direct_messages set rev = 1 where seq = 2", "one change at a revision"),
        ("update direct_messages set conversation_id = gen_random_uuid()", "always in a conversation"),
        ("update direct_messages set reply_to = gen_random_uuid() where seq = 2", "answers something there"),
    ] {
        assert!(sqlx::query(forge).execute(db).await.is_err(), "{why}");
    }
    sqlx::query("delete from conversations where id = $1")
        .bind(scene.conversation.get())
        .execute(db)
        .await
        .unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from direct_messages").fetch_one(db).await.unwrap();
    assert_eq!(left, 0, "messages go with their conversation");
}

#[tokio::test]
async fn last_message_tracking() {
    let scene = ConversationScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    assert_eq!(app.conversations_of(ada).await.items, [], "nothing was said yet");
    app.write(ada, scene.conversation, "first").await;
    let first = app.conversations_of(ben).await.items.remove(0);
    assert_eq!((first.snippet.as_deref(), first.is_own), (Some("first"), false));
    app.wait(Duration::minutes(1));
    let second = app.write(ben, scene.conversation, "second").await;
    let line = app.conversations_of(ben).await.items.remove(0);
    assert_eq!((line.snippet.as_deref(), line.is_own), (Some("second"), true));
    assert_eq!(line.last_message_at.millis() - first.last_message_at.millis(), 60_000);
    assert_eq!((line.other.id, line.id), (ada.signed_in.user, scene.conversation));

    let repeated = NewDirectMessage {
        conversation: scene.conversation,
        client_message_id: ClientMessageId::new(second.client_message_id.get()),
        body: MessageBody::parse("changed").unwrap(),
        reply_to: None,
    };
    app.wait(Duration::minutes(1));
    let refused = conversations::send(&app.services, &ben.signed_in, &repeated).await.unwrap_err();
    assert_eq!(refused.to_string(), Conflict::MessageIdReused.to_string());
    let after = app.conversations_of(ben).await.items.remove(0);
    assert_eq!(after.last_message_at, line.last_message_at, "a refusal moves nothing");
    conversations::delete_message(&app.services, &ben.signed_in, scene.conversation, second.id)
        .await
        .unwrap();
    let line = app.conversations_of(ada).await.items.remove(0);
    assert_eq!((line.snippet, line.last_message_at), (None, after.last_message_at), "it keeps its place");
}

#[tokio::test]
async fn unread_counts() {
    let scene = ConversationScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    for n in 1..=2 {
        app.write(ada, scene.conversation, &format!("number {n}")).await;
    }
    let third = app.write(ada, scene.conversation, "number 3").await;
    app.write(ben, scene.conversation, "an answer").await;
    assert_eq!(app.unread_of(ben).await, [(scene.conversation, 3)]);
    assert_eq!(app.unread_of(ada).await, [(scene.conversation, 1)], "per side");
    conversations::mark_read(&app.services, &ben.signed_in, scene.conversation, 1).await.unwrap();
    assert_eq!(app.unread_of(ben).await, [(scene.conversation, 2)]);
    conversations::delete_message(&app.services, &ada.signed_in, scene.conversation, third.id).await.unwrap();
    assert_eq!(app.unread_of(ben).await, [(scene.conversation, 1)], "what is deleted waits for nobody");
    assert_eq!(app.unread_of(ada).await, [(scene.conversation, 1)], "the other's pointer moved nothing here");
}
