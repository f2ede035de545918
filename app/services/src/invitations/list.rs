use domain::accounts::full_name;
use domain::ids::InvitationId;
use domain::invitations::{InvitationDelivery, InvitationStatus, InvitedRole};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{AppError, SignedIn};

use super::find::{stored_role, stored_status};
use super::occasion::InvitedTo;
use super::queries::{self, ListRow, WantedList};
use super::target::{self, Target, TargetPath};
use crate::{Outcome, ServiceError, Services};

/// What to look for among the invitations of one target.
#[derive(Debug, Clone, Default)]
pub struct InvitationFilter {
    /// Part of an address, or nothing.
    pub text: SearchText,
    pub status: Option<InvitationStatus>,
    pub delivery: Option<InvitationDelivery>,
}

/// One invitation, as inviters and their peers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    pub id: InvitationId,
    pub address: String,
    pub role: InvitedRole,
    pub status: InvitationStatus,
    pub delivery: InvitationDelivery,
    /// The mail server's words when the mail failed.
    pub delivery_answer: Option<String>,
    pub inviter: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// Whether the viewer may change or repeat it.
    pub is_manageable: bool,
    /// Whether they may cancel it, also where nobody can be invited any more.
    pub is_cancellable: bool,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct InvitationsPage {
    pub invited_to: InvitedTo,
    /// The roles the viewer may invite with, highest first; none when nobody can be invited any more.
    pub grantable: Vec<InvitedRole>,
    pub invitations: Page<InvitationRow>,
}

/// The invitations to one target, newest first: three statements.
///
/// # Errors
/// [`AppError::NotFound`] for outsiders; [`AppError::Denied`] for people without the role; [`AppError::NoSuchPage`].
pub async fn list(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    filter: &InvitationFilter,
    request: PageRequest,
) -> Outcome<InvitationsPage> {
    let target = target::load(&mut *services.db.acquire().await?, person, path).await?;
    target.may_manage()?;
    let wanted = WantedList {
        organization: target.id.organization(),
        event: target.id.event(),
        text: filter.text.as_str(),
        status: filter.status.map(InvitationStatus::as_str),
        delivery: filter.delivery.map(InvitationDelivery::as_str),
        now: services.clock.now(),
    };
    let total = queries::count(&services.db, &wanted).await?;
    let rows = queries::invitations(&services.db, &wanted, request.limit(), request.offset()).await?;
    let grantable = target.grantable();
    let rows = rows.into_iter().map(|row| read(row, &target, &grantable)).collect::<Outcome<Vec<_>>>()?;
    let invitations = Page::of(rows, request, total)?;
    Ok(InvitationsPage { invited_to: target.invited_to, grantable, invitations })
}

fn read(row: ListRow, target: &Target, grantable: &[InvitedRole]) -> Outcome<InvitationRow> {
    let role = stored_role(target.invited_to.kind, &row.role)?;
    Ok(InvitationRow {
        id: InvitationId::new(row.id),
        role,
        status: stored_status(&row.status)?,
        delivery: InvitationDelivery::from_stored(&row.delivery)
            .ok_or_else(|| ServiceError::unknown_value("invitations.delivery", &row.delivery))?,
        delivery_answer: row.delivery_answer,
        inviter: full_name(&row.inviter_first_name, &row.inviter_last_name),
        created_at: Timestamp::from(row.created_at),
        expires_at: Timestamp::from(row.expires_at),
        is_manageable: grantable.contains(&role),
        is_cancellable: target.may_cancel(role).is_ok(),
        address: row.address,
    })
}

/// How many wait for an answer, for a link to the list; `None` for people who may not see it: two statements.
///
/// # Errors
/// Database errors only.
pub async fn pending_count(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
) -> Outcome<Option<i64>> {
    let target = target::load(&mut *services.db.acquire().await?, person, path).await?;
    match target.may_manage() {
        Ok(()) => {
            let (organization, event) = (target.id.organization(), target.id.event());
            let now = services.clock.now();
            Ok(Some(queries::pending(&services.db, organization, event, now).await?))
        }
        Err(AppError::Denied(_) | AppError::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
