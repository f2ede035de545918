use domain::ids::{FileId, UserId};
use domain::notifications::{News, NotificationKind};
use domain::organizations::{AuditAction, OrganizationAction, OrganizationRole, OrganizationSummary, may};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{Conflict, Denied, SignedIn};
use sqlx::PgConnection;

use super::audit::{self, AuditEntry};
use super::locked::{Counterpart, Locked, lock, may_own_another};
use super::queries;
use super::read::{role_of, visible_to};
use crate::events::{self, Removal};
use crate::mail::{self, Mail};
use crate::notifications::{Telling, Told};
use crate::{Outcome, Services, accounts, db, notifications};

/// One member, as another one sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    /// Only for owners and admins.
    pub email: Option<String>,
    pub role: OrganizationRole,
    pub joined_at: Timestamp,
    /// Whether their profile opens for the viewer: not where one of the two blocked the other.
    pub is_seen: bool,
}

/// What to look for among members.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// Part of a name; for owners and admins also of an address.
    pub text: SearchText,
    pub role: Option<OrganizationRole>,
}

/// A page of the members list, for one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct MembersPage {
    pub organization: OrganizationSummary,
    pub members: Page<Member>,
}

/// The members by name: three statements.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but members; [`domain::AppError::NoSuchPage`].
pub async fn members(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &MemberFilter,
    request: PageRequest,
) -> Outcome<MembersPage> {
    let organization = visible_to(services, person, slug).await?;
    let sees_addresses = may(OrganizationAction::SeeAddresses, Some(organization.role)).is_ok();
    let wanted = queries::Wanted {
        organization: organization.id.get(),
        text: filter.text.as_str(),
        role: filter.role.map(OrganizationRole::as_str),
        in_addresses: sees_addresses,
    };
    let total = queries::count_members(&services.db, &wanted).await?;
    let viewer = person.user.get();
    let rows = queries::members(&services.db, &wanted, viewer, request.limit(), request.offset()).await?;
    let members = rows
        .into_iter()
        .map(|row| {
            Ok(Member {
                user: UserId::new(row.user_id),
                full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
                avatar: row.avatar_file_id.map(FileId::new),
                email: sees_addresses.then_some(row.email),
                role: role_of(&row.role)?,
                joined_at: Timestamp::from(row.joined_at),
                is_seen: !row.is_blocked,
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    Ok(MembersPage { organization, members: Page::of(members, request, total)? })
}

/// Somebody as the page showed them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenMember {
    pub user: UserId,
    /// `None` where nobody looked before.
    pub role: Option<OrganizationRole>,
}

impl From<UserId> for SeenMember {
    fn from(user: UserId) -> Self {
        Self { user, role: None }
    }
}

impl SeenMember {
    /// Whether what was decided was decided about the role they have.
    fn is_still(self, role: OrganizationRole) -> Result<(), Conflict> {
        if self.role.is_some_and(|seen| seen != role) { Err(Conflict::RoleChangedMeanwhile) } else { Ok(()) }
    }
}

/// Gives a member another role; the one they have already is fine. They get a mail if they
/// want one, and their open sockets follow within a second.
///
/// # Errors
/// [`domain::AppError::NotFound`] for outsiders, and for somebody who is no member; [`domain::AppError::Denied`] by the
/// matrix and for one's own role; [`Conflict::LastOwner`]; [`Conflict::TooManyOrganizations`] of a new
/// owner.
pub async fn change_role(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    seen: impl Into<SeenMember>,
    to: OrganizationRole,
) -> Outcome<()> {
    let seen = seen.into();
    let user = seen.user;
    let mut tx = db::begin(&services.db).await?;
    let locked = lock(&mut tx, person, slug).await?;
    let member = locked.member(&mut tx, user).await?;
    may(OrganizationAction::ChangeRole { from: member.role, to }, Some(locked.actor))?;
    if user == person.user {
        return Err(Denied::OwnRole.into());
    }
    if member.role == to {
        return Ok(());
    }
    seen.is_still(member.role)?;
    if member.is_active {
        locked.keeps_an_owner(&mut tx, member.role).await?;
    }
    if to == OrganizationRole::Owner {
        may_own_another(&mut tx, user).await?;
    }
    queries::set_role(&mut tx, locked.organization.get(), user.get(), to.as_str()).await?;
    let entry = AuditEntry {
        subject: Some(&member.full_name),
        subject_id: Some(user.get()),
        before: Some(member.role.as_str()),
        after: Some(to.as_str()),
        ..AuditEntry::new(locked.organization, person, AuditAction::RoleChanged)
    };
    audit::record(services, &mut tx, &entry).await?;
    tell(services, &mut tx, person, &locked, (user, &member), Some(to)).await?;
    let told = tell_in_app(services, &mut tx, person, &locked, user, Some(to)).await?;
    tx.commit().await?;
    services.outbox.wake();
    told.announce(services);
    services.bus.recheck(user);
    Ok(())
}

/// What becomes of the memberships in the organization's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventMemberships {
    Stay,
    End,
}

/// Ends somebody's membership, and where wanted those in the organization's events; open sockets follow within a
/// second. Where they were the only admin of an event, the owner who removes them is it from then on: answers the titles of
/// those events.
///
/// # Errors
/// As [`change_role`]; for oneself there is [`leave`]; [`Conflict::LastEventAdmin`] where they are the only admin of
/// an event and no owner removes them.
pub async fn remove(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    seen: impl Into<SeenMember>,
    event_memberships: EventMemberships,
) -> Outcome<Vec<String>> {
    let seen = seen.into();
    let user = seen.user;
    let mut tx = db::begin(&services.db).await?;
    let locked = lock(&mut tx, person, slug).await?;
    let member = locked.member(&mut tx, user).await?;
    may(OrganizationAction::Remove { role: member.role }, Some(locked.actor))?;
    if user == person.user {
        return Err(Denied::OwnRole.into());
    }
    seen.is_still(member.role)?;
    if member.is_active {
        locked.keeps_an_owner(&mut tx, member.role).await?;
    }
    queries::delete_member(&mut tx, locked.organization.get(), user.get()).await?;
    let taken_over = match event_memberships {
        EventMemberships::Stay => Vec::new(),
        EventMemberships::End => {
            let removal = Removal {
                organization: locked.organization,
                user,
                full_name: &member.full_name,
                by: person,
                by_owner: locked.actor == OrganizationRole::Owner,
            };
            events::remove_from_all(services, &mut tx, &removal).await?
        }
    };
    let entry = AuditEntry {
        subject: Some(&member.full_name),
        subject_id: Some(user.get()),
        before: Some(member.role.as_str()),
        ..AuditEntry::new(locked.organization, person, AuditAction::MemberRemoved)
    };
    audit::record(services, &mut tx, &entry).await?;
    tell(services, &mut tx, person, &locked, (user, &member), None).await?;
    let told = tell_in_app(services, &mut tx, person, &locked, user, None).await?;
    tx.commit().await?;
    services.outbox.wake();
    told.announce(services);
    services.bus.recheck(user);
    services.bus.recheck(person.user);
    Ok(taken_over)
}

/// Mails somebody the role they have now, or that they have none any more, if they want such mails.
async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    locked: &Locked,
    (user, member): (UserId, &Counterpart),
    role: Option<OrganizationRole>,
) -> Outcome<()> {
    if !member.is_active || !notifications::wants_mail(tx, user, NotificationKind::RoleChanged).await? {
        return Ok(());
    }
    let link = format!("{}/home", services.public_url);
    let letter = Mail::RoleChanged {
        name: &member.full_name,
        organization: &locked.name,
        by: &person.full_name,
        role: role.map(OrganizationRole::label),
        link: &link,
    };
    let email = accounts::stored_address(&member.email)?;
    mail::enqueue_for(services, tx, locked.organization, &email, &member.full_name, &letter).await
}

/// One line in the app about the role somebody has now, or that they have none any more.
pub(super) async fn tell_in_app(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    locked: &Locked,
    user: UserId,
    role: Option<OrganizationRole>,
) -> Outcome<Told> {
    let telling = Telling {
        news: if role.is_some() { News::RoleChanged } else { News::Removed },
        by: Some(person),
        names_actor: true,
        subject: Some(&locked.name),
        detail: role.map(OrganizationRole::label),
        link: "/home",
        thing: &locked.organization.to_string(),
    };
    notifications::tell(services, tx, &[user], &telling).await
}

/// Ends the own membership.
///
/// # Errors
/// [`domain::AppError::NotFound`] for outsiders; [`Conflict::LastOwner`].
pub async fn leave(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let locked = lock(&mut tx, person, slug).await?;
    may(OrganizationAction::Leave, Some(locked.actor))?;
    locked.keeps_an_owner(&mut tx, locked.actor).await?;
    queries::delete_member(&mut tx, locked.organization.get(), person.user.get()).await?;
    let entry = AuditEntry {
        before: Some(locked.actor.as_str()),
        ..AuditEntry::new(locked.organization, person, AuditAction::MemberLeft)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    services.bus.recheck(person.user);
    Ok(())
}
