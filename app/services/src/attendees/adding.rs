use domain::accounts::full_name;
use domain::attendees::{EventRole, MembershipStatus};
use domain::events::EventAction;
use domain::ids::{EventId, FileId, OrganizationId, UserId};
use domain::organizations::AuditAction;
use domain::search::SearchText;
use domain::{Conflict, FieldErrors, SignedIn};

use super::placing::{WhenFull, place};
use super::tell::write;
use super::{free_seats, members_changed, queries};
use crate::events::{self, EventHead, Registered};
use crate::mail::{EventPlace, Mail, PlaceChange};
use crate::notifications::Told;
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services, db, notifications};

/// A member of the organization who can be added to its event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
}

/// What the page for adding people shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AddingPage {
    pub head: EventHead,
    pub role: EventRole,
    /// The roles the viewer may give, highest first; none when nobody can be added any more.
    pub grantable: Vec<EventRole>,
    /// The first by name.
    pub candidates: Vec<Candidate>,
}

/// How many are offered at once; a search finds the others.
pub const MOST_CANDIDATES: i64 = 20;

/// Members of the organization who don't take part yet, with `search` in their name: two statements.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`].
pub async fn adding(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    search: &SearchText,
) -> Outcome<AddingPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    domain::events::may(EventAction::SeePeople, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let rows = queries::candidates(&services.db, head.id.get(), search.as_str(), MOST_CANDIDATES).await?;
    let candidates = rows
        .into_iter()
        .map(|row| {
            Ok(Candidate {
                user: UserId::new(row.user_id),
                full_name: full_name(&row.first_name, &row.last_name),
                avatar: row.avatar_file_id.map(FileId::new),
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    Ok(AddingPage {
        grantable: domain::events::invitable(head.visibility, &standing),
        head,
        role,
        candidates,
    })
}

/// Makes a member of the organization one of its event, or gives them a place on the waitlist when no seat is free. They
/// get a mail and may leave. Everybody else is invited.
///
/// # Errors
/// As the policy for inviting with this role; [`FieldErrors`] on `member` for who is no member of the organization;
/// [`Conflict::AlreadyMember`], [`Conflict::PersonBanned`].
pub async fn add(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    role: EventRole,
) -> Outcome<Registered> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let seen = events::standing_in(services, &mut tx, Some(person.user), slug).await?;
    seen.may(EventAction::Invite { role })?;
    queries::share_organization_of(&mut tx, seen.id).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::Invite { role })?;
    let nobody = || FieldErrors::one("member", "Choose a member of the organization.");
    let user = user.ok_or_else(nobody)?;
    let added = queries::organization_member(&mut tx, event.id, user.get()).await?.ok_or_else(nobody)?;
    match events::membership(&mut tx, event.id, user).await? {
        Some((_, MembershipStatus::Active)) => return Err(Conflict::AlreadyMember.into()),
        Some((_, MembershipStatus::Banned)) => return Err(Conflict::PersonBanned.into()),
        Some((_, MembershipStatus::Waitlisted | MembershipStatus::Left | MembershipStatus::Removed))
        | None => {}
    }
    let status = place(&mut tx, event.id, false, role, WhenFull::Wait).await?;
    let row = queries::AddedMember {
        event: event.id,
        user: user.get(),
        role: role.as_str(),
        status: status.as_str(),
        now,
    };
    queries::add_member(&mut tx, &row).await?;
    let name = full_name(&added.first_name, &added.last_name);
    let organization = OrganizationId::new(added.organization_id);
    let entry = AuditEntry {
        event: Some(EventId::new(event.id)),
        subject: Some(&name),
        subject_id: Some(user.get()),
        after: Some(role.as_str()),
        ..AuditEntry::new(organization, person, AuditAction::EventMemberAdded)
    };
    audit::record(services, &mut tx, &entry).await?;
    let is_waiting = status == MembershipStatus::Waitlisted;
    let link = format!("{}/events/{}", services.public_url, added.event_slug);
    let letter = Mail::EventPlace(EventPlace {
        name: &name,
        event_title: &added.event_title,
        by: &person.full_name,
        what: PlaceChange::Added { role: role.label(), is_waiting },
        link: &link,
    });
    if user != person.user {
        write(services, &mut tx, organization, (user, &added.email, &name), &letter).await?;
    }
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(user);
    notifications::waiting_changed(services, user);
    members_changed(services, EventId::new(event.id)).await;
    Ok(if is_waiting { Registered::Waitlisted } else { Registered::Active })
}

/// Makes an owner of the organization a member of its event with the role they act with anyway. Who is so already stays
/// so.
///
/// # Errors
/// As the policy for [`EventAction::JoinAsAdmin`].
pub async fn join_as_admin(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::JoinAsAdmin)?;
    let before = event.standing.membership;
    if before == Some((EventRole::Admin, MembershipStatus::Active)) {
        return Ok(());
    }
    let had_seat = before == Some((EventRole::Attendee, MembershipStatus::Active));
    place(&mut tx, event.id, had_seat, EventRole::Admin, WhenFull::Refuse).await?;
    queries::join_as_admin(&mut tx, event.id, person.user.get(), services.clock.now()).await?;
    let moved_up = if had_seat { free_seats(services, &mut tx, &[event.id]).await? } else { Told::default() };
    let own = queries::organization_member(&mut tx, event.id, person.user.get()).await?;
    let own = own.ok_or(ServiceError::NOT_FOUND)?;
    let entry = AuditEntry {
        event: Some(EventId::new(event.id)),
        subject_id: Some(person.user.get()),
        after: Some(EventRole::Admin.as_str()),
        ..AuditEntry::new(OrganizationId::new(own.organization_id), person, AuditAction::EventJoinedAsAdmin)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    services.bus.recheck(person.user);
    members_changed(services, EventId::new(event.id)).await;
    Ok(())
}
