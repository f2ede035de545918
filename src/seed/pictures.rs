//! The demo's pictures, drawn here: the sea in the evening, and a mark for each sponsor.

use std::f32::consts::TAU;
use std::io::Cursor;

use image::{ImageFormat, Rgba, RgbaImage};
use services::{Outcome, ServiceError};

type Colour = [f32; 3];

const SKY: (Colour, Colour) = ([247.0, 236.0, 214.0], [240.0, 190.0, 150.0]);
const SUN: Colour = [232.0, 110.0, 74.0];
/// From the horizon to the shore.
const SEA: [Colour; 5] = [
    [154.0, 178.0, 190.0],
    [104.0, 146.0, 170.0],
    [66.0, 112.0, 150.0],
    [43.0, 79.0, 128.0],
    [30.0, 52.0, 98.0],
];
/// Points of a pixel's grid that are looked at, in each direction; their mean has no steps.
const SAMPLES: u32 = 2;

/// A low sun over five waves, as PNG.
///
/// # Errors
/// [`ServiceError::Broken`] when it can't be encoded.
pub fn sea(width: u32, height: u32) -> Outcome<Vec<u8>> {
    let ratio = width as f32 / height as f32;
    drawn(width, height, |x, y| {
        let mut colour = mix(SKY.0, SKY.1, (y / 0.5).min(1.0));
        if ((x - 0.7) * ratio).hypot(y - 0.36) < 0.16 {
            colour = SUN;
        }
        for (index, water) in SEA.into_iter().enumerate() {
            let layer = index as f32;
            let crest = 0.44 + 0.115 * layer;
            let swell = (x * TAU * (1.2 + 0.35 * layer) + layer * 1.7).sin() * (0.012 + 0.008 * layer);
            if y > crest + swell {
                colour = water;
            }
        }
        (colour, 1.0)
    })
}

/// The mark of a sponsor or event in one colour, on nothing, as PNG; `kind` counts through five shapes.
///
/// # Errors
/// As [`sea`].
pub fn mark(kind: usize, colour: [u8; 3]) -> Outcome<Vec<u8>> {
    let colour = colour.map(f32::from);
    drawn(480, 480, |x, y| {
        let (x, y) = (x * 2.0 - 1.0, y * 2.0 - 1.0);
        let distance = x.hypot(y);
        let inside = match kind % 5 {
            0 => (0.45..0.85).contains(&distance) && !(x > 0.0 && y.abs() < 0.14),
            1 => x.abs() < 0.8 && [-0.55, 0.0, 0.55].into_iter().any(|bar| (y - bar + x * 0.12).abs() < 0.17),
            2 => distance < 0.85 && (y - (x * 4.0).sin() * 0.16).abs() > 0.12,
            3 => {
                y < 0.55 && y > -0.8 && x.abs() > 0.05 && x.abs() < (y + 0.8) * 0.6
                    || (0.65..0.8).contains(&y) && x.abs() < 0.85
            }
            _ => distance < 0.85 && (x - 0.35).hypot(y + 0.2) > 0.6,
        };
        (colour, if inside { 1.0 } else { 0.0 })
    })
}

/// Asks for colour and opacity at points from 0 to 1 in both directions.
fn drawn(width: u32, height: u32, at: impl Fn(f32, f32) -> (Colour, f32)) -> Outcome<Vec<u8>> {
    let picture = RgbaImage::from_fn(width, height, |column, row| {
        let mut sum = [0.0; 4];
        for point in 0..SAMPLES * SAMPLES {
            let along = |pixel: u32, part: u32, size: u32| {
                (pixel as f32 + (part as f32 + 0.5) / SAMPLES as f32) / size as f32
            };
            let (colour, opacity) =
                at(along(column, point % SAMPLES, width), along(row, point / SAMPLES, height));
            for (sum, part) in sum.iter_mut().zip(colour) {
                *sum += part * opacity;
            }
            sum[3] += opacity;
        }
        let weight = sum[3].max(f32::MIN_POSITIVE);
        let points = (SAMPLES * SAMPLES) as f32;
        let byte = |value: f32| value.round().clamp(0.0, 255.0) as u8;
        Rgba([
            byte(sum[0] / weight),
            byte(sum[1] / weight),
            byte(sum[2] / weight),
            byte(sum[3] / points * 255.0),
        ])
    });
    let mut file = Cursor::new(Vec::new());
    let written = picture.write_to(&mut file, ImageFormat::Png);
    written.map_err(|error| ServiceError::Broken(format!("a picture of the demo: {error}")))?;
    Ok(file.into_inner())
}

fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    std::array::from_fn(|index| from[index] + (to[index] - from[index]) * part)
}
