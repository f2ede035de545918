//! Uploaded pictures: who may upload what, the rows that say what is kept, and the addresses under which it is fetched.
//! Making the sizes is `images`, keeping the bytes `storage`.
//!
//! Bytes are written before their row and removed after it, so a row never points to nothing; what a crash leaves
//! behind has no row, and the sweep removes it.

mod address;
mod copies;
mod deliver;
mod describe;
mod event_images;
mod keep;
mod queries;
mod quotas;
mod remove;
mod settle;
mod sweep;

use domain::slug::Slug;
use domain::uploads::PictureSize;
use sqlx::PgConnection;

use crate::{Outcome, ServiceError};

pub(crate) use address::avatar_for_meeting;
pub use address::{AvatarPixels, avatar_address};
pub(crate) use copies::{CopiedFiles, Heir, copy_bytes};
pub use deliver::{Delivered, deliver_private, deliver_public};
pub use describe::describe_event_images;
pub(crate) use event_images::event_logo;
pub use event_images::{
    EventImage, EventImages, EventLogo, Source, event_images, event_pictures, sponsor_logos,
};
pub use keep::{may_upload_avatar, may_upload_to_event, store_avatar, store_for_event, store_sponsor_logo};
pub use quotas::UploadQuotas;
pub(crate) use remove::forget_person;
pub use remove::{discard, remove_avatar, remove_event_image, remove_sponsor_logo};
pub use settle::{settle_event, settle_organization};
pub use sweep::sweep;

/// The key of one size: nothing in it comes from a person.
fn key(file: uuid::Uuid, size: u32) -> String {
    format!("{file}/{size}.webp")
}

/// An event and its organization, locked; what no event can be called is none.
///
/// # Errors
/// [`domain::AppError::NotFound`].
async fn locked_event(tx: &mut PgConnection, slug: &str) -> Outcome<queries::LockedEvent> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    queries::lock_event(tx, slug).await?.ok_or(ServiceError::NOT_FOUND)
}

fn names(sizes: &[PictureSize]) -> Vec<i32> {
    sizes.iter().filter_map(|size| i32::try_from(size.name()).ok()).collect()
}
