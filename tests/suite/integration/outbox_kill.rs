//! A server killed while it sends: nothing is lost, and at most the mail in its hands comes twice.

use http::StatusCode;

use crate::support::TestApp;
use crate::support::server::Server;
use crate::support::smtp::Behaviour;

const FORGOT: &str = "/api/accounts/forgot_password";
const SUBJECT: &str = "Set a new password";

/// What the outbox says of all mails: how many are there, and how many are noted as sent.
async fn outbox(app: &TestApp) -> (i64, i64) {
    sqlx::query_as("select count(*), count(sent_at) from outbox_mails")
        .fetch_one(&app.services.db)
        .await
        .unwrap()
}

/// The two minutes for which a killed worker holds its mails; the server's clock is the machine's.
async fn end_claims(app: &TestApp) {
    sqlx::query("update outbox_mails set claimed_until = now() where sent_at is null")
        .execute(&app.services.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_kill_while_sending_loses_no_mail_and_doubles_at_most_the_one_in_its_hands() {
    let mut app = TestApp::start().await;
    for person in ["Ada", "Ben"] {
        app.person(person).await;
    }
    // The program of the test makes room: one process serves a database.
    app.stop().await;
    let mut server = Server::start(&app, &[]).await;

    for (behaviour, address, comes) in
        [(Behaviour::Hang, "ada@example.org", 1), (Behaviour::KeepSilently, "ben@example.org", 2)]
    {
        let before = outbox(&app).await;
        app.inbox.behave(behaviour);
        assert_eq!(server.browser().status(FORGOT, &[("email", address)]).await, StatusCode::OK);
        app.inbox.holding().await;
        server.crash().await;
        let (mails, sent) = outbox(&app).await;
        assert_eq!((mails, sent), (before.0 + 1, before.1), "{behaviour:?}: there, and not noted as sent");

        app.inbox.behave(Behaviour::Accept);
        end_claims(&app).await;
        server.restart().await;
        for n in 0..comes {
            let mail = app.inbox.about(address, SUBJECT).await;
            assert!(mail.text.contains("/reset/"), "{behaviour:?} {n}: whole");
        }
        until_sent(&app, mails).await;
        let left = app.inbox.recipients().iter().filter(|to| *to == address).count();
        assert_eq!(left, 0, "{behaviour:?}: no third one");
    }
}

/// Waits until every mail is noted as sent.
async fn until_sent(app: &TestApp, mails: i64) {
    while outbox(app).await != (mails, mails) {
        tokio::task::yield_now().await;
    }
}
