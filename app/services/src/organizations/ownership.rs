//! What only owners do: giving the organization to somebody else, deleting it, bringing it back.

use domain::ids::{OrganizationId, UserId};
use domain::organizations::{AuditAction, OrganizationAction, OrganizationRole, OrganizationSummary, may};
use domain::search::SearchText;
use domain::slug::Slug;
use domain::time::Timestamp;
use domain::{AppError, FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::audit::{self, AuditEntry};
use super::locked::{Locked, lock, may_own_another};
use super::members::tell_in_app;
use super::read::{role_of, visible_to};
use super::{UNDO_TIME, queries};
use crate::accounts::stored_address;
use crate::db::OnConstraint as _;
use crate::mail::{self, Addressed, Mail};
use crate::{
    Outcome, ServiceError, Services, accounts, db, events, free_slug, invitations, streaming, uploads,
};

/// What an owner decides from.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnershipPage {
    pub organization: OrganizationSummary,
    /// Who could become an owner in one's place and fits what was searched for: admins first.
    pub heirs: Vec<Heir>,
    /// How many there are, shown or not.
    pub heir_count: i64,
}

/// How many heirs are shown at once: more are found by their names.
const MAX_HEIRS: i64 = 25;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    pub user: UserId,
    pub full_name: String,
    pub role: OrganizationRole,
}

/// The page of an owner, with the members whose names contain `search`: three statements.
///
/// # Errors
/// As the policy for [`OrganizationAction::TransferOwnership`].
pub async fn ownership(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    search: &SearchText,
) -> Outcome<OwnershipPage> {
    let organization = visible_to(services, person, slug).await?;
    may(OrganizationAction::TransferOwnership, Some(organization.role))?;
    let (id, own, text) = (organization.id.get(), person.user.get(), search.as_str());
    let heir_count = queries::count_heirs(&services.db, id, own, text).await?;
    let rows = queries::heirs(&services.db, id, own, text, MAX_HEIRS).await?;
    let heir = |row: queries::HeirRow| {
        Ok(Heir {
            user: UserId::new(row.user_id),
            full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
            role: role_of(&row.role)?,
        })
    };
    let heirs = rows.into_iter().map(heir).collect::<Outcome<_>>()?;
    Ok(OwnershipPage { organization, heirs, heir_count })
}

/// A member becomes OWNER and the giver ADMIN, in one transaction; both get a mail.
///
/// # Errors
/// [`AppError::NotFound`] outside, [`domain::Denied::OrganizationOwnersOnly`] for other members;
/// [`FieldErrors`] on `name` when it isn't the organization's, on `user` for somebody who is no other member;
/// [`domain::Denied::SignInNotRecent`]; [`domain::Conflict::TooManyOrganizations`] of the new owner.
pub async fn transfer_ownership(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    to: Option<UserId>,
    typed_name: &str,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let locked = lock(&mut tx, person, slug).await?;
    may(OrganizationAction::TransferOwnership, Some(locked.actor))?;
    is_named(&locked, typed_name)?;
    let nobody = || FieldErrors::one("user", "Choose one of the other members.");
    let to = to.filter(|to| *to != person.user).ok_or_else(nobody)?;
    let heir = locked.member(&mut tx, to).await.map_err(|error| match error {
        ServiceError::Refused(AppError::NotFound) => nobody().into(),
        error => error,
    })?;
    if !heir.is_active {
        return Err(nobody().into());
    }
    accounts::require_recent_sign_in(services, &mut *tx, person).await?;
    let organization = locked.organization.get();
    if heir.role != OrganizationRole::Owner {
        may_own_another(&mut tx, to).await?;
        // Their account may have been closed while it was waited for.
        if !locked.member(&mut tx, to).await?.is_active {
            return Err(nobody().into());
        }
        queries::set_role(&mut tx, organization, to.get(), OrganizationRole::Owner.as_str()).await?;
    }
    queries::set_role(&mut tx, organization, person.user.get(), OrganizationRole::Admin.as_str()).await?;
    let entry = AuditEntry {
        subject: Some(&heir.full_name),
        subject_id: Some(to.get()),
        ..AuditEntry::new(locked.organization, person, AuditAction::OwnershipTransferred)
    };
    audit::record(services, &mut tx, &entry).await?;
    let giver = locked.member(&mut tx, person.user).await?;
    let link = format!("{}/organizations/{slug}", services.public_url);
    for (counterpart, is_heir) in [(&heir, true), (&giver, false)] {
        let letter = Mail::OwnershipTransferred {
            name: &counterpart.full_name,
            organization: &locked.name,
            giver: &giver.full_name,
            heir: &heir.full_name,
            to_heir: is_heir,
            link: &link,
        };
        let email = stored_address(&counterpart.email)?;
        mail::enqueue_for(services, &mut tx, locked.organization, &email, &counterpart.full_name, &letter)
            .await?;
    }
    let told = tell_in_app(services, &mut tx, person, &locked, to, Some(OrganizationRole::Owner)).await?;
    tx.commit().await?;
    services.outbox.wake();
    told.announce(services);
    services.bus.recheck(person.user);
    services.bus.recheck(to);
    Ok(())
}

/// Deletes an organization with its events for 30 days, in which any owner can undo it; its address is free at once,
/// and every owner gets a mail.
///
/// # Errors
/// [`AppError::NotFound`] outside, [`domain::Denied::OrganizationOwnersOnly`] for other members;
/// [`FieldErrors`] on `name` when it isn't the organization's; [`domain::Denied::SignInNotRecent`].
pub async fn delete(services: &Services, person: &SignedIn, slug: &str, typed_name: &str) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let locked = lock(&mut tx, person, slug).await?;
    may(OrganizationAction::Delete, Some(locked.actor))?;
    is_named(&locked, typed_name)?;
    accounts::require_recent_sign_in(services, &mut *tx, person).await?;
    let organization = locked.organization;
    // The events first: whoever works on one of them holds it and may still write the log, whose entries want the
    // organization's key. Its new address takes that key, so it comes after everybody was waited for.
    events::delete_all(&mut tx, organization, person.user, now).await?;
    invitations::cancel_all_of_organization(services, &mut tx, organization).await?;
    queries::delete_softly(&mut tx, organization.get(), person.user.get(), now).await?;
    queries::free_former_slugs(&mut tx, organization.get()).await?;
    let entry = AuditEntry {
        subject: Some(&locked.name),
        ..AuditEntry::new(organization, person, AuditAction::OrganizationDeleted)
    };
    audit::record(services, &mut tx, &entry).await?;
    tell_owners(services, &mut tx, person, &locked).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck_everybody();
    uploads::settle_organization(services, organization);
    Ok(())
}

async fn tell_owners(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    locked: &Locked,
) -> Outcome<()> {
    let link = format!("{}/organizations/deleted", services.public_url);
    let owners = queries::owners_with_addresses(tx, locked.organization.get()).await?;
    let people = owners
        .iter()
        .map(|owner| {
            Ok((
                stored_address(&owner.email)?,
                domain::accounts::full_name(&owner.first_name, &owner.last_name),
            ))
        })
        .collect::<Outcome<Vec<_>>>()?;
    let letter = |(to, name)| Addressed {
        to,
        name,
        mail: Mail::OrganizationDeleted {
            name,
            organization: &locked.name,
            by: &person.full_name,
            undo_until: services.clock.now() + UNDO_TIME,
            link: &link,
        },
    };
    let mails: Vec<Addressed<'_>> = people.iter().map(|(to, name)| letter((to, name.as_str()))).collect();
    mail::enqueue_all(services, tx, locked.organization, &mails).await.map(drop)
}

/// A deleted organization that can still be brought back, for its owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedOrganization {
    pub id: OrganizationId,
    pub name: String,
    /// The full name of who deleted it.
    pub deleted_by: String,
    pub deleted_at: Timestamp,
    /// Until when it can be brought back.
    pub undo_until: Timestamp,
}

/// The deleted organizations this person owns and may bring back, the latest first; at most 100: one statement.
///
/// # Errors
/// Database errors only.
pub async fn deleted(services: &Services, person: &SignedIn) -> Outcome<Vec<DeletedOrganization>> {
    let since = services.clock.now() - UNDO_TIME;
    let rows = queries::deleted_of(&services.db, person.user.get(), since).await?;
    Ok(rows
        .into_iter()
        .map(|row| DeletedOrganization {
            id: OrganizationId::new(row.id),
            name: row.name,
            deleted_by: domain::accounts::full_name(&row.first_name, &row.last_name),
            deleted_at: Timestamp::from(row.deleted_at),
            undo_until: Timestamp::from(row.deleted_at + UNDO_TIME),
        })
        .collect())
}

/// Brings a deleted organization back with the events that were deleted with it and the invitations that have time
/// left; answers its address, which gets a suffix when somebody took it meanwhile. Again is quiet success.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but its owners, and after 30 days;
/// [`domain::Conflict::TooManyOrganizations`].
pub async fn restore(
    services: &Services,
    person: &SignedIn,
    organization: OrganizationId,
) -> Outcome<String> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let id = organization.get();
    let row = queries::lock_deleted(&mut tx, person.user.get(), id, now - UNDO_TIME).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let Some(slug) = row.slug_before_deletion else { return Ok(row.slug) };
    // In the order of `delete`.
    events::restore_all(&mut tx, organization, now).await?;
    invitations::restore_all_of_organization(services, &mut tx, organization).await?;
    may_own_another(&mut tx, person.user).await?;
    let slug = free_again(services, &mut tx, organization, &slug).await?;
    let restored = queries::restore(&mut tx, id, &slug, now).await;
    restored.on_constraint("organizations_slug_unique", || AppError::Busy)?;
    let entry = AuditEntry {
        subject: Some(&row.name),
        ..AuditEntry::new(organization, person, AuditAction::OrganizationRestored)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    uploads::settle_organization(services, organization);
    Ok(slug)
}

/// The address it had, or the next free one beside it. Whoever takes it at this very moment makes the restore fail on
/// the unique address, and another try finds the next.
async fn free_again(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
    slug: &str,
) -> Outcome<String> {
    let wanted = Slug::parse(slug).map_err(|_| ServiceError::unknown_value("organizations.slug", slug))?;
    for candidate in free_slug::candidates(&wanted, services.rng) {
        if queries::is_free_slug(tx, organization.get(), candidate.as_str()).await? {
            return Ok(candidate.to_string());
        }
    }
    Err(ServiceError::Broken(format!("no free address near {wanted}")))
}

/// Removes for good what was deleted 30 days ago or longer; memberships and the log stay. Its events go by the sweep of
/// events: they were deleted at the same moment.
///
/// # Errors
/// Database errors only, of the last organization that could not be purged; the others are.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - UNDO_TIME;
    let mut outcome = Ok(());
    for id in queries::due_for_purge(&services.db, before).await? {
        outcome = purge(services, OrganizationId::new(id), before).await.and(outcome);
    }
    outcome
}

async fn purge(services: &Services, organization: OrganizationId, before: OffsetDateTime) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    // Another process is at it, or was; or it came back, and was deleted anew, since it was found.
    if !queries::lock_to_purge(&mut tx, organization.get(), before).await? {
        return Ok(());
    }
    invitations::purge_all(&mut tx, organization).await?;
    streaming::forget_credentials(&mut tx, organization).await?;
    queries::purge(&mut tx, organization.get(), services.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// The name typed to confirm; case and surrounding space don't matter.
fn is_named(locked: &Locked, typed: &str) -> Result<(), FieldErrors> {
    if typed.trim().to_lowercase() == locked.name.trim().to_lowercase() {
        return Ok(());
    }
    Err(FieldErrors::one("name", format_args!("Type the organization's name: {}", locked.name)))
}
