use domain::uploads::{PictureSize, UploadRefused};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};
use webp::{Encoder, PixelLayout, WebPConfig};

use super::Picture;
use super::decode::Decoded;

/// Of 100. Above, files grow faster than pictures get better.
const QUALITY: f32 = 85.0;
/// Of 0 (fast) to 6 (small): a quarter of the time of 6 for 2.4 % more bytes.
const EFFORT: i32 = 4;

/// Pixels in rows, three or four bytes each.
struct Pixels {
    width: u32,
    height: u32,
    kind: PixelType,
    bytes: Vec<u8>,
}

/// All sizes, each made from the next larger one: the large original is read once.
pub(super) fn all(decoded: Decoded, sizes: &[PictureSize]) -> Result<Vec<Picture>, UploadRefused> {
    let is_turned = matches!(
        decoded.orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let original = flat(decoded.pixels);
    let mut resizer = Resizer::new();
    let mut pictures = Vec::with_capacity(sizes.len());
    let mut upright: Option<Pixels> = None;
    for size in sizes.iter().rev() {
        let smaller = match &upright {
            // Turned while it is small; the part cut out is around the middle, so it may be cut before.
            None => turned(scale(&mut resizer, &original, *size, is_turned)?, decoded.orientation),
            Some(larger) => scale(&mut resizer, larger, *size, false)?,
        };
        pictures.push(encode(*size, &smaller)?);
        upright = Some(smaller);
    }
    pictures.reverse();
    Ok(pictures)
}

/// `is_turned`: the pixels lie on their side, and `size` is meant upright.
fn scale(
    resizer: &mut Resizer,
    from: &Pixels,
    size: PictureSize,
    is_turned: bool,
) -> Result<Pixels, UploadRefused> {
    let swap = |(a, b): (u32, u32)| if is_turned { (b, a) } else { (a, b) };
    let (width, height) = swap((from.width, from.height));
    let (target, part) = size.fit.apply(size, width, height);
    let ((width, height), (part_width, part_height)) = (swap(target), swap(part));
    let middle = |whole: u32, part: u32| f64::from(whole - part.min(whole)) / 2.0;
    let (left, top) = (middle(from.width, part_width).floor(), middle(from.height, part_height).floor());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).crop(
        left,
        top,
        f64::from(part_width),
        f64::from(part_height),
    );
    let source = ImageRef::new(from.width, from.height, &from.bytes, from.kind);
    let source = source.map_err(|_| UploadRefused::Broken)?;
    let mut scaled = Image::new(width, height, from.kind);
    resizer.resize(&source, &mut scaled, &options).map_err(|_| UploadRefused::Broken)?;
    Ok(Pixels { width, height, kind: from.kind, bytes: scaled.into_vec() })
}

fn flat(pixels: DynamicImage) -> Pixels {
    let (width, height) = (pixels.width(), pixels.height());
    let kind = if pixels.color().has_alpha() { PixelType::U8x4 } else { PixelType::U8x3 };
    Pixels { width, height, kind, bytes: pixels.into_bytes() }
}

fn turned(pixels: Pixels, orientation: Orientation) -> Pixels {
    let Pixels { width, height, kind, bytes } = pixels;
    let image = match kind {
        PixelType::U8x4 => RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8),
        _ => RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
    };
    let mut image = image.expect("as many bytes as the pixels need");
    image.apply_orientation(orientation);
    flat(image)
}

fn encode(size: PictureSize, pixels: &Pixels) -> Result<Picture, UploadRefused> {
    let layout = if pixels.kind == PixelType::U8x4 { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let mut config = WebPConfig::new().map_err(|()| UploadRefused::Broken)?;
    config.quality = QUALITY;
    config.method = EFFORT;
    let encoder = Encoder::new(&pixels.bytes, layout, pixels.width, pixels.height);
    let webp = encoder.encode_advanced(&config).map_err(|_| UploadRefused::Broken)?;
    Ok(Picture { size, width: pixels.width, height: pixels.height, webp: webp.to_vec() })
}
