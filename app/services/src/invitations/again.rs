use domain::accounts::{EmailAddress, full_name};
use domain::ids::{InvitationId, OrganizationId};

use super::find::{self, over, stored_status};
use super::judge::Recipient;
use super::queries;
use super::rules;
use super::send::{self, Sending};
use super::target::TargetId;
use crate::{Outcome, ServiceError, Services, db, limits, mail};

/// Sends the open invitations of an address again, whose owner asks for a password they don't have yet. Nobody vouches
/// for them anew, so they go on until they would have.
///
/// The inviters don't learn of it, neither from their log, nor from the state of the mail, nor from a limit of theirs:
/// it would tell them whether the address has an account.
///
/// # Errors
/// Database errors only.
pub(crate) async fn send_again_to(services: &Services, address: &EmailAddress) -> Outcome<()> {
    let open = queries::open_of_address(&services.db, address.as_str(), services.clock.now()).await?;
    for id in open {
        match send_again(services, address, InvitationId::new(id)).await {
            Ok(()) => {}
            Err(error) if error.is_too_many() => break,
            Err(error) => return Err(error),
        }
    }
    services.outbox.wake();
    Ok(())
}

async fn send_again(services: &Services, address: &EmailAddress, id: InvitationId) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let Some(seen) = queries::find(&mut *tx, None, Some(id.get())).await? else { return Ok(()) };
    TargetId::of(seen.organization_id, seen.event_id)?.lock(&mut tx).await?;
    queries::lock(&mut tx, id.get()).await?;
    let Some(row) = queries::find(&mut *tx, None, Some(id.get())).await? else { return Ok(()) };
    if over(stored_status(&row.status)?, row.expires_at, row.is_open, now).is_some() {
        return Ok(());
    }
    limits::take_in(&mut tx, now, &[rules::again(address.as_str())]).await?;
    let owner = OrganizationId::new(row.owner_id);
    let (token_hash, old_mail, expires_at) = (row.token_hash.clone(), row.mail_id, row.expires_at);
    let inviter = full_name(&row.inviter_first_name, &row.inviter_last_name);
    let name = row.name.clone();
    let invitation = find::invitation(row)?;
    let recipient = Recipient {
        address: address.clone(),
        has_account: false,
        name: name.clone().unwrap_or_default(),
        written_name: name,
    };
    let sending = Sending {
        organization: owner,
        invited_to: &invitation.invited_to,
        role: invitation.role,
        inviter: &inviter,
        message: invitation.message.as_deref(),
        expires_at,
    };
    let tokens = [services.rng.token()];
    let mails = send::enqueue(services, &mut tx, &sending, &[recipient], &tokens).await?;
    queries::replace_token(&mut tx, id.get(), &token_hash).await?;
    let ([mail], [token]) = (&mails[..], &tokens) else {
        return Err(ServiceError::Broken("one mail was asked for".to_owned()));
    };
    queries::renew_link(&mut tx, id.get(), &token.hash(), *mail).await?;
    mail::withdraw(services, &mut tx, old_mail.as_slice()).await?;
    Ok(tx.commit().await?)
}
