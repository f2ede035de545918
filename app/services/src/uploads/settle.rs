use domain::events::{EventStatus, EventVisibility};
use domain::ids::OrganizationId;
use domain::uploads::{Bucket, UploadPurpose, bucket};
use uuid::Uuid;

use super::{key, queries};
use crate::{Outcome, ServiceError, Services, db};

/// Moves an event's files to the bucket where they belong since its state changed. Called after COMMIT; what fails is
/// logged, and the sweep does it again. Nobody sees more in the meantime: every fetch asks for the state of now.
pub async fn settle_event(services: &Services, event: Uuid) {
    if let Err(error) = settle(services, event).await {
        tracing::warn!(%error, %event, "files are in the wrong bucket: {error}");
    }
}

/// As [`settle_event`], of all events of an organization, in the background: there may be many.
pub fn settle_organization(services: &Services, organization: OrganizationId) {
    let services = services.clone();
    tokio::spawn(async move {
        match queries::events_with_files(&services.db, organization.get()).await {
            Ok(events) => {
                for event in events {
                    settle_event(&services, event).await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, %organization, "files are in the wrong bucket: {error}");
            }
        }
    });
}

async fn settle(services: &Services, event: Uuid) -> Outcome<()> {
    for file in queries::files_of_event(&services.db, event).await? {
        settle_file(services, file).await?;
    }
    Ok(())
}

/// Under the lock of the file's row, which nothing else waits for: two moves of one file, or a move and the sweep,
/// would remove each other's bytes.
pub(super) async fn settle_file(services: &Services, file: Uuid) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let Some(row) = queries::lock_file_of_event(&mut tx, file).await? else {
        return Ok(());
    };
    let (from, to) = (read_bucket(&row.bucket)?, where_it_belongs(&row)?);
    if from == to {
        return Ok(());
    }
    let sizes: Vec<u32> = row.sizes.iter().filter_map(|size| u32::try_from(*size).ok()).collect();
    for size in &sizes {
        // False when an earlier try came this far: then it is there already.
        services.storage.copy(from, to, &key(file, *size)).await?;
    }
    queries::set_bucket(&mut tx, file, to.as_str()).await?;
    for size in &sizes {
        services.storage.remove(from, &key(file, *size)).await?;
    }
    tx.commit().await?;
    Ok(())
}

pub(super) fn read_bucket(stored: &str) -> Outcome<Bucket> {
    Bucket::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("files.bucket", stored))
}

fn where_it_belongs(row: &queries::FileOfEvent) -> Outcome<Bucket> {
    let unknown = ServiceError::unknown_value;
    let purpose =
        UploadPurpose::from_stored(&row.purpose).ok_or_else(|| unknown("files.purpose", &row.purpose))?;
    let visibility = EventVisibility::from_stored(&row.visibility)
        .ok_or_else(|| unknown("events.visibility", &row.visibility))?;
    let status =
        EventStatus::from_stored(&row.status).ok_or_else(|| unknown("events.status", &row.status))?;
    let status = if row.organization_is_deleted { EventStatus::Deleted } else { status };
    Ok(bucket(purpose, Some((visibility, status))))
}
