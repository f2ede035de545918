//! Writes mails into the outbox with the transaction of their cause, and sends them from there.
//! Which mail goes to whom is decided by the slices; `/dev/mail` shows what [`recent`] and [`find`] read.

mod abuse_letter;
mod account_letters;
mod addresses;
mod attempt;
mod connection_letters;
mod event_letters;
#[cfg(test)]
mod every_mail;
mod invitation;
mod letter;
mod mails;
mod message_letters;
mod organization_letters;
mod outbox;
mod place_letters;
mod queries;
mod security_event;
mod smtp;
mod transport;
mod worker;

pub use abuse_letter::AbuseReport;
pub use connection_letters::ConnectionAsked;
pub use event_letters::{EventNews, EventNewsKind, SessionNews, SessionSoon};
pub use invitation::{InvitationLetter, Occasion};
pub use letter::Rendered;
pub use mails::Mail;
pub use outbox::{
    Addressed, MailContent, MailFrom, MailFromError, MailSummary, Outbox, enqueue, enqueue_all, enqueue_for,
    find, forget_recipient, recent, sweep, withdraw,
};
pub use place_letters::{EventPlace, PlaceChange};
pub use security_event::SecurityEvent;
pub use smtp::SmtpSettings;
pub use transport::{Transport, TransportError};
pub use worker::{deliver_due, run};
