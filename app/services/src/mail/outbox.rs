use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use domain::accounts::EmailAddress;
use domain::ids::OrganizationId;
use domain::notifications::NotificationKind;
use lettre::message::Mailbox;
use sqlx::PgConnection;
use time::OffsetDateTime;
use tokio::sync::Notify;
use uuid::Uuid;

use super::letter::one_line;
use super::{Mail, Transport, queries};
use crate::{Outcome, ServiceError, Services};

/// The way out: who the mails are from, how they leave, and a bell for the worker.
#[derive(Debug, Clone)]
pub struct Outbox {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    from: MailFrom,
    transport: Transport,
    written: Notify,
}

/// Who mails are from, as `Atria <atria@example.org>` or a bare address.
#[derive(Debug, Clone)]
pub struct MailFrom(Mailbox);

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no sender; write it like Atria <atria@example.org>")]
pub struct MailFromError(String);

/// One line of the list of mails.
#[derive(Debug, Clone)]
pub struct MailSummary {
    pub id: Uuid,
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    pub created_at: OffsetDateTime,
    pub attempts: i32,
    pub sent_at: Option<OffsetDateTime>,
    pub failed_at: Option<OffsetDateTime>,
    /// The server's last answer.
    pub last_answer: Option<String>,
}

/// A whole mail, for development and operators: it holds live links.
#[derive(Debug, Clone)]
pub struct MailContent {
    pub id: Uuid,
    pub recipient: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub created_at: OffsetDateTime,
    pub sent_at: Option<OffsetDateTime>,
    pub failed_at: Option<OffsetDateTime>,
    pub last_answer: Option<String>,
    /// The lines of the text that are links, in order.
    pub links: Vec<String>,
}

impl MailFrom {
    /// # Errors
    /// Not one mailbox, or a name with a line break in it.
    pub fn parse(input: &str) -> Result<Self, MailFromError> {
        let refused = || MailFromError(input.to_owned());
        if input.chars().any(char::is_control) {
            return Err(refused());
        }
        Mailbox::from_str(input.trim()).map(Self).map_err(|_| refused())
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        self.0.clone()
    }

    /// For an organization: its name, and ours behind it, because anybody can call an organization anything.
    pub(super) fn mailbox_of(&self, organization: &str) -> Mailbox {
        let ours = self.0.name.as_deref().unwrap_or("Atria");
        Mailbox::new(Some(format!("{} (via {ours})", one_line(organization))), self.0.email.clone())
    }
}

impl Outbox {
    #[must_use]
    pub fn new(from: MailFrom, transport: Transport) -> Self {
        Self { shared: Arc::new(Shared { from, transport, written: Notify::new() }) }
    }

    /// Tells the worker that a mail was committed. Forgetting it costs the mail at most the polling interval.
    pub fn wake(&self) {
        self.shared.written.notify_one();
    }

    /// Who mails are from.
    #[must_use]
    pub fn from(&self) -> &MailFrom {
        &self.shared.from
    }

    /// How mails leave; `atria doctor` checks it.
    #[must_use]
    pub fn transport(&self) -> &Transport {
        &self.shared.transport
    }

    /// Until [`Self::wake`], or until `at_most` has passed.
    pub(super) async fn written(&self, at_most: Duration) {
        // Nobody rang: another process may have written, or a retry may be due.
        let _ = tokio::time::timeout(at_most, self.shared.written.notified()).await;
    }
}

/// Writes a mail in the caller's transaction; it leaves only if that commits.
///
/// `to_name` is people's text and is brought onto one line. Call [`Outbox::wake`] after COMMIT.
///
/// # Errors
/// The database refused the row.
pub async fn enqueue(
    services: &Services,
    tx: &mut PgConnection,
    to: &EmailAddress,
    to_name: &str,
    mail: &Mail<'_>,
) -> Outcome<()> {
    write(services, tx, to, to_name, mail, None).await
}

/// As [`enqueue`], on behalf of an organization: the name it chose stands before the sender's address.
///
/// # Errors
/// The database refused the row.
pub async fn enqueue_for(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
    to: &EmailAddress,
    to_name: &str,
    mail: &Mail<'_>,
) -> Outcome<()> {
    write(services, tx, to, to_name, mail, Some(organization)).await
}

async fn write(
    services: &Services,
    tx: &mut PgConnection,
    to: &EmailAddress,
    to_name: &str,
    mail: &Mail<'_>,
    organization: Option<OrganizationId>,
) -> Outcome<()> {
    let now = services.clock.now();
    let row = queries::NewMail {
        id: services.rng.id(now),
        recipient: to.as_str(),
        recipient_name: &one_line(to_name),
        kind: mail.kind(),
        notification: mail.notification().map(NotificationKind::as_str),
        content: mail.render(),
        created_at: now,
        expires_at: mail.expires_at(),
        organization: organization.map(OrganizationId::get),
    };
    Ok(queries::insert_mail(tx, &row).await?)
}

/// A mail to one of many.
#[derive(Debug)]
pub struct Addressed<'a> {
    pub to: &'a EmailAddress,
    /// People's text, brought onto one line.
    pub name: &'a str,
    pub mail: Mail<'a>,
}

/// As [`enqueue_for`], for many at once: one statement. Answers the ids of the mails, in order.
///
/// # Errors
/// The database refused a row.
pub async fn enqueue_all(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
    mails: &[Addressed<'_>],
) -> Outcome<Vec<Uuid>> {
    let now = services.clock.now();
    let names: Vec<String> = mails.iter().map(|mail| one_line(mail.name)).collect();
    let rows: Vec<queries::NewMail<'_>> = mails
        .iter()
        .zip(&names)
        .map(|(addressed, name)| queries::NewMail {
            id: services.rng.id(now),
            recipient: addressed.to.as_str(),
            recipient_name: name,
            kind: addressed.mail.kind(),
            notification: addressed.mail.notification().map(NotificationKind::as_str),
            content: addressed.mail.render(),
            created_at: now,
            expires_at: addressed.mail.expires_at(),
            organization: Some(organization.get()),
        })
        .collect();
    queries::insert_mails(tx, &rows).await?;
    Ok(rows.iter().map(|row| row.id).collect())
}

/// Takes mails back that have not left yet, because their links are dead. One that is on its way goes out.
///
/// # Errors
/// Database errors only.
pub async fn withdraw(services: &Services, tx: &mut PgConnection, mails: &[Uuid]) -> Outcome<()> {
    Ok(queries::delete_waiting(tx, mails, services.clock.now()).await?)
}

/// Removes mails that were sent or given up 30 days ago or longer.
///
/// # Errors
/// The database failed; what was removed until then stays removed.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - KEPT;
    let mut connection = services.db.acquire().await?;
    while queries::delete_finished(&mut connection, before).await? == 1000 {}
    Ok(())
}

/// Removes the mails to an address, when its account is erased.
///
/// # Errors
/// Database errors only.
pub async fn forget_recipient(tx: &mut PgConnection, address: &str) -> Outcome<()> {
    Ok(queries::delete_to(tx, address).await?)
}

/// How long the operator's list goes back.
const KEPT: time::Duration = time::Duration::days(30);

/// The newest 50 mails, newest first.
///
/// # Errors
/// The database can't be asked.
pub async fn recent(services: &Services) -> Outcome<Vec<MailSummary>> {
    Ok(queries::newest_mails(&mut *services.db.acquire().await?, 50).await?)
}

/// One mail with its links.
///
/// # Errors
/// [`ServiceError::NOT_FOUND`] if there is none of this id.
pub async fn find(services: &Services, id: Uuid) -> Outcome<MailContent> {
    let row = queries::mail(&mut *services.db.acquire().await?, id).await?.ok_or(ServiceError::NOT_FOUND)?;
    Ok(MailContent {
        id: row.id,
        links: links_in(&row.text_body),
        recipient: row.recipient,
        subject: row.subject,
        text: row.text_body,
        html: row.html_body,
        created_at: row.created_at,
        sent_at: row.sent_at,
        failed_at: row.failed_at,
        last_answer: row.last_answer,
    })
}

/// Our own links stand alone on their lines; a link inside people's text never does.
fn links_in(text: &str) -> Vec<String> {
    let is_link = |line: &&str| line.starts_with("https://") || line.starts_with("http://");
    text.lines().map(str::trim).filter(is_link).map(str::to_owned).collect()
}
