use bytes::Bytes;
use domain::SignedIn;
use domain::events::EventAction;
use domain::ids::{FileId, SponsorId};
use domain::uploads::{AlternativeText, Bucket, UploadPurpose, bucket};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{discard, key, locked_event, names, queries, quotas};
use crate::images::Picture;
use crate::{Outcome, ServiceError, Services, accounts, db, events, sponsors};

/// Whether this person may upload an avatar now; asked before a byte of it is read.
///
/// # Errors
/// [`domain::AppError::TooMany`] after 60 files an hour; [`domain::uploads::UploadRefused::DayUsedUp`].
pub async fn may_upload_avatar(services: &Services, person: &SignedIn) -> Outcome<()> {
    quotas::check_person(services, person.user.get()).await
}

/// Whether this person may upload pictures of an event now; asked before a byte is read.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`], and as [`may_upload_avatar`].
pub async fn may_upload_to_event(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    events::standing(services, Some(person.user), slug).await?.may(EventAction::EditDetails)?;
    quotas::check_person(services, person.user.get()).await
}

/// Keeps a person's avatar and removes the one before.
///
/// # Errors
/// [`domain::uploads::UploadRefused`]; [`domain::AppError::TooMany`]; [`domain::AppError::Busy`].
pub async fn store_avatar(services: &Services, person: &SignedIn, file: Bytes) -> Outcome<FileId> {
    let user = person.user.get();
    let written = write(services, person, UploadPurpose::Avatar, Bucket::Private, file).await?;
    let row = async {
        let mut tx = db::begin(&services.db).await?;
        accounts::lock(&mut tx, person.user).await?;
        // Locked: an account that ended meanwhile takes nothing in.
        if !queries::is_active(&mut tx, user).await? {
            return Err(ServiceError::NOT_FOUND);
        }
        let replaced = queries::delete_avatar(&mut tx, user).await?;
        let new = written.row(UploadPurpose::Avatar, person, &AlternativeText::NONE);
        queries::insert_avatar(&mut tx, &new, user).await?;
        queries::point_to_avatar(&mut tx, user, new.id).await?;
        tx.commit().await?;
        Ok(replaced)
    };
    written.settled(services, row.await).await
}

/// Keeps a picture of an event in the place of the one before.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; as [`store_avatar`].
pub async fn store_for_event(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    purpose: UploadPurpose,
    alternative_text: &AlternativeText,
    file: Bytes,
) -> Outcome<FileId> {
    let event = events::standing(services, Some(person.user), slug).await?;
    event.may(EventAction::EditDetails)?;
    let place = bucket(purpose, Some((event.visibility, event.standing.event_status)));
    let written = write(services, person, purpose, place, file).await?;
    let row = async {
        let mut tx = db::begin(&services.db).await?;
        let owner = lock_event(services, &mut tx, person, slug).await?;
        let replaced = match purpose {
            UploadPurpose::SponsorLogo | UploadPurpose::Avatar => None,
            UploadPurpose::EventLogo
            | UploadPurpose::EventBanner
            | UploadPurpose::EventHeroDesktop
            | UploadPurpose::EventHeroMobile => {
                queries::delete_of_event(&mut tx, owner.event, purpose.as_str()).await?
            }
        };
        quotas::check_room(services, &mut tx, owner.organization, owner.event, written.bytes()).await?;
        let new = written.row(purpose, person, alternative_text);
        queries::insert_for_event(&mut tx, &new, owner.organization, owner.event).await?;
        tx.commit().await?;
        Ok((replaced, owner.event))
    };
    written.settled_in_event(services, row.await).await
}

/// Keeps the logo of a sponsor in the place of the one before.
///
/// # Errors
/// As [`store_for_event`]; [`domain::AppError::NotFound`] for a sponsor the event doesn't have.
pub async fn store_sponsor_logo(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
    file: Bytes,
) -> Outcome<FileId> {
    let purpose = UploadPurpose::SponsorLogo;
    let event = events::standing(services, Some(person.user), slug).await?;
    event.may(EventAction::EditDetails)?;
    let place = bucket(purpose, Some((event.visibility, event.standing.event_status)));
    let written = write(services, person, purpose, place, file).await?;
    let row = async {
        let mut tx = db::begin(&services.db).await?;
        let owner = lock_event(services, &mut tx, person, slug).await?;
        let replaced = match sponsors::set_logo(&mut tx, owner.event, sponsor, None).await? {
            Some(before) => queries::delete(&mut tx, before.get()).await?,
            None => None,
        };
        quotas::check_room(services, &mut tx, owner.organization, owner.event, written.bytes()).await?;
        let new = written.row(purpose, person, &AlternativeText::NONE);
        queries::insert_for_event(&mut tx, &new, owner.organization, owner.event).await?;
        sponsors::set_logo(&mut tx, owner.event, sponsor, Some(FileId::new(new.id))).await?;
        tx.commit().await?;
        Ok((replaced, owner.event))
    };
    written.settled_in_event(services, row.await).await
}

/// An event and whose it is, both locked.
struct Owner {
    organization: Uuid,
    event: Uuid,
}

/// Looks again under the locks that make the decision and the quotas hold: organizations come before events.
async fn lock_event(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
) -> Outcome<Owner> {
    let locked = locked_event(tx, slug).await?;
    events::standing_in(services, tx, Some(person.user), slug).await?.may(EventAction::EditDetails)?;
    Ok(Owner { organization: locked.organization_id, event: locked.id })
}

/// Bytes in storage that have no row yet.
struct Written {
    file: Uuid,
    bucket: Bucket,
    pictures: Vec<Picture>,
    now: time::OffsetDateTime,
}

async fn write(
    services: &Services,
    person: &SignedIn,
    purpose: UploadPurpose,
    bucket: Bucket,
    file: Bytes,
) -> Outcome<Written> {
    quotas::take(services, person.user.get(), file.len()).await?;
    let pictures = services.images.render(file, purpose.sizes()).await?;
    let now = services.clock.now();
    let written = Written { file: services.rng.id(now), bucket, pictures, now };
    for picture in &written.pictures {
        let key = key(written.file, picture.size.name());
        if let Err(error) = services.storage.put(bucket, &key, picture.webp.clone()).await {
            discard(services, FileId::new(written.file), &names(purpose.sizes())).await;
            return Err(error);
        }
    }
    Ok(written)
}

impl Written {
    fn bytes(&self) -> i64 {
        self.pictures.iter().map(|picture| i64::try_from(picture.webp.len()).unwrap_or(i64::MAX)).sum()
    }

    fn row<'a>(
        &self,
        purpose: UploadPurpose,
        person: &SignedIn,
        alternative_text: &'a AlternativeText,
    ) -> queries::NewFile<'a> {
        let mut hash = Sha256::new();
        for picture in &self.pictures {
            hash.update(&picture.webp);
        }
        let numbers = |of: fn(&Picture) -> u32| -> Vec<i32> {
            self.pictures.iter().map(|picture| i32::try_from(of(picture)).unwrap_or(i32::MAX)).collect()
        };
        queries::NewFile {
            id: self.file,
            purpose: purpose.as_str(),
            bucket: self.bucket.as_str(),
            uploaded_by: person.user.get(),
            content_hash: hash.finalize().into(),
            alternative_text: alternative_text.as_deref(),
            sizes: numbers(|picture| picture.size.name()),
            widths: numbers(|picture| picture.width),
            heights: numbers(|picture| picture.height),
            stored_bytes: i32::try_from(self.bytes()).unwrap_or(i32::MAX),
            now: self.now,
        }
    }

    /// As [`Self::settled`], for a picture of an event: it may have been published or hidden while the bytes were written.
    async fn settled_in_event(
        &self,
        services: &Services,
        row: Outcome<(Option<queries::Gone>, Uuid)>,
    ) -> Outcome<FileId> {
        let (replaced, event) = match row {
            Ok((replaced, event)) => (Ok(replaced), Some(event)),
            Err(error) => (Err(error), None),
        };
        let file = self.settled(services, replaced).await?;
        if let Some(event) = event {
            super::settle_event(services, event).await;
        }
        Ok(file)
    }

    /// Removes the bytes of the loser: of the file that was replaced, or of this one when its row was refused.
    async fn settled(&self, services: &Services, row: Outcome<Option<queries::Gone>>) -> Outcome<FileId> {
        match row {
            Ok(replaced) => {
                if let Some(replaced) = replaced {
                    discard(services, FileId::new(replaced.id), &replaced.sizes).await;
                }
                Ok(FileId::new(self.file))
            }
            Err(error) => {
                let sizes: Vec<i32> = self
                    .pictures
                    .iter()
                    .filter_map(|picture| i32::try_from(picture.size.name()).ok())
                    .collect();
                discard(services, FileId::new(self.file), &sizes).await;
                Err(error)
            }
        }
    }
}
