//! Lists that became invitations, taken back as one.

use domain::SignedIn;
use domain::ids::ImportId;
use domain::organizations::AuditAction;
use uuid::Uuid;

use super::find::stored_role;
use super::queries;
use super::send;
use super::target::{self, TargetPath};
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services, db, mail};

/// The newest list of a target that has open invitations left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastImport {
    pub id: ImportId,
    pub open: i64,
}

/// For somebody who manages the invitations there: two statements.
///
/// # Errors
/// [`domain::AppError::NotFound`] for outsiders; [`domain::AppError::Denied`] by the matrix.
pub async fn last_import(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
) -> Outcome<Option<LastImport>> {
    let mut connection = services.db.acquire().await?;
    let target = target::load(&mut connection, person, path).await?;
    target.may_manage()?;
    let (organization, event) = (target.id.organization(), target.id.event());
    let row = queries::last_import(&mut connection, organization, event, services.clock.now()).await?;
    Ok(row.map(|row| LastImport { id: ImportId::new(row.import_id), open: row.open }))
}

/// Cancels what is open of a list: the links are dead, and mails that have not left don't. Who accepted stays. Answers
/// how many it cancelled; again it is none.
///
/// # Errors
/// [`domain::AppError::NotFound`] for outsiders, and for a list that was sent to something else;
/// [`domain::AppError::Denied`] by the matrix, for the roles of what is still open.
pub async fn undo_import(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
    import: Option<ImportId>,
) -> Outcome<usize> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let target = target::lock(&mut tx, person, path).await?;
    target.may_manage()?;
    let import = import.ok_or(ServiceError::NOT_FOUND)?;
    let (organization, event) = (target.id.organization(), target.id.event());
    let roles = queries::roles_of_import(&mut tx, import.get(), organization, event, now).await?;
    if roles.is_empty() {
        return Err(ServiceError::NOT_FOUND);
    }
    let roles: Vec<String> = roles.into_iter().filter(|row| row.is_open).map(|row| row.role).collect();
    for role in &roles {
        target.may_cancel(stored_role(target.invited_to.kind, role)?)?;
    }
    let cancelled = queries::cancel_import(&mut tx, import.get(), organization, event, now).await?;
    let mails: Vec<Uuid> = cancelled.iter().filter_map(|row| row.mail_id).collect();
    mail::withdraw(services, &mut tx, &mails).await?;
    let subjects: Vec<(String, Uuid)> = cancelled.iter().map(|row| (row.address.clone(), row.id)).collect();
    if !subjects.is_empty() {
        let entry = AuditEntry {
            after: roles.first().map(String::as_str).filter(|_| roles.len() == 1),
            ..send::entry(&target, person, AuditAction::InvitationCancelled)
        };
        audit::record_each(services, &mut tx, &entry, &subjects).await?;
    }
    tx.commit().await?;
    Ok(subjects.len())
}
