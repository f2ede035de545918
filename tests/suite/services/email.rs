//! Mails from the outbox over a real SMTP conversation.

use domain::accounts::EmailAddress;
use services::accounts::{Caller, NewAccount, PasswordHasher, PasswordPoolSettings};
use services::invitations::{self, TargetPath, Wish};
use services::mail::{self, Mail, MailContent, MailFrom, MailSummary, Outbox, Transport};
use services::push::{Push, PushServices};
use services::realtime::{Bus, SocketCaps};
use services::storage::Storage;
use services::{Clock, Rng, Services, SigningKey, accounts, chat};
use time::{Duration, macros::datetime};

use crate::support::smtp::{Behaviour, SmtpInbox};
use crate::support::{TestApp, database};

pub(super) const ADA: &str = "ada@example.org";
pub(super) const BEN: &str = "ben@example.org";

/// The use cases over `db`, mailing to `smtp_url`, with a clock that stands still.
pub(super) fn services(db: sqlx::PgPool, smtp_url: &str) -> Services {
    let clock = Clock::manual(datetime!(2026-11-22 12:00 UTC));
    let from = MailFrom::parse("Atria <atria@example.org>").unwrap();
    let signing_key = SigningKey::new(b"a key of this test");
    Services {
        db,
        rng: Rng,
        passwords: PasswordHasher::new(PasswordPoolSettings::default()),
        comfort: services::limits::ComfortCounters::default(),
        outbox: Outbox::new(from, Transport::from_url(smtp_url).unwrap()),
        bus: Bus::in_process(clock.clone(), SocketCaps::default()),
        clock,
        storage: Storage::directory(&std::env::temp_dir().join("atria-without-files")).unwrap(),
        images: services::images::ImagePool::default(),
        drawn: services::share_picture::DrawnPictures::default(),
        upload_quotas: services::uploads::UploadQuotas::default(),
        message_rates: chat::MessageRates::default(),
        abuse_contact: None,
        push: Push::new(&signing_key, PushServices::parse("none").unwrap(), "").unwrap(),
        signing_key,
        public_url: "https://atria.example:8443".into(),
    }
}

pub(super) async fn write_to(services: &Services, address: &str) {
    let mut tx = services.db.begin().await.unwrap();
    let link = "https://atria.example:8443/verify/abc";
    let letter =
        Mail::VerifyAddress { name: "Ada", link, expires_at: services.clock.now() + Duration::days(3) };
    mail::enqueue(services, &mut tx, &EmailAddress::parse(address).unwrap(), "Ada", &letter).await.unwrap();
    tx.commit().await.unwrap();
}

pub(super) async fn deliver(services: &Services) -> usize {
    mail::deliver_due(services).await.unwrap()
}

/// The only mail in the outbox.
pub(super) async fn only(services: &Services) -> MailSummary {
    let mut mails = mail::recent(services).await.unwrap();
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

async fn only_content(services: &Services) -> MailContent {
    mail::find(services, only(services).await.id).await.unwrap()
}

#[tokio::test]
async fn verification_email() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    let ada = NewAccount::parse("Ada", "<b>Lovelace", ADA, "plinth-otter-saffron-41").unwrap();
    accounts::sign_up(&services, ada, None, &Caller::default()).await.unwrap();
    let waiting = only_content(&services).await.links;

    assert_eq!(deliver(&services).await, 1);
    let mail = inbox.next_for(ADA).await;

    assert_eq!((mail.from.as_str(), mail.subject.as_str()), ("atria@example.org", "Confirm your address"));
    assert_eq!(mail.message_id, format!("{}@atria.example", only(&services).await.id));
    assert!(mail.text.starts_with("Hello Ada <b>Lovelace,\n"), "{}", mail.text);
    assert!(mail.html.contains("Hello Ada &#60;b&#62;Lovelace,"), "{}", mail.html);
    assert!(mail.text.contains("until 23 November 2026, 12:00 UTC."), "{}", mail.text);
    let links = mail.links();
    assert_eq!(links.len(), 1, "{links:?}");
    let token = links[0].strip_prefix("https://atria.example:8443/verify/").expect("the configured address");
    assert_eq!(accounts::find_sign_up(&services, token, &Caller::default()).await.unwrap().email, ADA);
    assert_eq!(waiting, links, "the outbox held the same link");
    assert_eq!(only_content(&services).await.text, "", "and holds it no longer: it opens an account");
}

#[tokio::test]
async fn password_reset_email() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    let name = "<b>Ada</b> http://evil.example";
    let ada = NewAccount::parse(name, "", ADA, "plinth-otter-saffron-41").unwrap();
    accounts::sign_up_confirmed(&services, ada).await.unwrap();
    let address = EmailAddress::parse(ADA).unwrap();
    accounts::forgot_password(&services, &address, &Caller::default()).await.unwrap();
    assert_eq!(deliver(&services).await, 1);

    let mail = inbox.next_for(ADA).await;
    assert_eq!(mail.subject, "Set a new password");
    let links = mail.links();
    assert_eq!(links.len(), 1, "a name makes no link: {links:?}");
    let token = links[0].strip_prefix("https://atria.example:8443/reset/").expect("the public address");
    assert!(mail.html.contains(token) && !mail.html.contains("<b>Ada"), "both parts, and a name is text");
    assert!(mail.text.contains("22 November 2026, 13:00 UTC"), "an hour: {}", mail.text);
    assert_eq!(accounts::find_reset(&services, token, &Caller::default()).await.unwrap(), ADA);
}

#[tokio::test]
async fn invitation_email() {
    let app = TestApp::start().await;
    let (olivia, ben) = (app.person("Olivia").await, app.person("Ben").await);
    let event = app.published(&olivia).await;
    let wish =
        Wish { role: "SPEAKER".to_owned(), message: "Come <b>soon</b>.\nhttp://evil.example".to_owned() };
    for (path, role) in
        [(TargetPath::event(&event), "SPEAKER"), (TargetPath::organization("atria-test"), "MEMBER")]
    {
        for address in [ADA, BEN] {
            let wish = Wish { role: role.to_owned(), ..wish.clone() };
            invitations::create(&app.services, &olivia.signed_in, &path, address, &wish).await.unwrap();
        }
    }
    let (to_event, to_organization) = (app.inbox.next_for(ADA).await, app.inbox.next_for(ADA).await);
    let (to_event, to_organization) = match to_event.subject.as_str() {
        "You're invited: Rust Day" => (to_event, to_organization),
        _ => (to_organization, to_event),
    };
    for told in [
        "Hello,\n\nOlivia Test invites you to Rust Day as a speaker.",
        "> Come <b>soon</b>.\n> http:",
        "When: Thursday 24 – Friday 25 September 2026, Europe/Berlin (UTC+2)",
        "Where: Online",
        "Your role: Speaker",
        "until 11 May 2026, 09:00 UTC",
        "Create your account",
    ] {
        assert!(to_event.text.contains(told), "{told:?} in {}", to_event.text);
    }
    assert_eq!(to_event.links().len(), 1, "people's words make no link: {}", to_event.text);
    assert!(to_event.html.contains("Come &#60;b&#62;soon") && !to_event.html.contains("<b>"), "escaped");
    assert!(to_event.html.contains(&to_event.token("invitations")), "the link is in both parts");
    assert_eq!(to_organization.subject, "You're invited to Atria Test");
    assert!(to_organization.text.contains("as a member") && !to_organization.text.contains("When:"));
    let known = app.inbox.next_for(&ben.email).await;
    assert!(known.text.starts_with("Hello Ben Test,") && known.text.contains("Sign in and answer"));
    assert!(!known.text.contains("Create your account"), "the words differ by what comes next");
}

#[tokio::test]
async fn smtp_integration() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    inbox.behave(Behaviour::Temporary);
    write_to(&services, ADA).await;

    assert_eq!(deliver(&services).await, 1);
    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at, mail.attempts), (None, None, 1));
    assert_eq!(mail.last_answer.as_deref(), Some("451 4.7.1 Greylisted, try again later"));

    inbox.behave(Behaviour::Accept);
    assert_eq!(deliver(&services).await, 0, "the pause holds it back");
    services.clock.advance(Duration::seconds(36));
    assert_eq!(deliver(&services).await, 1);

    inbox.about(ADA, "Confirm your address").await;
    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.attempts), (Some(services.clock.now()), 2));
    assert_eq!(mail.last_answer.as_deref(), Some("250 2.0.0 Kept"));
    assert_eq!(deliver(&services).await, 0, "a sent mail is not sent again");
}

#[tokio::test]
async fn a_refused_mail_fails_at_once_and_keeps_the_answer() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    inbox.behave(Behaviour::Permanent);
    write_to(&services, ADA).await;

    deliver(&services).await;

    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at), (None, Some(services.clock.now())));
    assert_eq!(mail.last_answer.as_deref(), Some("550 5.1.1 <ada@example.org> is unknown here"));
    services.clock.advance(Duration::hours(2));
    assert_eq!(deliver(&services).await, 0, "a failed mail is not sent again");
}

#[tokio::test]
async fn a_mail_waits_when_the_server_offers_no_tls() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url_requiring_tls());
    write_to(&services, ADA).await;

    deliver(&services).await;

    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at, mail.attempts), (None, None, 1));
    assert!(mail.last_answer.as_deref().unwrap().contains("STARTTLS"), "{:?}", mail.last_answer);
    assert_eq!(inbox.recipients(), [""; 0], "nothing went out unencrypted");
}

#[tokio::test]
async fn a_mail_waits_when_the_server_refuses_tls() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url_requiring_tls());
    inbox.behave(Behaviour::RefuseTls);
    write_to(&services, ADA).await;

    deliver(&services).await;

    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at), (None, None));
    assert_eq!(mail.last_answer.as_deref(), Some("454 TLS is not available right now"));
}

#[tokio::test]
async fn a_server_that_never_answers_costs_one_attempt() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &format!("{}&timeout=1", inbox.url()));
    inbox.behave(Behaviour::Hang);
    write_to(&services, ADA).await;

    deliver(&services).await;
    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at), (None, None));
    assert_eq!(mail.last_answer.as_deref(), Some("the mail server did not answer within 1 s"));

    inbox.behave(Behaviour::Accept);
    services.clock.advance(Duration::seconds(36));
    deliver(&services).await;
    inbox.next_for(ADA).await;
}

#[tokio::test]
async fn a_server_that_hangs_up_or_is_gone_costs_one_attempt() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    inbox.behave(Behaviour::Drop);
    write_to(&services, ADA).await;
    deliver(&services).await;
    assert_eq!(only(&services).await.failed_at, None);

    drop(inbox);
    services.clock.advance(Duration::seconds(36));
    assert_eq!(deliver(&services).await, 1);
    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at, mail.attempts), (None, None, 2));
}

#[tokio::test]
async fn a_mail_is_given_up_after_a_day() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    inbox.behave(Behaviour::Temporary);
    write_to(&services, ADA).await;

    let mut rounds = 0;
    while only(&services).await.failed_at.is_none() {
        deliver(&services).await;
        services.clock.advance(Duration::minutes(30));
        rounds += 1;
        assert!(rounds <= 60, "{:?}", only(&services).await);
    }
    assert_eq!(rounds, 49, "the last attempt falls on the end of the day");
    assert_eq!(only(&services).await.last_answer.as_deref(), Some("451 4.7.1 Greylisted, try again later"));
}

#[tokio::test]
async fn a_mail_with_a_dead_link_is_not_sent() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    write_to(&services, ADA).await;
    services.clock.advance(Duration::days(3) + Duration::seconds(1));

    assert_eq!(deliver(&services).await, 1);

    let mail = only(&services).await;
    assert_eq!((mail.sent_at, mail.failed_at), (None, Some(services.clock.now())));
    assert_eq!(mail.last_answer.as_deref(), Some("not sent: link expired"));
    assert_eq!(inbox.connections(), 0);
}

#[tokio::test]
async fn a_rolled_back_cause_sends_nothing() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    let mut tx = services.db.begin().await.unwrap();
    let letter =
        Mail::AddressAlreadyRegistered { name: "Ada", sign_in_link: "https://atria.example:8443/signin" };
    mail::enqueue(&services, &mut tx, &EmailAddress::parse(ADA).unwrap(), "Ada", &letter).await.unwrap();
    tx.rollback().await.unwrap();

    assert_eq!(deliver(&services).await, 0);
}

#[tokio::test]
async fn two_workers_send_each_mail_once() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    for _ in 0..20 {
        write_to(&services, ADA).await;
    }

    let (one, other) = tokio::join!(mail::deliver_due(&services), mail::deliver_due(&services));

    assert_eq!((one.unwrap(), other.unwrap()), (10, 10));
    assert_eq!(inbox.recipients(), [ADA; 20]);
    assert!(inbox.connections() < 20, "mails share connections, {} were opened", inbox.connections());
}

#[tokio::test]
async fn a_mail_of_a_killed_worker_goes_out_when_its_claim_ends() {
    let db = database::fresh().await;
    let inbox = SmtpInbox::start().await;
    let services = services(db, &inbox.url());
    inbox.behave(Behaviour::Hang);
    write_to(&services, ADA).await;
    let killed = tokio::spawn({
        let services = services.clone();
        async move { mail::deliver_due(&services).await }
    });
    inbox.holding().await;
    killed.abort();
    assert!(killed.await.unwrap_err().is_cancelled());

    inbox.behave(Behaviour::Accept);
    assert_eq!(deliver(&services).await, 0, "the claim still holds it");
    services.clock.advance(Duration::minutes(2));
    assert_eq!(deliver(&services).await, 1);
    inbox.next_for(ADA).await;
}
