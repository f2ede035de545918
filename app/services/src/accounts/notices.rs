use domain::accounts::EmailAddress;
use domain::ids::UserId;
use domain::notifications::News;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Caller;
use crate::mail::{self, Mail, SecurityEvent};
use crate::notifications::{self, Telling};
use crate::{Outcome, Services};

/// Writes the notice in the caller's transaction, as a mail and, for an account that is still open, in the app.
pub(super) async fn send(
    services: &Services,
    tx: &mut PgConnection,
    (user, email, name): (Uuid, &EmailAddress, &str),
    event: SecurityEvent,
    caller: &Caller,
) -> Outcome<()> {
    let device = device_in_words(caller);
    in_app(services, tx, user, event.words().0, caller).await?;
    let link = format!("{}{}", services.public_url, event.next_page());
    let notice = Mail::SecurityNotice { name, event, at: services.clock.now(), device: &device, link: &link };
    mail::enqueue(services, tx, email, name, &notice).await
}

/// A line in the app alone, where mails of their own say more. Open pages learn of it by [`notifications::waiting_changed`]
/// after COMMIT.
pub(super) async fn in_app(
    services: &Services,
    tx: &mut PgConnection,
    user: Uuid,
    what: &str,
    caller: &Caller,
) -> Outcome<()> {
    let telling = Telling {
        news: News::Security,
        by: None,
        names_actor: false,
        subject: Some(what),
        detail: Some(&device_in_words(caller)),
        link: "/settings/devices",
        // Each is a line of its own.
        thing: &services.rng.id(services.clock.now()).to_string(),
    };
    notifications::tell(services, tx, &[UserId::new(user)], &telling).await?.stands_on_the_next_page();
    Ok(())
}

/// "Firefox on Linux, from 192.0.2.7".
pub(super) fn device_in_words(caller: &Caller) -> String {
    let browser = super::browser_in_words(caller.user_agent.as_deref());
    match caller.address {
        Some(address) => format!("{browser}, from {}", address.to_canonical()),
        None => browser,
    }
}
