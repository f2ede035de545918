use domain::attendees::{EventRole, MembershipStatus, Standing, mute_holds};
use domain::events::{EventAction, EventVisibility, may};
use domain::ids::{FileId, UserId};
use domain::time::Timestamp;
use domain::{AppError, Denied, SignedIn};

use super::held::{stored_role, stored_status};
use super::member_page::Ban;
use super::queries;
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services};

/// A mute that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    pub since: Timestamp,
    /// `None` for the whole event.
    pub until: Option<Timestamp>,
    pub by: String,
    pub reason: String,
}

/// Somebody of an event as its moderators see them: no address, no check-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeratedPerson {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub role: EventRole,
    pub status: MembershipStatus,
    pub mute: Option<Mute>,
    pub ban: Option<Ban>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ModeratedPage {
    pub head: EventHead,
    /// Of the viewer.
    pub role: EventRole,
    pub person: ModeratedPerson,
    /// Why the viewer may not mute or ban them.
    pub out_of_reach: Option<AppError>,
}

/// Opens one of the people for a moderator: two statements.
///
/// # Errors
/// As the policy for [`EventAction::Moderate`]; [`domain::AppError::NotFound`] for who has no row, or a closed account.
pub async fn moderated(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<ModeratedPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::Moderate, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    let mut connection = services.db.acquire().await?;
    let row = queries::member(&mut connection, head.id.get(), user.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let of_role = stored_role(&row.role)?;
    let out_of_reach = if user == person.user {
        Some(Denied::Oneself.into())
    } else {
        out_of_reach((of_role, row.is_owner), head.visibility, &standing)
    };
    let seen = seen(user, of_role, row, services.clock.now())?;
    Ok(ModeratedPage { head, role, person: seen, out_of_reach })
}

/// Why whoever stands so in an event may not warn, mute or ban a member of this role, or one who owns the organization.
pub(crate) fn out_of_reach(
    (role, is_owner): (EventRole, bool),
    visibility: EventVisibility,
    standing: &Standing,
) -> Option<AppError> {
    if is_owner {
        return Some(Denied::OwnerOfOrganization.into());
    }
    may(EventAction::Restrict { role }, visibility, standing).err()
}

fn seen(
    user: UserId,
    role: EventRole,
    row: queries::MemberRow,
    now: time::OffsetDateTime,
) -> Outcome<ModeratedPerson> {
    let is_muted = mute_holds(row.muted_at, row.muted_until, now);
    let mute = row.muted_at.filter(|_| is_muted).map(|since| Mute {
        since: Timestamp::from(since),
        until: row.muted_until.map(Timestamp::from),
        by: row.muted_by.unwrap_or_default(),
        reason: row.mute_reason.unwrap_or_default(),
    });
    let ban = row.banned_at.zip(row.ban_reason).map(|(at, reason)| Ban {
        at: Timestamp::from(at),
        by: row.banned_by.unwrap_or_default(),
        reason,
        note: row.ban_note,
    });
    Ok(ModeratedPerson {
        user,
        full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
        avatar: row.avatar_file_id.map(FileId::new),
        role,
        status: stored_status(&row.status)?,
        mute,
        ban,
    })
}
