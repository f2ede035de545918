use domain::accounts::Acquaintance;
use domain::attendees::Standing;
use domain::events::{EventStatus, EventVisibility, Sight, sight};
use domain::ids::{FileId, UserId};
use domain::uploads::{Audience, Bucket, FileName, SignedAddress, UploadPurpose, bucket};

use super::{address, key, queries, settle};
use crate::events::StandingFacts;
use crate::storage::Stored;
use crate::{Outcome, ServiceError, Services};

/// A file on its way to a browser.
pub struct Delivered {
    pub stored: Stored,
    pub purpose: UploadPurpose,
}

/// A file of an event whose page anybody may open, under its public address: one statement.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anything that is not public at this moment.
pub async fn deliver_public(
    services: &Services,
    file: FileId,
    hash: &str,
    name: FileName,
) -> Outcome<Delivered> {
    let row = queries::find(&services.db, file.get(), None).await?.ok_or(ServiceError::NOT_FOUND)?;
    let found = Found::read(&row)?;
    if address::short(&row.content_hash) != hash || found.belongs() != Bucket::Public {
        return Err(ServiceError::NOT_FOUND);
    }
    open(services, &row, found.purpose, name).await
}

/// A file under a signed address: we made it, it has not run out, it was made for this viewer, and they may still see
/// the file; in a meeting, whoever has the address. One statement.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everything else, so that an address tells nothing.
pub async fn deliver_private(
    services: &Services,
    viewer: Option<UserId>,
    address: &SignedAddress,
) -> Outcome<Delivered> {
    let is_theirs = match address.audience {
        Audience::Anybody | Audience::Meeting => true,
        Audience::Person(user) => viewer == Some(user),
    };
    if !is_theirs || !address::is_good(services, address) {
        return Err(ServiceError::NOT_FOUND);
    }
    let viewer = viewer.map(UserId::get);
    let row = queries::find(&services.db, address.file.get(), viewer).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let found = Found::read(&row)?;
    let is_taken_along = address.audience == Audience::Meeting && found.purpose == UploadPurpose::Avatar;
    if !is_taken_along && !found.is_seen(&row) {
        return Err(ServiceError::NOT_FOUND);
    }
    open(services, &row, found.purpose, address.name).await
}

/// What decides about a file.
struct Found {
    purpose: UploadPurpose,
    event: Option<(EventVisibility, Standing)>,
}

impl Found {
    fn read(row: &queries::FileRow) -> Outcome<Self> {
        let unknown = ServiceError::unknown_value;
        let purpose =
            UploadPurpose::from_stored(&row.purpose).ok_or_else(|| unknown("files.purpose", &row.purpose))?;
        let event = match (&row.visibility, &row.event_status) {
            (Some(visibility), Some(status)) => {
                let visibility = EventVisibility::from_stored(visibility)
                    .ok_or_else(|| unknown("events.visibility", visibility))?;
                let facts = StandingFacts {
                    event_status: status,
                    role: row.role.as_deref(),
                    membership: row.membership.as_deref(),
                    organization_role: row.organization_role.as_deref(),
                    muted: false,
                };
                let mut standing = facts.read()?;
                if row.organization_is_deleted == Some(true) {
                    standing.event_status = EventStatus::Deleted;
                }
                Some((visibility, standing))
            }
            _ => None,
        };
        Ok(Self { purpose, event })
    }

    fn belongs(&self) -> Bucket {
        bucket(self.purpose, self.event.map(|(visibility, standing)| (visibility, standing.event_status)))
    }

    fn is_seen(&self, row: &queries::FileRow) -> bool {
        match self.event {
            Some((visibility, standing)) => match sight(visibility, &standing) {
                Sight::Member(_) | Sight::PublicPage => true,
                Sight::NotOpenYet | Sight::Hidden => false,
            },
            None => Acquaintance {
                is_self: row.is_self,
                shares_event: row.shares_event,
                shares_organization: row.shares_organization,
                speaks_in_public: row.speaks_in_public,
                is_connected: row.is_connected,
                asks_viewer: row.asks_viewer,
                is_blocked: row.is_blocked,
            }
            .sees(),
        }
    }
}

/// From the bucket where the row says it is, or the other one: it may be moving right now.
async fn open(
    services: &Services,
    row: &queries::FileRow,
    purpose: UploadPurpose,
    name: FileName,
) -> Outcome<Delivered> {
    let has_size = i32::try_from(name.0).is_ok_and(|size| row.sizes.contains(&size));
    if !has_size {
        return Err(ServiceError::NOT_FOUND);
    }
    let key = key(row.id, name.0);
    let bucket = settle::read_bucket(&row.bucket)?;
    for bucket in [bucket, bucket.other()] {
        if let Some(stored) = services.storage.open(bucket, &key).await? {
            return Ok(Delivered { stored, purpose });
        }
    }
    tracing::error!(file = %row.id, "a file has a row and no bytes");
    Err(ServiceError::NOT_FOUND)
}
