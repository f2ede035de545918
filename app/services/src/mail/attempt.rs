use std::time::SystemTime;

use domain::ids::UserId;
use domain::notifications::NotificationKind;
use lettre::Message;
use lettre::address::{Address, AddressError};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use time::{Duration, OffsetDateTime};

use super::queries::ClaimedMail;
use super::transport::Failure;
use crate::{Services, notifications};

/// From here on a mail that could not be sent is failed.
const GIVE_UP_AFTER: Duration = Duration::hours(24);
const FIRST_PAUSE: Duration = Duration::seconds(30);
const LONGEST_PAUSE: Duration = Duration::hours(1);
/// Servers may answer at length; the operator needs the beginning.
const ANSWER_MAX_CHARS: usize = 500;

/// How one attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Sent { answer: String },
    Failed { answer: String },
    Later { at: OffsetDateTime, answer: String },
}

/// Sends one claimed mail, outside of any transaction.
///
/// A mail whose link is dead is failed instead.
pub(super) async fn attempt(services: &Services, mail: &ClaimedMail) -> Verdict {
    if mail.expires_at.is_some_and(|end| end < services.clock.now()) {
        return Verdict::Failed { answer: "not sent: link expired".to_owned() };
    }
    let message = match message(services, mail) {
        Ok(message) => message,
        Err(reason) => return Verdict::Failed { answer: format!("not sent: {reason}") },
    };
    match services.outbox.transport().send(mail.id, &message).await {
        Ok(answer) => Verdict::Sent { answer: shorten(&answer) },
        Err(Failure::Permanent(answer)) => Verdict::Failed { answer: shorten(&answer) },
        Err(Failure::Temporary(answer)) => {
            after_temporary_failure(mail, services.clock.now(), services.rng.fraction(), shorten(&answer))
        }
    }
}

/// One last attempt falls on the end of the day; after it the mail is failed.
fn after_temporary_failure(mail: &ClaimedMail, now: OffsetDateTime, jitter: f64, answer: String) -> Verdict {
    let end = mail.created_at + GIVE_UP_AFTER;
    if now >= end {
        Verdict::Failed { answer }
    } else {
        Verdict::Later { at: (now + pause(mail.attempts, jitter)).min(end), answer }
    }
}

/// 30 s, 1 min, 2 min … at most an hour, each ± 20 %, so that mails which failed together don't return together.
///
/// `attempts` counts from 1; `jitter` is in `0.0..1.0`.
fn pause(attempts: i32, jitter: f64) -> Duration {
    let doublings = attempts.clamp(1, 8) - 1;
    (FIRST_PAUSE * 2_i32.pow(doublings.unsigned_abs())).min(LONGEST_PAUSE) * (0.8 + 0.4 * jitter)
}

fn shorten(answer: &str) -> String {
    answer.chars().take(ANSWER_MAX_CHARS).collect()
}

/// The same mail has the same Message-ID in every attempt, so that a receiver can fold the double a crash made.
fn message(services: &Services, mail: &ClaimedMail) -> Result<Message, String> {
    let recipient: Address = mail.recipient.parse().map_err(|error: AddressError| error.to_string())?;
    let name = (!mail.recipient_name.is_empty()).then(|| mail.recipient_name.clone());
    let ours = services.outbox.from();
    let from = mail.sender_name.as_deref().map_or_else(|| ours.mailbox(), |name| ours.mailbox_of(name));
    let mut builder = Message::builder();
    if let Some(link) = unsubscribe_link(services, mail) {
        builder = builder
            .raw_header(header("List-Unsubscribe", format!("<{link}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    builder
        .from(from)
        .to(Mailbox::new(name, recipient))
        .subject(&mail.subject)
        .date(SystemTime::from(mail.created_at))
        .message_id(Some(format!("<{}@{}>", mail.id, host_of(&services.public_url))))
        // RFC 3834: keeps holiday responders quiet.
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(mail.text_body.clone(), mail.html_body.clone()))
        .map_err(|error| error.to_string())
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// For mails of a kind the recipient may switch off (RFC 8058).
fn unsubscribe_link(services: &Services, mail: &ClaimedMail) -> Option<String> {
    let kind = NotificationKind::from_stored(mail.notification_kind.as_deref()?)?;
    notifications::unsubscribe_link(services, UserId::new(mail.user_id?), kind)
}

/// The host of `scheme://host[:port]`.
fn host_of(public_url: &str) -> &str {
    let authority = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
        Some(_) | None => authority,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;

    const WRITTEN: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);

    fn mail(attempts: i32) -> ClaimedMail {
        ClaimedMail {
            id: Uuid::nil(),
            recipient: "ada@example.org".to_owned(),
            recipient_name: "Ada".to_owned(),
            kind: "verify_address".to_owned(),
            subject: "Confirm your address".to_owned(),
            html_body: String::new(),
            text_body: String::new(),
            created_at: WRITTEN,
            expires_at: None,
            attempts,
            sender_name: None,
            notification_kind: None,
            user_id: None,
        }
    }

    #[test]
    fn the_pause_doubles_up_to_an_hour() {
        let seconds = |attempts| pause(attempts, 0.5).whole_seconds();
        assert_eq!([1, 2, 3, 7, 8, 30].map(seconds), [30, 60, 120, 1920, 3600, 3600]);
        assert_eq!((pause(1, 0.0).whole_seconds(), pause(1, 0.999_999).whole_seconds()), (24, 35));
    }

    #[test]
    fn a_mail_is_given_up_a_day_after_it_was_written_and_tried_until_then() {
        let answer = "no connection".to_owned();
        let at = |now| after_temporary_failure(&mail(40), now, 0.5, answer.clone());
        let end = WRITTEN + GIVE_UP_AFTER;
        assert_eq!(at(WRITTEN), Verdict::Later { at: WRITTEN + LONGEST_PAUSE, answer: answer.clone() });
        assert_eq!(at(end - Duration::minutes(5)), Verdict::Later { at: end, answer: answer.clone() });
        assert_eq!(at(end), Verdict::Failed { answer: answer.clone() });
    }

    #[test]
    fn the_host_is_without_scheme_and_port() {
        let hosts = ["https://atria.example", "http://127.0.0.1:3000", "http://[::1]", "http://[::1]:80"]
            .map(host_of);
        assert_eq!(hosts, ["atria.example", "127.0.0.1", "[::1]", "[::1]"]);
    }
}
