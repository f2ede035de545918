//! The worker, and the ways out besides a willing SMTP server.

use services::mail;
use tokio_util::sync::CancellationToken;

use super::email::{ADA, BEN, deliver, only, services, write_to};
use crate::support::database;
use crate::support::smtp::{Behaviour, SmtpInbox};

#[tokio::test]
async fn development_writes_mails_into_files() {
    let db = database::fresh().await;
    let directory = tempfile::tempdir().unwrap();
    let services = services(db, &format!("file://{}", directory.path().join("mail").display()));
    services.outbox.transport().check().await.unwrap();
    write_to(&services, ADA).await;

    deliver(&services).await;

    let file = directory.path().join("mail").join(format!("{}.eml", only(&services).await.id));
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.contains("To: Ada <ada@example.org>"), "{written}");
    assert!(only(&services).await.sent_at.is_some());
}

#[tokio::test]
async fn the_doctor_hears_why_a_server_can_t_be_used() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let good = services(db.clone(), &inbox.url());
    good.outbox.transport().check().await.unwrap();

    let strict = services(db, &inbox.url_requiring_tls());
    let answer = strict.outbox.transport().check().await.unwrap_err();
    assert!(answer.contains("STARTTLS"), "{answer}");
}

#[tokio::test]
async fn a_server_that_turns_us_away_ends_no_mail() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    inbox.behave(Behaviour::TurnAway);
    write_to(&services, ADA).await;

    deliver(&services).await;

    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at, mail.attempts), (None, None, 1), "{:?}", mail.last_answer);
    assert!(mail.last_answer.unwrap().contains("554"), "the answer stands in the list");
}

#[tokio::test]
async fn the_worker_wakes_for_a_mail_and_stops_when_told() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    let stop = CancellationToken::new();
    let worker = tokio::spawn(mail::run(services.clone(), stop.clone()));

    write_to(&services, ADA).await;
    services.outbox.wake();
    inbox.next_for(ADA).await;
    write_to(&services, BEN).await;
    services.outbox.wake();
    inbox.next_for(BEN).await;

    stop.cancel();
    worker.await.unwrap();
    assert!(mail::recent(&services).await.unwrap().iter().all(|mail| mail.sent_at.is_some()));
}
