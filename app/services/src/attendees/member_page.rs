use domain::SignedIn;
use domain::attendees::{EventRole, MembershipStatus, Standing};
use domain::events::{EventAction, EventVisibility, assignable, may};
use domain::ids::{FileId, UserId};
use domain::time::Timestamp;

use super::held::{stored_role, stored_status};
use super::queries;
use crate::events::{self, EventHead};
use crate::organizations::audit::{self, LoggedEntry};
use crate::{Outcome, ServiceError, Services};

/// One of the people of an event, with what the viewer may do about them.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberPage {
    pub head: EventHead,
    /// Of the viewer.
    pub role: EventRole,
    pub member: MemberDetails,
    pub choices: MemberChoices,
    /// What was done to their membership, newest first.
    pub history: Vec<LoggedEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberDetails {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub email: String,
    pub company: Option<String>,
    /// Of the profile.
    pub title: Option<String>,
    /// For this event.
    pub title_here: Option<String>,
    pub bio_here: Option<String>,
    /// Of both.
    pub texts_version: i32,
    pub role: EventRole,
    pub status: MembershipStatus,
    /// Owns the organization, so acts as an admin whatever the role says.
    pub is_owner: bool,
    pub joined_at: Timestamp,
    /// When, and by whom where that is known.
    pub checked_in: Option<(Timestamp, Option<String>)>,
    pub ban: Option<Ban>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    pub at: Timestamp,
    pub by: String,
    pub reason: String,
    /// For moderators and organizers.
    pub note: Option<String>,
}

/// What the page offers; the use cases ask again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberChoices {
    /// The roles they can get, highest first, with their own; empty when it is not for the viewer to change.
    pub roles: Vec<EventRole>,
    pub remove: bool,
    pub bring_back: bool,
    pub ban: bool,
    pub unban: bool,
    pub edit_texts: bool,
    /// Also to take the mark back.
    pub check_in: bool,
    /// To write to them, about the event.
    pub message: bool,
}

/// Opens one of the people: three statements.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`]; [`domain::AppError::NotFound`] for who has no row, or a closed account.
pub async fn member(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<MemberPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeePeople, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    let mut connection = services.db.acquire().await?;
    let row = queries::member(&mut connection, head.id.get(), user.get()).await?;
    let member = details(user, row.ok_or(ServiceError::NOT_FOUND)?)?;
    let history = audit::about_member(&mut connection, head.id, user).await?;
    Ok(MemberPage {
        choices: choices(&member, user == person.user, head.visibility, &standing),
        head,
        role,
        member,
        history,
    })
}

fn details(user: UserId, row: queries::MemberRow) -> Outcome<MemberDetails> {
    let ban = match (row.banned_at, row.ban_reason) {
        (Some(at), Some(reason)) => Some(Ban {
            at: Timestamp::from(at),
            by: row.banned_by.unwrap_or_default(),
            reason,
            note: row.ban_note,
        }),
        _ => None,
    };
    Ok(MemberDetails {
        user,
        full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
        avatar: row.avatar_file_id.map(FileId::new),
        email: row.email,
        company: row.company,
        title: row.title,
        title_here: row.title_here,
        bio_here: row.bio_here,
        texts_version: row.texts_version,
        role: stored_role(&row.role)?,
        status: stored_status(&row.status)?,
        is_owner: row.is_owner,
        joined_at: Timestamp::from(row.joined_at),
        checked_in: row.checked_in_at.map(|at| (Timestamp::from(at), row.checked_in_by)),
        ban,
    })
}

fn choices(
    member: &MemberDetails,
    is_own: bool,
    visibility: EventVisibility,
    standing: &Standing,
) -> MemberChoices {
    let allows = |action| may(action, visibility, standing).is_ok();
    let edit_texts = allows(EventAction::EditMemberTexts);
    let check_in = member.status == MembershipStatus::Active && allows(EventAction::CheckIn);
    if is_own {
        return MemberChoices { edit_texts, check_in, ..MemberChoices::default() };
    }
    let rank = if member.is_owner { EventRole::Admin } else { member.role };
    let may_change = allows(EventAction::ChangeMember { role: rank });
    let may_ban = !member.is_owner && allows(EventAction::Restrict { role: member.role });
    let is_here = matches!(member.status, MembershipStatus::Active | MembershipStatus::Waitlisted);
    let is_banned = member.status == MembershipStatus::Banned;
    let may_return = allows(EventAction::Invite { role: member.role });
    MemberChoices {
        roles: if is_here { assignable(rank, visibility, standing) } else { Vec::new() },
        remove: is_here && may_change,
        bring_back: member.status == MembershipStatus::Removed && may_change && may_return,
        ban: !is_banned && may_ban,
        unban: is_banned && may_ban,
        edit_texts,
        check_in,
        message: member.status == MembershipStatus::Active,
    }
}
