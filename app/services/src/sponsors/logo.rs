use domain::ids::{FileId, SponsorId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, ServiceError};

/// Points a sponsor to its logo, or to none, in the transaction of whoever keeps and removes files; answers the file it
/// had. The caller holds the event and has asked the policy.
///
/// # Errors
/// [`domain::AppError::NotFound`] for a sponsor of another event, and for one that is deleted.
pub(crate) async fn set_logo(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: SponsorId,
    file: Option<FileId>,
) -> Outcome<Option<FileId>> {
    let before = queries::logo(tx, event, sponsor.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    queries::point_to_logo(tx, event, sponsor.get(), file.map(FileId::get)).await?;
    Ok(before.file.map(FileId::new))
}
