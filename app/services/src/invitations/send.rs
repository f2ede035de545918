use domain::SignedIn;
use domain::ids::{ImportId, OrganizationId};
use domain::invitations::{InvitationMessage, InvitedRole, LIFETIME};
use domain::notifications::News;
use domain::organizations::AuditAction;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::judge::Recipient;
use super::occasion::InvitedTo;
use super::queries;
use super::sweep::record_expired;
use super::target::{Target, TargetId};
use crate::mail::{self, Addressed, InvitationLetter, Mail};
use crate::notifications::{self, Telling, Told};
use crate::organizations::audit::{self, AuditEntry};
use crate::rng::SecretToken;
use crate::{Outcome, Services, accounts};

/// What everybody of one sending is told.
pub(super) struct Words<'a> {
    pub role: InvitedRole,
    pub message: &'a InvitationMessage,
    /// Of the list they stand in.
    pub import: Option<ImportId>,
}

/// What all mails of one sending have in common.
pub(super) struct Sending<'a> {
    /// For which they speak.
    pub organization: OrganizationId,
    pub invited_to: &'a InvitedTo,
    pub role: InvitedRole,
    pub inviter: &'a str,
    pub message: Option<&'a str>,
    pub expires_at: OffsetDateTime,
}

impl<'a> Sending<'a> {
    /// By somebody who invites now.
    pub(super) fn of(
        services: &Services,
        person: &'a SignedIn,
        target: &'a Target,
        words: &Words<'a>,
    ) -> Self {
        Self {
            organization: target.organization,
            invited_to: &target.invited_to,
            role: words.role,
            inviter: &person.full_name,
            message: words.message.as_deref(),
            expires_at: services.clock.now() + LIFETIME,
        }
    }
}

/// Invites all of them in the caller's transaction, which holds the lock of the target: seven statements at most, however
/// many. Who has an account is told in the app too; announce that after COMMIT.
pub(super) async fn send(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    target: &Target,
    words: &Words<'_>,
    recipients: &[Recipient],
) -> Outcome<Told> {
    let now = services.clock.now();
    let (organization, event) = (target.id.organization(), target.id.event());
    let addresses: Vec<String> = recipients.iter().map(|one| one.address.to_string()).collect();
    let expired = queries::expire_stale(tx, organization, event, &addresses, now).await?;
    record_expired(services, tx, &expired).await?;
    accounts::make_placeholders(services, tx, &addresses).await?;
    let tokens: Vec<SecretToken> = recipients.iter().map(|_| services.rng.token()).collect();
    let letter = Sending::of(services, person, target, words);
    let mails = enqueue(services, tx, &letter, recipients, &tokens).await?;
    let ids: Vec<Uuid> = recipients.iter().map(|_| services.rng.id(now)).collect();
    let subjects: Vec<(String, Uuid)> = addresses.iter().cloned().zip(ids.iter().copied()).collect();
    let new = queries::NewInvitations {
        organization,
        event,
        role: words.role.as_str(),
        message: words.message.as_deref(),
        invited_by: person.user.get(),
        now,
        expires_at: now + LIFETIME,
        ids,
        addresses,
        names: recipients.iter().map(|one| one.written_name.clone().unwrap_or_default()).collect(),
        token_hashes: tokens.iter().map(|token| token.hash().to_vec()).collect(),
        mails,
        import: words.import.map(ImportId::get),
    };
    queries::insert(tx, &new).await?;
    let mut entry = entry(target, person, AuditAction::InvitationSent);
    entry.after = Some(words.role.as_str());
    audit::record_each(services, tx, &entry, &subjects).await?;
    tell(services, tx, person, target, recipients).await
}

async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    target: &Target,
    recipients: &[Recipient],
) -> Outcome<Told> {
    let known: Vec<String> = recipients
        .iter()
        .filter(|recipient| recipient.has_account)
        .map(|recipient| recipient.address.to_string())
        .collect();
    if known.is_empty() {
        return Ok(Told::default());
    }
    let users = accounts::active_of(tx, &known).await?;
    let telling = Telling {
        news: News::Invited,
        by: Some(person),
        names_actor: true,
        subject: Some(&target.invited_to.name),
        detail: None,
        link: "/home",
        thing: &target.id.thing(),
    };
    notifications::tell(services, tx, &users, &telling).await
}

/// Writes one mail for each, with a token of its own; answers the mails' ids in order.
pub(super) async fn enqueue(
    services: &Services,
    tx: &mut PgConnection,
    sending: &Sending<'_>,
    recipients: &[Recipient],
    tokens: &[SecretToken],
) -> Outcome<Vec<Uuid>> {
    let links: Vec<String> = tokens
        .iter()
        .map(|token| format!("{}/invitations/{}", services.public_url, token.expose()))
        .collect();
    let mails: Vec<Addressed<'_>> = recipients
        .iter()
        .zip(&links)
        .map(|(recipient, link)| Addressed {
            to: &recipient.address,
            name: &recipient.name,
            mail: Mail::Invitation(InvitationLetter {
                name: &recipient.name,
                occasion: sending.invited_to.for_mail(),
                role: sending.role.label(),
                inviter: sending.inviter,
                message: sending.message,
                link,
                expires_at: sending.expires_at,
                has_account: recipient.has_account,
            }),
        })
        .collect();
    mail::enqueue_all(services, tx, sending.organization, &mails).await
}

/// The audit log belongs to the organization, also for what happens in its events.
pub(super) fn entry<'a>(target: &Target, person: &'a SignedIn, action: AuditAction) -> AuditEntry<'a> {
    let event = match target.id {
        TargetId::Organization(_) => None,
        TargetId::Event(event) => Some(event),
    };
    AuditEntry { event, ..AuditEntry::new(target.organization, person, action) }
}
