//! Pictures: from whatever somebody sends to the sizes the pages show. Knows nothing of people, events or storage.
//!
//! What a file is, its content says, never its name or media type. The header is judged before a pixel is decoded, and
//! nothing of the original but its pixels is kept.

mod decode;
mod pool;
mod resize;

use domain::uploads::{PictureSize, UploadRefused};

pub use pool::{ImagePool, Turn};

/// The pixels of a picture of ours, for drawing it into another.
///
/// # Errors
/// As [`render`].
pub(crate) fn decoded(file: &[u8]) -> Result<image::DynamicImage, UploadRefused> {
    decode::decode(file).map(|decoded| decoded.pixels)
}

/// One size of a picture, as lossy WebP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub size: PictureSize,
    /// Less than the size where the original is smaller.
    pub width: u32,
    pub height: u32,
    pub webp: Vec<u8>,
}

/// Decodes `file` and makes all `sizes` of it, in their order. Takes a core and some memory: see [`ImagePool`].
///
/// # Errors
/// [`UploadRefused::NotAPicture`], [`UploadRefused::TooManyPixels`] by the header alone, [`UploadRefused::Broken`].
pub fn render(file: &[u8], sizes: &[PictureSize]) -> Result<Vec<Picture>, UploadRefused> {
    let decoded = decode::decode(file)?;
    resize::all(decoded, sizes)
}
