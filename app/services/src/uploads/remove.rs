use domain::SignedIn;
use domain::events::EventAction;
use domain::ids::{FileId, SponsorId, UserId};
use domain::uploads::{Bucket, UploadPurpose};
use sqlx::PgConnection;

use super::{key, locked_event, queries};
use crate::{Outcome, Services, accounts, db, events, sponsors};

/// Removes a person's avatar in all sizes; without one it is quiet success.
///
/// # Errors
/// Database errors only: bytes that can't be removed now are the sweep's.
pub async fn remove_avatar(services: &Services, person: &SignedIn) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    accounts::lock(&mut tx, person.user).await?;
    let gone = queries::delete_avatar(&mut tx, person.user.get()).await?;
    tx.commit().await?;
    if let Some(gone) = gone {
        discard(services, FileId::new(gone.id), &gone.sizes).await;
    }
    Ok(())
}

/// Removes a picture of an event in all sizes; without one it is quiet success.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`].
pub async fn remove_event_image(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    purpose: UploadPurpose,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let locked = locked_event(&mut tx, slug).await?;
    events::standing_in(services, &mut tx, Some(person.user), slug).await?.may(EventAction::EditDetails)?;
    let gone = queries::delete_of_event(&mut tx, locked.id, purpose.as_str()).await?;
    tx.commit().await?;
    if let Some(gone) = gone {
        discard(services, FileId::new(gone.id), &gone.sizes).await;
    }
    Ok(())
}

/// Removes the logo of a sponsor in all sizes; without one it is quiet success.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; [`domain::AppError::NotFound`] for a sponsor the event doesn't have.
pub async fn remove_sponsor_logo(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let locked = locked_event(&mut tx, slug).await?;
    events::standing_in(services, &mut tx, Some(person.user), slug).await?.may(EventAction::EditDetails)?;
    let gone = match sponsors::set_logo(&mut tx, locked.id, sponsor, None).await? {
        Some(file) => queries::delete(&mut tx, file.get()).await?,
        None => None,
    };
    tx.commit().await?;
    if let Some(gone) = gone {
        discard(services, FileId::new(gone.id), &gone.sizes).await;
    }
    Ok(())
}

/// Deletes the row of a person's avatar for good; answers what to [`discard`] after COMMIT.
///
/// # Errors
/// Database errors only.
pub(crate) async fn forget_person(
    tx: &mut PgConnection,
    user: UserId,
) -> Outcome<Option<(FileId, Vec<i32>)>> {
    let gone = queries::delete_avatar(tx, user.get()).await?;
    Ok(gone.map(|gone| (FileId::new(gone.id), gone.sizes)))
}

/// Removes the bytes of a file that has no row, from wherever they are. What fails is logged, and left to the sweep.
pub async fn discard(services: &Services, file: FileId, sizes: &[i32]) {
    for size in sizes.iter().filter_map(|size| u32::try_from(*size).ok()) {
        for bucket in Bucket::ALL {
            if let Err(error) = services.storage.remove(bucket, &key(file.get(), size)).await {
                tracing::warn!(%error, file = %file, "a removed file is still in the storage: {error}");
            }
        }
    }
}
