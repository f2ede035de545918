use domain::accounts::EmailAddress;
use sqlx::PgConnection;

use super::Caller;
use crate::mail::{self, Mail, SecurityEvent};
use crate::{Outcome, Services};

/// Writes the notice in the caller's transaction.
pub(super) async fn send(
    services: &Services,
    tx: &mut PgConnection,
    email: &EmailAddress,
    name: &str,
    event: SecurityEvent,
    caller: &Caller,
) -> Outcome<()> {
    let device = device_in_words(caller);
    let link = format!("{}{}", services.public_url, event.next_page());
    let notice = Mail::SecurityNotice { name, event, at: services.clock.now(), device: &device, link: &link };
    mail::enqueue(services, tx, email, name, &notice).await
}

/// "Firefox on Linux, from 192.0.2.7".
pub(super) fn device_in_words(caller: &Caller) -> String {
    let browser = super::browser_in_words(caller.user_agent.as_deref());
    match caller.address {
        Some(address) => format!("{browser}, from {}", address.to_canonical()),
        None => browser,
    }
}
