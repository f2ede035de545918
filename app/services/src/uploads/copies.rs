//! Pictures of an event that go into a copy of it.

use domain::events::{EventStatus, EventVisibility};
use domain::ids::{EventId, FileId, OrganizationId};
use domain::uploads::{Bucket, UploadPurpose, bucket};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::settle::read_bucket;
use super::{discard, key, queries, quotas};
use crate::{Outcome, ServiceError, Services};

/// Files copied at the same time.
const AT_ONCE: usize = 16;

/// Bytes of an event's pictures under new ids, which have no rows yet.
#[derive(Debug, Default)]
pub(crate) struct CopiedFiles {
    files: Vec<CopiedFile>,
}

#[derive(Debug)]
struct CopiedFile {
    old: Uuid,
    new: Uuid,
    sizes: Vec<i32>,
    stored_bytes: i64,
}

/// Whose copies they become.
pub(crate) struct Heir {
    pub organization: OrganizationId,
    pub event: EventId,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

/// Copies the bytes of an event's pictures and its sponsors' logos to where those of a draft are: one statement. A file
/// that is gone from the storage is left out.
///
/// # Errors
/// [`domain::uploads::UploadRefused::StorageFull`]; [`ServiceError::Broken`] when the storage fails.
pub(crate) async fn copy_bytes(
    services: &Services,
    source: EventId,
    visibility: EventVisibility,
) -> Outcome<CopiedFiles> {
    let rows = queries::files_to_copy(&services.db, source.get()).await?;
    let copied: Outcome<Vec<Option<CopiedFile>>> = futures_util::stream::iter(rows)
        .map(|row| copy_one(services, visibility, row))
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await;
    Ok(CopiedFiles { files: copied?.into_iter().flatten().collect() })
}

async fn copy_one(
    services: &Services,
    visibility: EventVisibility,
    row: queries::ToCopyRow,
) -> Outcome<Option<CopiedFile>> {
    let purpose = UploadPurpose::from_stored(&row.purpose)
        .ok_or_else(|| ServiceError::unknown_value("files.purpose", &row.purpose))?;
    let (from, to) = (read_bucket(&row.bucket)?, bucket(purpose, Some((visibility, EventStatus::Draft))));
    let new = services.rng.id(services.clock.now());
    let file = CopiedFile { old: row.id, new, sizes: row.sizes, stored_bytes: row.stored_bytes.into() };
    for size in file.sizes.iter().filter_map(|size| u32::try_from(*size).ok()) {
        if !copy_size(services, from, to, (&key(file.old, size), &key(new, size))).await? {
            discard(services, FileId::new(new), &file.sizes).await;
            return Ok(None);
        }
    }
    Ok(Some(file))
}

/// It may be on its way to the other bucket.
async fn copy_size(services: &Services, from: Bucket, to: Bucket, (old, new): (&str, &str)) -> Outcome<bool> {
    if services.storage.copy_as((from, old), (to, new)).await? {
        return Ok(true);
    }
    for other in Bucket::ALL.into_iter().filter(|other| *other != from) {
        if services.storage.copy_as((other, old), (to, new)).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl CopiedFiles {
    /// Old and new ids, in one order.
    pub(crate) fn ids(&self) -> (Vec<Uuid>, Vec<Uuid>) {
        self.files.iter().map(|file| (file.old, file.new)).unzip()
    }

    /// Writes their rows for an event that the caller has just made, whose organization it holds. Two statements.
    ///
    /// # Errors
    /// [`domain::uploads::UploadRefused::OrganizationFull`], [`domain::uploads::UploadRefused::EventFull`].
    pub(crate) async fn keep(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        heir: &Heir,
        visibility: EventVisibility,
    ) -> Outcome<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        let (organization, event) = (heir.organization.get(), heir.event.get());
        let bytes = self.files.iter().map(|file| file.stored_bytes).sum();
        quotas::check_room(services, &mut *tx, organization, event, bytes).await?;
        let (old, new) = self.ids();
        let place = bucket(UploadPurpose::EventLogo, Some((visibility, EventStatus::Draft)));
        let copies =
            queries::Copies { old: &old, new: &new, bucket: place.as_str(), by: heir.by, now: heir.now };
        Ok(queries::insert_copies(tx, organization, event, &copies).await?)
    }

    /// Removes the bytes again, when there was nothing to keep them for.
    pub(crate) async fn discard(self, services: &Services) {
        for file in self.files {
            discard(services, FileId::new(file.new), &file.sizes).await;
        }
    }
}
