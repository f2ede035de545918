use ab_glyph::{Font as _, FontRef, ScaleFont as _, point};
use image::{Rgb, RgbImage, RgbaImage};

pub(super) type Colour = [u8; 3];

/// Pixels, and how words and pictures get onto them.
pub(super) struct Canvas(pub RgbImage);

impl Canvas {
    pub fn new(width: u32, height: u32, colour: Colour) -> Self {
        Self(RgbImage::from_pixel(width, height, Rgb(colour)))
    }

    /// From the left edge, over the whole height.
    pub fn bar(&mut self, width: u32, colour: Colour) {
        for y in 0..self.0.height() {
            for x in 0..width.min(self.0.width()) {
                self.0.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    /// One line; `top` is where its tallest letters begin.
    pub fn line(
        &mut self,
        font: &FontRef<'_>,
        size: f32,
        (left, top): (f32, f32),
        colour: Colour,
        text: &str,
    ) {
        let scaled = font.as_scaled(size);
        let baseline = top + scaled.ascent();
        let (mut x, mut before) = (left, None);
        for c in text.chars() {
            let id = scaled.glyph_id(c);
            if let Some(before) = before {
                x += scaled.kern(before, id);
            }
            before = Some(id);
            let glyph = id.with_scale_and_position(size, point(x, baseline));
            x += scaled.h_advance(id);
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, cover| {
                self.blend(bounds.min.x + offset(dx), bounds.min.y + offset(dy), colour, cover);
            });
        }
    }

    /// A picture with its corner at a place.
    pub fn picture(&mut self, picture: &RgbaImage, (left, top): (u32, u32)) {
        for (x, y, pixel) in picture.enumerate_pixels() {
            let [red, green, blue, alpha] = pixel.0;
            self.blend(offset(left + x), offset(top + y), [red, green, blue], f32::from(alpha) / 255.0);
        }
    }

    fn blend(&mut self, x: f32, y: f32, colour: Colour, cover: f32) {
        let (Some(x), Some(y)) = (place(x), place(y)) else { return };
        let Some(pixel) = self.0.get_pixel_mut_checked(x, y) else { return };
        let cover = cover.clamp(0.0, 1.0);
        for (part, new) in pixel.0.iter_mut().zip(colour) {
            *part = rounded(f32::from(*part) * (1.0 - cover) + f32::from(new) * cover);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no picture is 16 million pixels wide")]
fn offset(pixels: u32) -> f32 {
    pixels as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` keeps within the bounds")]
fn place(at: f32) -> Option<u32> {
    (at >= 0.0).then_some(at as u32)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` keeps within the bounds")]
fn rounded(part: f32) -> u8 {
    part.round() as u8
}
