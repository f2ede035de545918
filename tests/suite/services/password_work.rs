//! What an answer costs must not tell who has an account. Counted in hashes, not in time.

use std::sync::{Arc, Mutex};

use domain::accounts::EmailAddress;
use services::accounts::{self, Caller, Credentials, NewAccount, PASSWORD_WORK};
use time::Duration;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::{Layer, Registry};

use crate::support::TestApp;
use crate::support::cast::PASSWORD;

/// One hash of an account today.
const TODAY: &str = "m=19456,t=2,p=1";

/// The costs of all hashes that were computed, in order.
#[derive(Clone, Default)]
struct Work(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Work {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == PASSWORD_WORK {
            event.record(&mut self.clone());
        }
    }
}

impl Visit for Work {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "cost" {
            self.0.lock().unwrap().push(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// The hashes one piece of work takes.
async fn hashes(work: impl Future) -> Vec<String> {
    let counted = Work::default();
    let subscriber = Registry::default().with(counted.clone());
    work.with_subscriber(subscriber).await;
    let costs = counted.0.lock().unwrap();
    costs.clone()
}

/// A stranger of a network of their own.
fn caller(last: u8) -> Caller {
    Caller { address: Some([192, 0, 2, last].into()), ..Caller::default() }
}

#[tokio::test]
async fn signing_in_takes_one_hash_of_the_same_cost_whoever_is_named() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let ada = app.person("Ada").await;
    app.organization(&olivia, "Atria Test").await;
    app.invite(&olivia, "organizations/atria-test", "placeholder@example.org", "MEMBER").await;
    let unconfirmed = NewAccount::parse("Una", "", "una@example.org", PASSWORD).unwrap();
    accounts::sign_up(&app.services, unconfirmed, None, &caller(250)).await.unwrap();
    app.person("Dora")
        .await
        .browser
        .submit("/api/accounts/delete_account", &[("confirmation", "dora@example.org")])
        .await;
    app.wait(Duration::days(30));
    let (long, ada) = ("x".repeat(10_000), &*ada.email);
    for (n, (email, password)) in [
        (ada, PASSWORD),
        (ada, "wrong-lantern"),
        (ada, &*long),
        ("nobody@example.org", PASSWORD),
        ("nobody@example.org", &*long),
        ("no address", PASSWORD),
        ("placeholder@example.org", PASSWORD),
        ("una@example.org", PASSWORD),
        ("una@example.org", "wrong-lantern"),
        ("dora@example.org", PASSWORD),
    ]
    .into_iter()
    .enumerate()
    {
        let credentials = Credentials { email: email.to_owned(), password: password.to_owned() };
        let from = caller(u8::try_from(n).unwrap());
        let taken = hashes(accounts::sign_in(&app.services, &credentials, &from)).await;
        assert_eq!(taken, [TODAY], "{email} with a password of {} bytes", password.len());
    }
}

#[tokio::test]
async fn asking_for_a_link_takes_no_hash_and_signing_up_takes_one_whoever_is_named() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    app.invite(&olivia, "organizations/atria-test", "placeholder@example.org", "MEMBER").await;
    for (n, email) in
        ["olivia@example.org", "nobody@example.org", "placeholder@example.org"].into_iter().enumerate()
    {
        let address = EmailAddress::parse(email).unwrap();
        let from = caller(u8::try_from(n).unwrap());
        let asked = hashes(accounts::forgot_password(&app.services, &address, &from)).await;
        assert!(asked.is_empty(), "{email}: {asked:?}");
        let account = NewAccount::parse("Eve", "", email, PASSWORD).unwrap();
        let taken = hashes(accounts::sign_up(&app.services, account, None, &from)).await;
        assert_eq!(taken, [TODAY], "{email}");
    }
    let dead = hashes(accounts::reset_password(&app.services, "invented", PASSWORD, &caller(9))).await;
    assert!(dead.is_empty(), "a link nobody has costs nothing: {dead:?}");
}
