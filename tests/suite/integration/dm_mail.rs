//! The mail about messages that nobody reads.

use services::{connections, conversations};
use time::Duration;

use crate::support::{ConnectionScene, ConversationScene, TestApp};

impl TestApp {
    /// The mails about unread messages so far, after one more look.
    async fn reminded(&self) -> Vec<String> {
        conversations::remind(&self.services).await.unwrap();
        let sent = "select subject from outbox_mails where kind = 'unread_messages' order by id";
        sqlx::query_scalar(sent).fetch_all(&self.services.db).await.unwrap()
    }
}

#[tokio::test]
async fn one_mail_names_who_wrote_once_messages_were_unread_for_a_quarter_of_an_hour() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    let of_omar = crate::support::conversations::open(omar, ben, Some(event)).await.json();
    let mails = async || app.reminded().await;
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

#[tokio::test]
async fn whoever_accepts_has_read_the_request_and_is_reminded_of_what_comes_after_it() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    let connection = scene.requested(ada, ben).await;
    app.wait(Duration::hours(1));
    connections::accept(&app.services, &ben.signed_in, connection).await.unwrap();
    assert_eq!(app.reminded().await, [""; 0], "they answered it just now");
    let [(conversation, 0)] = app.unread_of(ben).await[..] else { panic!("one conversation, read") };
    app.write(ada, conversation, "Then at noon?").await;
    assert_eq!(app.unread_of(ben).await, [(conversation, 1)]);
    app.wait(Duration::minutes(16));
    assert_eq!(app.reminded().await, ["Ada Test wrote to you"]);

    connections::remove(&app.services, &ada.signed_in, connection).await.unwrap();
    let again = scene.requested(ada, ben).await;
    connections::accept(&app.services, &ben.signed_in, again).await.unwrap();
    assert_eq!(app.unread_of(ben).await, [(conversation, 2)], "what was unread before stays so");
}

#[tokio::test]
async fn who_parts_and_meets_again_is_reminded_of_what_waited() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Kites at noon?").await;
    app.disconnect(ada, ben).await;
    app.wait(Duration::minutes(16));
    assert_eq!(app.reminded().await, [""; 0], "they parted");
    app.connect(ada, ben, event).await;
    assert_eq!(app.reminded().await, ["Ada Test wrote to you"]);
    assert_eq!(app.reminded().await.len(), 1, "once");
}

#[tokio::test]
async fn one_look_reminds_everybody_and_of_nothing_that_is_older_than_a_day() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    app.write(ada, *conversation, "Long ago").await;
    app.wait(Duration::hours(25));
    assert_eq!(app.reminded().await, [""; 0], "it is too late for a mail");
    let guests = "with guests as (
             insert into users select (jsonb_populate_record(null::users, to_jsonb(u) ||
                        jsonb_build_object('id', gen_random_uuid(), 'email', n || '@example.org'))).*
               from users u, generate_series(1, 101) n where u.id = $1
             returning id
         ), talks as (
             insert into conversations (id, user_low, user_high, started_by, created_at, last_message_at, last_seq, last_rev)
             select gen_random_uuid(), least(id, $2), greatest(id, $2), $2, $3, $3, 1, 1 from guests
             returning id, user_low, user_high
         ), sides as (
             insert into conversation_sides (conversation_id, user_low, user_high, user_id)
             select t.id, t.user_low, t.user_high, side from talks t, unnest(array[t.user_low, t.user_high]) side
         ), ties as (
             insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id,
                                      requested_at, responded_at)
             select t.id, t.user_low, t.user_high, $2, 'ACCEPTED', 'Hi', e.id, $3, $3 from talks t, events e
         )
         insert into direct_messages (id, conversation_id, sender_id, client_message_id, seq, rev, body, created_at)
         select id, id, $2, id, 1, 1, 'Hello everybody', $3 from talks";
    let guests = sqlx::query(guests).bind(ben.signed_in.user.get()).bind(ada.signed_in.user.get());
    guests.bind(app.services.clock.now()).execute(&app.services.db).await.unwrap();
    app.wait(Duration::minutes(16));
    assert_eq!(app.reminded().await, vec!["Ada Test wrote to you"; 101]);
    assert_eq!(app.reminded().await.len(), 101, "each once");
}
