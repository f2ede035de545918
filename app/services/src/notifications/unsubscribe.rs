//! The link in a mail that switches mails like it off (RFC 8058), for whoever holds the mail: no sign-in, no end.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::UserId;
use domain::notifications::{MailRule, NotificationKind};
use domain::{AppError, Gone};
use uuid::Uuid;

use super::queries;
use crate::signing::SIGNATURE_BYTES;
use crate::{Outcome, Services};

const PURPOSE: &str = "unsubscribe";
const USER_BYTES: usize = 16;

/// The address for one person and kind; `None` for kinds that can't be switched off.
#[must_use]
pub fn unsubscribe_link(services: &Services, user: UserId, kind: NotificationKind) -> Option<String> {
    match kind.mail() {
        MailRule::Always => None,
        MailRule::On | MailRule::Off => {
            let user = user.get().into_bytes();
            let kind = kind.as_str().as_bytes();
            let signature = services.signing_key.sign(PURPOSE, &[&user, kind]);
            let token = URL_SAFE_NO_PAD.encode([&user, signature.as_slice(), kind].concat());
            Some(format!("{}/unsubscribe/{token}", services.public_url))
        }
    }
}

/// What a link is about.
///
/// # Errors
/// [`Gone::Link`] for anything that isn't ours.
pub fn find_unsubscribe(services: &Services, token: &str) -> Outcome<NotificationKind> {
    open(services, token).map(|(_, kind)| kind)
}

/// Stops mails of the link's kind; again is quiet success. What the person is told in the app stays.
///
/// # Errors
/// As [`find_unsubscribe`].
pub async fn unsubscribe(services: &Services, token: &str) -> Outcome<NotificationKind> {
    let (user, kind) = open(services, token)?;
    queries::stop_mail(&services.db, user, kind.as_str(), kind.in_force(None).in_app).await?;
    Ok(kind)
}

fn open(services: &Services, token: &str) -> Outcome<(Uuid, NotificationKind)> {
    read(services, token).ok_or_else(|| AppError::Gone(Gone::Link).into())
}

fn read(services: &Services, token: &str) -> Option<(Uuid, NotificationKind)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (user, rest) = bytes.split_at_checked(USER_BYTES)?;
    let (signature, kind) = rest.split_at_checked(SIGNATURE_BYTES)?;
    if !services.signing_key.is_signed(PURPOSE, &[user, kind], signature) {
        return None;
    }
    let kind = NotificationKind::from_stored(std::str::from_utf8(kind).ok()?)?;
    Some((Uuid::from_slice(user).ok()?, kind))
}
