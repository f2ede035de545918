use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{MailSummary, Rendered};

/// What becomes of a mail's text when it is done: it holds live links, which nobody needs any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// For mails that are only listed.
    Keep,
    Forget,
}

pub(super) struct NewMail<'a> {
    pub id: Uuid,
    pub recipient: &'a str,
    pub recipient_name: &'a str,
    pub kind: &'static str,
    pub notification: Option<&'static str>,
    pub content: Rendered,
    pub created_at: OffsetDateTime,
    pub expires_at: Option<OffsetDateTime>,
    pub organization: Option<Uuid>,
}

/// A mail this process may send until its claim runs out.
#[derive(Debug)]
pub(super) struct ClaimedMail {
    pub id: Uuid,
    pub recipient: String,
    pub recipient_name: String,
    pub kind: String,
    pub subject: String,
    pub html_body: String,
    pub text_body: String,
    pub created_at: OffsetDateTime,
    pub expires_at: Option<OffsetDateTime>,
    /// This attempt included.
    pub attempts: i32,
    /// The name the organization it speaks for has chosen.
    pub sender_name: Option<String>,
    pub notification_kind: Option<String>,
    /// Whose address it goes to, if anybody's.
    pub user_id: Option<Uuid>,
}

pub(super) struct MailRow {
    pub id: Uuid,
    pub recipient: String,
    pub subject: String,
    pub html_body: String,
    pub text_body: String,
    pub created_at: OffsetDateTime,
    pub sent_at: Option<OffsetDateTime>,
    pub failed_at: Option<OffsetDateTime>,
    pub last_answer: Option<String>,
}

pub(super) async fn insert_mail(tx: &mut PgConnection, new: &NewMail<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into outbox_mails (id, recipient, recipient_name, kind, subject, html_body, text_body,
                                   created_at, next_attempt_at, expires_at, organization_id, notification_kind)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)",
        new.id,
        new.recipient,
        new.recipient_name,
        new.kind,
        new.content.subject,
        new.content.html,
        new.content.text,
        new.created_at,
        new.expires_at,
        new.organization,
        new.notification
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Many mails at once, in the order of `ids`.
pub(super) async fn insert_mails(tx: &mut PgConnection, mails: &[NewMail<'_>]) -> sqlx::Result<()> {
    let column = |text: fn(&NewMail<'_>) -> String| mails.iter().map(text).collect::<Vec<String>>();
    let expiries: Vec<Option<OffsetDateTime>> = mails.iter().map(|mail| mail.expires_at).collect();
    let organizations: Vec<Option<Uuid>> = mails.iter().map(|mail| mail.organization).collect();
    let notifications: Vec<Option<&str>> = mails.iter().map(|mail| mail.notification).collect();
    let Some(first) = mails.first() else { return Ok(()) };
    sqlx::query!(
        "insert into outbox_mails (id, recipient, recipient_name, kind, subject, html_body, text_body,
                                   created_at, next_attempt_at, expires_at, organization_id, notification_kind)
         select n.id, n.recipient, n.recipient_name, n.kind, n.subject, n.html_body, n.text_body, $9, $9,
                n.expires_at, n.organization_id, n.notification_kind
           from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                       $8::timestamptz[], $10::uuid[], $11::text[])
                as n (id, recipient, recipient_name, kind, subject, html_body, text_body, expires_at,
                      organization_id, notification_kind)",
        &mails.iter().map(|mail| mail.id).collect::<Vec<Uuid>>(),
        &column(|mail| mail.recipient.to_owned()),
        &column(|mail| mail.recipient_name.to_owned()),
        &column(|mail| mail.kind.to_owned()),
        &column(|mail| mail.content.subject.clone()),
        &column(|mail| mail.content.html.clone()),
        &column(|mail| mail.content.text.clone()),
        &expiries as &[Option<OffsetDateTime>],
        first.created_at,
        &organizations as &[Option<Uuid>],
        &notifications as &[Option<&str>]
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Removes mails that have not left and are in no worker's hands; waits for nobody.
pub(super) async fn delete_waiting(
    tx: &mut PgConnection,
    ids: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from outbox_mails
          where id in (select id from outbox_mails
                        where id = any($1) and sent_at is null and failed_at is null
                          and (claimed_until is null or claimed_until <= $2)
                          for update skip locked)",
        ids,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes the mails that are due and counts the attempt, so that a crash can't make it endless.
///
/// `skip locked` lets several workers take different mails instead of waiting for each other.
pub(super) async fn claim_due(
    tx: &mut PgConnection,
    now: OffsetDateTime,
    until: OffsetDateTime,
    at_most: i64,
) -> sqlx::Result<Vec<ClaimedMail>> {
    sqlx::query_as!(
        ClaimedMail,
        "update outbox_mails m
            set claimed_until = $2, attempts = m.attempts + 1
          where m.id in (
                select d.id
                  from outbox_mails d
                 where d.sent_at is null and d.failed_at is null and d.next_attempt_at <= $1
                   and (d.claimed_until is null or d.claimed_until <= $1)
                 order by d.next_attempt_at, d.id
                 limit $3
                   for update skip locked)
      returning m.id, m.recipient, m.recipient_name, m.kind, m.subject, m.html_body, m.text_body,
                m.created_at, m.expires_at, m.attempts,
                (select o.mail_from_name from organizations o where o.id = m.organization_id) as sender_name,
                m.notification_kind, (select u.id from users u where u.email = m.recipient) as user_id",
        now,
        until,
        at_most
    )
    .fetch_all(tx)
    .await
}

/// What the mail was written for learns of it in the same statement, and is locked before the mail: whoever ends an
/// invitation holds it first and takes its mail along.
pub(super) async fn mark_sent(
    tx: &mut PgConnection,
    id: Uuid,
    now: OffsetDateTime,
    answer: &str,
    content: Content,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with written_for as materialized (
            select id from invitations where mail_id = $1 order by id for no key update
         ), ended as (
            update outbox_mails
               set sent_at = $2, claimed_until = null, last_answer = $3,
                   html_body = case when $4 then '' else html_body end,
                   text_body = case when $4 then '' else text_body end
             where id = $1 and sent_at is null and failed_at is null
               and (select count(*) from written_for) >= 0
            returning id)
         update invitations i set delivery = 'SENT', sent_at = $2, delivery_answer = null
           from ended where i.mail_id = ended.id and not i.is_mailed_quietly",
        id,
        now,
        answer,
        content == Content::Forget
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// As [`mark_sent`], with the server's answer.
pub(super) async fn mark_failed(
    tx: &mut PgConnection,
    mail: &ClaimedMail,
    now: OffsetDateTime,
    answer: &str,
    content: Content,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with written_for as materialized (
            select id from invitations where mail_id = $1 order by id for no key update
         ), ended as (
            update outbox_mails
               set failed_at = $3, claimed_until = null, last_answer = $4,
                   html_body = case when $5 then '' else html_body end,
                   text_body = case when $5 then '' else text_body end
             where id = $1 and attempts = $2 and sent_at is null and failed_at is null
               and (select count(*) from written_for) >= 0
            returning id)
         update invitations i set delivery = 'FAILED', delivery_answer = $4
           from ended where i.mail_id = ended.id and not i.is_mailed_quietly",
        mail.id,
        mail.attempts,
        now,
        answer,
        content == Content::Forget
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Only the newest attempt decides: `attempts` tells a worker that overslept its claim that it lost the mail.
pub(super) async fn postpone(
    tx: &mut PgConnection,
    mail: &ClaimedMail,
    next_attempt_at: OffsetDateTime,
    answer: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update outbox_mails
            set next_attempt_at = $3, claimed_until = null, last_answer = $4
          where id = $1 and attempts = $2 and sent_at is null and failed_at is null",
        mail.id,
        mail.attempts,
        next_attempt_at,
        answer
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn newest_mails(tx: &mut PgConnection, at_most: i64) -> sqlx::Result<Vec<MailSummary>> {
    sqlx::query_as!(
        MailSummary,
        "select m.id, m.kind, m.recipient, m.subject, m.created_at, m.attempts, m.sent_at, m.failed_at, m.last_answer
           from outbox_mails m
          order by m.created_at desc, m.id desc
          limit $1",
        at_most
    )
    .fetch_all(tx)
    .await
}

pub(super) async fn mail(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<MailRow>> {
    sqlx::query_as!(
        MailRow,
        "select m.id, m.recipient, m.subject, m.html_body, m.text_body, m.created_at, m.sent_at, m.failed_at,
                m.last_answer
           from outbox_mails m
          where m.id = $1",
        id
    )
    .fetch_optional(tx)
    .await
}

pub(super) async fn delete_finished(tx: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from outbox_mails
          where id in (select id from outbox_mails where created_at < $1
                          and (sent_at is not null or failed_at is not null) limit 1000)",
        before
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn delete_to(tx: &mut PgConnection, recipient: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from outbox_mails where recipient = $1", recipient).execute(tx).await.map(drop)
}
