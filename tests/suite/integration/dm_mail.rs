//! The mail about messages that nobody reads.

use services::conversations;
use time::Duration;

use crate::support::ConversationScene;

#[tokio::test]
async fn one_mail_names_who_wrote_once_messages_were_unread_for_a_quarter_of_an_hour() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    let of_omar = crate::support::conversations::open(omar, ben, Some(event)).await.json();
    let mails = async || -> Vec<String> {
        conversations::remind(&app.services).await.unwrap();
        let sent = "select subject from outbox_mails where kind = 'unread_messages' order by id";
        sqlx::query_scalar(sent).fetch_all(&app.services.db).await.unwrap()
    };
    app.write(ada, *conversation, "Kites over the harbour").await;
    app.wait(Duration::minutes(14));
    assert_eq!(mails().await, <[String; 0]>::default(), "the app says it first");
    app.write(omar, of_omar, "About your badge").await;
    app.wait(Duration::minutes(2));
    assert_eq!(mails().await, ["Ada Test wrote to you"]);
    app.wait(Duration::minutes(15));
    let both = ["Ada Test wrote to you", "Omar Test wrote to you"];
    assert_eq!(mails().await, both, "once per conversation");
    app.write(ada, *conversation, "Still there?").await;
    app.wait(Duration::minutes(16));
    assert_eq!(mails().await.len(), 2, "until it was read");

    conversations::mark_read(&app.services, &ben.signed_in, *conversation, 2).await.unwrap();
    app.write(ada, *conversation, "Now it was").await;
    app.wait(Duration::minutes(16));
    assert_eq!(mails().await.len(), 3);
    conversations::mark_read(&app.services, &ben.signed_in, *conversation, 3).await.unwrap();
    conversations::set_muted(&app.services, &ben.signed_in, *conversation, true).await.unwrap();
    app.write(ada, *conversation, "Silently").await;
    app.wait(Duration::minutes(16));
    assert_eq!(mails().await.len(), 3, "a silenced conversation sends none");
}
