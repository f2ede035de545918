use std::collections::HashMap;

use domain::events::{EventStatus, EventVisibility};
use domain::ids::{EventId, FileId, UserId};
use domain::uploads::{Audience, Bucket, FileName, UploadPurpose, bucket};

use futures_util::TryStreamExt as _;

use super::{address, queries};
use crate::{Outcome, ServiceError, Services};

/// One size of a picture, under an address for one viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub address: String,
    pub width: i32,
    pub height: i32,
}

/// A picture of an event, as one viewer gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventImage {
    pub purpose: UploadPurpose,
    pub alternative_text: Option<String>,
    /// Smallest first, at least one.
    pub sources: Vec<Source>,
}

/// All pictures of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventImages(pub Vec<EventImage>);

impl EventImage {
    /// The largest size, for whoever takes only one.
    #[must_use]
    pub fn largest(&self) -> Option<&Source> {
        self.sources.last()
    }

    /// The value of `srcset`.
    #[must_use]
    pub fn source_set(&self) -> String {
        let one = |source: &Source| format!("{} {}w", source.address, source.width);
        self.sources.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

impl EventImages {
    #[must_use]
    pub fn of(&self, purpose: UploadPurpose) -> Option<&EventImage> {
        self.0.iter().find(|image| image.purpose == purpose)
    }
}

/// The pictures of an event for somebody who sees it: one statement.
///
/// # Errors
/// Database errors only.
pub async fn event_images(
    services: &Services,
    viewer: Option<UserId>,
    event: EventId,
    visibility: EventVisibility,
    status: EventStatus,
) -> Outcome<EventImages> {
    let rows = queries::images_of_event(&services.db, event.get()).await?;
    let audience = Audience::of(viewer);
    let image = |row| image(services, audience, (visibility, status), row);
    rows.into_iter().map(image).collect::<Outcome<Vec<_>>>().map(EventImages)
}

/// The logos of an event's sponsors for somebody who sees the event, by file: one statement.
///
/// # Errors
/// Database errors only.
pub async fn sponsor_logos(
    services: &Services,
    viewer: Option<UserId>,
    event: EventId,
    visibility: EventVisibility,
    status: EventStatus,
) -> Outcome<HashMap<FileId, EventImage>> {
    let rows = queries::logos_of_event(&services.db, event.get()).await?;
    let audience = Audience::of(viewer);
    let image = |row: queries::ImageRow| {
        Ok((FileId::new(row.id), image(services, audience, (visibility, status), row)?))
    };
    rows.into_iter().map(image).collect()
}

/// As [`event_images`] and [`sponsor_logos`], in one statement.
///
/// # Errors
/// Database errors only.
pub async fn event_pictures(
    services: &Services,
    viewer: Option<UserId>,
    event: EventId,
    visibility: EventVisibility,
    status: EventStatus,
) -> Outcome<(EventImages, HashMap<FileId, EventImage>)> {
    let audience = Audience::of(viewer);
    let (mut images, mut logos) = (Vec::new(), HashMap::new());
    for row in queries::pictures_of_event(&services.db, event.get()).await? {
        let file = FileId::new(row.id);
        let image = image(services, audience, (visibility, status), row)?;
        if image.purpose == UploadPurpose::SponsorLogo {
            logos.insert(file, image);
        } else {
            images.push(image);
        }
    }
    Ok((EventImages(images), logos))
}

/// The logo of an event as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventLogo {
    pub file: FileId,
    size: u32,
    bucket: Bucket,
}

/// The logo of an event for who draws it: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn event_logo(
    services: &Services,
    event: EventId,
    visibility: EventVisibility,
    status: EventStatus,
) -> Outcome<Option<EventLogo>> {
    let purpose = UploadPurpose::EventLogo;
    let rows = queries::images_of_event(&services.db, event.get()).await?;
    let row = rows.into_iter().find(|row| row.purpose == purpose.as_str());
    let size = |row: &queries::ImageRow| row.sizes.last().and_then(|size| u32::try_from(*size).ok());
    Ok(row.and_then(|row| {
        let bucket = bucket(purpose, Some((visibility, status)));
        Some(EventLogo { file: FileId::new(row.id), size: size(&row)?, bucket })
    }))
}

impl EventLogo {
    /// Its bytes in the largest size; `None` while it is on its way to another bucket.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when the storage fails.
    pub(crate) async fn read(&self, services: &Services) -> Outcome<Option<Vec<u8>>> {
        let key = super::key(self.file.get(), self.size);
        let Some(stored) = services.storage.open(self.bucket, &key).await? else { return Ok(None) };
        let content: Vec<bytes::Bytes> = stored
            .content
            .try_collect()
            .await
            .map_err(|error| ServiceError::Broken(format!("reading a logo: {error}")))?;
        Ok(Some(content.concat()))
    }
}

fn image(
    services: &Services,
    audience: Audience,
    event: (EventVisibility, EventStatus),
    row: queries::ImageRow,
) -> Outcome<EventImage> {
    let purpose = UploadPurpose::from_stored(&row.purpose)
        .ok_or_else(|| ServiceError::unknown_value("files.purpose", &row.purpose))?;
    let file = FileId::new(row.id);
    let place = bucket(purpose, Some(event));
    let measures = row.sizes.iter().zip(&row.widths).zip(&row.heights);
    let sources = measures.filter_map(|((size, width), height)| {
        let name = FileName(u32::try_from(*size).ok()?);
        let address = match place {
            Bucket::Public => address::public(file, &row.content_hash, name),
            Bucket::Private => address::signed(services, audience, file, name),
        };
        Some(Source { address, width: *width, height: *height })
    });
    Ok(EventImage { purpose, alternative_text: row.alternative_text, sources: sources.collect() })
}
