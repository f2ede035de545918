use std::io::Cursor;

use domain::uploads::{MAX_SIDE_PIXELS, UploadRefused};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// Most memory the decoded pixels may take.
const MAX_PIXEL_BYTES: u64 = 64 * 1024 * 1024;
/// What a decoder may use beside: the pixels, and as much again for its own tables.
const MAX_DECODER_BYTES: u64 = 2 * MAX_PIXEL_BYTES;

/// A picture as it was stored, and how it has to be turned to be seen upright.
pub(super) struct Decoded {
    pub pixels: DynamicImage,
    pub orientation: Orientation,
}

/// The first frame of an animation.
pub(super) fn decode(file: &[u8]) -> Result<Decoded, UploadRefused> {
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| UploadRefused::NotAPicture)?;
    match reader.format() {
        Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif) => {}
        Some(_) | None => return Err(UploadRefused::NotAPicture),
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    let (width, height) = decoder.dimensions();
    let is_too_long = width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS;
    if is_too_long || decoder.total_bytes() > MAX_PIXEL_BYTES {
        return Err(UploadRefused::TooManyPixels { width, height });
    }
    if width == 0 || height == 0 {
        return Err(UploadRefused::Broken);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    Ok(Decoded { pixels: eight_bits(pixels), orientation })
}

/// Colour with 8 bits a channel, with alpha where the picture has it.
fn eight_bits(pixels: DynamicImage) -> DynamicImage {
    match pixels.color() {
        ColorType::Rgb8 | ColorType::Rgba8 => pixels,
        color if color.has_alpha() => DynamicImage::ImageRgba8(pixels.into_rgba8()),
        _ => DynamicImage::ImageRgb8(pixels.into_rgb8()),
    }
}

fn broken(error: &ImageError) -> UploadRefused {
    tracing::debug!(%error, "a picture can't be decoded: {error}");
    UploadRefused::Broken
}
