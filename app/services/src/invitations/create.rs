use domain::accounts::EmailAddress;
use domain::ids::ImportId;
use domain::invitations::{BulkRow, InvitationMessage, InvitedRole, Verdict};
use domain::{AppError, Conflict, FieldErrors, SignedIn};

use super::address_list::{AddressList, BulkFields, Entry};
use super::judge::{Judged, Recipient, judge};
use super::rules;
use super::send::{Words, send};
use super::target::{self, Target, TargetPath};
use crate::notifications::Told;
use crate::{Outcome, Services, db, limits};

/// As what somebody is invited and with which words, as typed.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub role: String,
    pub message: String,
}

impl Wish {
    /// Reads the fields `role` and `message`, and asks the policy about the role.
    fn parse(
        &self,
        target: &Target,
        mut errors: FieldErrors,
    ) -> Result<(InvitedRole, InvitationMessage), AppError> {
        let role = errors.take("role", InvitedRole::parse(target.invited_to.kind, &self.role));
        let message = errors.take("message", InvitationMessage::parse(&self.message));
        match (role, message) {
            (Some(role), Some(message)) if errors.is_empty() => {
                target.may_invite(role)?;
                Ok((role, message))
            }
            _ => Err(errors.into()),
        }
    }
}

/// Invites one address. The answer says nothing of whether it has an account.
///
/// # Errors
/// [`AppError::NotFound`] for outsiders; [`AppError::Denied`] by the matrix; [`FieldErrors`] on `email`, `role` or
/// `message`; [`Conflict::AlreadyMember`], [`Conflict::PersonBanned`], [`Conflict::AlreadyInvited`];
/// [`AppError::TooMany`] after 60 an hour by one person, 3 an hour to one address or 1,000 a day of one organization.
pub async fn create(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    address: &str,
    wish: &Wish,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let target = target::lock(&mut tx, person, path).await?;
    target.may_manage()?;
    let mut errors = FieldErrors::default();
    let parsed = errors.take("email", EmailAddress::parse(address));
    let (role, message) = wish.parse(&target, errors)?;
    let entry = Entry { typed: address.to_owned(), address: parsed, name: None };
    let judged = judge(&mut tx, target.id, &[entry], now).await?;
    let recipients: Vec<Recipient> = judged.into_iter().map(invited).collect::<Result<_, AppError>>()?;
    for recipient in &recipients {
        let to_recipient = rules::to_recipient(recipient.address.as_str());
        limits::take_in(&mut tx, now, &[to_recipient]).await?;
        limits::take_in(&mut tx, now, &rules::single(person.user, target.organization)).await?;
    }
    let words = Words { role, message: &message, import: None };
    let told = send(services, &mut tx, person, &target, &words, &recipients).await?;
    tx.commit().await?;
    services.outbox.wake();
    told.announce(services);
    Ok(())
}

/// The one recipient, or why there is none.
pub(super) fn invited(judged: Judged) -> Result<Recipient, AppError> {
    let refusal = match judged.verdict {
        Verdict::Ok => None,
        Verdict::Member => Some(Conflict::AlreadyMember.into()),
        Verdict::Banned => Some(Conflict::PersonBanned.into()),
        Verdict::Pending | Verdict::Duplicate => Some(Conflict::AlreadyInvited.into()),
        Verdict::Invalid | Verdict::TooOften => None,
    };
    match (judged.recipient, refusal) {
        (_, Some(refusal)) => Err(refusal),
        (Some(recipient), None) => Ok(recipient),
        (None, None) => Err(FieldErrors::one("email", "Enter an email address like ada@example.org.").into()),
    }
}

/// Reads the addresses of a form for many, for somebody who may invite there as what it says.
///
/// # Errors
/// As [`create`], with [`FieldErrors`] on `addresses`, `file` and `column`; nothing is sent.
pub async fn read_list(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    fields: &BulkFields,
    wish: &Wish,
) -> Outcome<AddressList> {
    let target = target::load(&mut *services.db.acquire().await?, person, path).await?;
    target.may_manage()?;
    let (list, errors) = match AddressList::parse(fields, path.kind) {
        Ok(list) => (Some(list), FieldErrors::default()),
        Err(errors) => (None, errors),
    };
    wish.parse(&target, errors)?;
    list.ok_or_else(|| AppError::Invalid(FieldErrors::default()).into())
}

/// What would become of each address now; sends nothing.
///
/// # Errors
/// [`AppError::NotFound`] for outsiders; [`AppError::Denied`] by the matrix.
pub async fn preview(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    list: &AddressList,
) -> Outcome<Vec<BulkRow>> {
    let mut connection = services.db.acquire().await?;
    let target = target::load(&mut connection, person, path).await?;
    target.may_manage()?;
    let judged = judge(&mut connection, target.id, list.entries(), services.clock.now()).await?;
    drop(connection);
    let room = limits::have_left(services, &recipient_limits(&judged)).await?;
    Ok(with_room(judged, &room).0)
}

/// What a list came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentList {
    pub rows: Vec<BulkRow>,
    /// What it is taken back by; `None` when it invited nobody.
    pub import: Option<ImportId>,
}

/// Invites everybody of the list who can be; the others don't hold them up. A second time is harmless: whom it
/// invited then has an open invitation.
///
/// # Errors
/// As [`create`] for the whole list; a single address is refused in its row. [`FieldErrors`] on `addresses` for more than a
/// day's invitations; [`AppError::TooMany`] when what is left of the day would not last for all.
pub async fn create_many(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    list: &AddressList,
    wish: &Wish,
) -> Outcome<SentList> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let target = target::lock(&mut tx, person, path).await?;
    target.may_manage()?;
    let (role, message) = wish.parse(&target, FieldErrors::default())?;
    let judged = judge(&mut tx, target.id, list.entries(), now).await?;
    let room = limits::take_each(&mut tx, now, &recipient_limits(&judged)).await?;
    let (rows, recipients) = with_room(judged, &room);
    rules::fits_a_day(recipients.len())?;
    let import = (!recipients.is_empty()).then(|| ImportId::new(services.rng.id(now)));
    let mut told = Told::default();
    if !recipients.is_empty() {
        let counted = rules::of_organization(target.organization, recipients.len());
        limits::take_in(&mut tx, now, &[counted]).await?;
        let words = Words { role, message: &message, import };
        told = send(services, &mut tx, person, &target, &words, &recipients).await?;
    }
    tx.commit().await?;
    services.outbox.wake();
    told.announce(services);
    Ok(SentList { rows, import })
}

fn recipient_limits(judged: &[Judged]) -> Vec<limits::Limit> {
    let recipients = judged.iter().filter_map(|row| row.recipient.as_ref());
    recipients.map(|recipient| rules::to_recipient(recipient.address.as_str())).collect()
}

/// The rows with their last verdict, and who is left; `room` says of each recipient whether their hour has room.
fn with_room(judged: Vec<Judged>, room: &[bool]) -> (Vec<BulkRow>, Vec<Recipient>) {
    let mut room = room.iter();
    let mut recipients = Vec::new();
    let rows = judged
        .into_iter()
        .map(|row| {
            let verdict = match row.recipient {
                Some(recipient) if room.next().copied().unwrap_or_default() => {
                    recipients.push(recipient);
                    Verdict::Ok
                }
                Some(_) => Verdict::TooOften,
                None => row.verdict,
            };
            BulkRow { address: row.shown, verdict }
        })
        .collect();
    (rows, recipients)
}
