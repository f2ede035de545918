use domain::SignedIn;
use domain::invitations::{InvitationMessage, InvitedRole, LIFETIME};
use domain::organizations::AuditAction;
use sqlx::PgConnection;
use uuid::Uuid;

use super::judge::Recipient;
use super::queries;
use super::target::{Target, TargetId};
use crate::mail::{self, Addressed, InvitationLetter, Mail};
use crate::organizations::audit::{self, AuditEntry};
use crate::rng::SecretToken;
use crate::{Outcome, Services, accounts};

/// What everybody of one sending is told.
pub(super) struct Words<'a> {
    pub role: InvitedRole,
    pub message: &'a InvitationMessage,
}

/// Invites all of them in the caller's transaction, which holds the lock of the target: five statements, however many.
pub(super) async fn send(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    target: &Target,
    words: &Words<'_>,
    recipients: &[Recipient],
) -> Outcome<()> {
    let now = services.clock.now();
    let (organization, event) = (target.id.organization(), target.id.event());
    let addresses: Vec<String> = recipients.iter().map(|one| one.address.to_string()).collect();
    queries::expire_stale(tx, organization, event, &addresses, now).await?;
    accounts::make_placeholders(services, tx, &addresses).await?;
    let tokens: Vec<SecretToken> = recipients.iter().map(|_| services.rng.token()).collect();
    let mails = enqueue(services, tx, person, target, words, recipients, &tokens).await?;
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
        token_hashes: tokens.iter().map(|token| token.hash().to_vec()).collect(),
        mails,
    };
    queries::insert(tx, &new).await?;
    let mut entry = entry(target, person, AuditAction::InvitationSent);
    entry.after = Some(words.role.as_str());
    audit::record_each(services, tx, &entry, &subjects).await
}

/// Writes one mail for each, with a token of its own; answers the mails' ids in order.
pub(super) async fn enqueue(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    target: &Target,
    words: &Words<'_>,
    recipients: &[Recipient],
    tokens: &[SecretToken],
) -> Outcome<Vec<Uuid>> {
    let expires_at = services.clock.now() + LIFETIME;
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
                occasion: target.invited_to.for_mail(),
                role: words.role.label(),
                inviter: &person.full_name,
                message: words.message.as_deref(),
                link,
                expires_at,
                has_account: recipient.has_account,
            }),
        })
        .collect();
    mail::enqueue_all(services, tx, target.organization, &mails).await
}

/// The audit log belongs to the organization, also for what happens in its events.
pub(super) fn entry<'a>(target: &Target, person: &'a SignedIn, action: AuditAction) -> AuditEntry<'a> {
    let event = match target.id {
        TargetId::Organization(_) => None,
        TargetId::Event(event) => Some(event),
    };
    AuditEntry { event, ..AuditEntry::new(target.organization, person, action) }
}
