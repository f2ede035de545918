//! What pictures cost: a 12-megapixel photo to a 600 px WebP beside Pillow on the same file, and a bomb.
//!
//! `cargo run --release -p services --example pictures`; `PYTHON` names a python3 with Pillow.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::error::Error;
use std::io::Cursor;
use std::process::Command;
use std::time::{Duration, Instant};

use domain::uploads::{Fit, PictureSize};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use services::images;

const ROUNDS: u32 = 10;
const SIZE: [PictureSize; 1] = [PictureSize { width: 600, height: 600, fit: Fit::Crop }];

/// The best of the rounds, by processor time; without and with the decoder's own reduction.
const PILLOW: &str = r"
import io, sys, time
from PIL import Image, ImageOps
data = open(sys.argv[1], 'rb').read()
def render(draft):
    image = Image.open(io.BytesIO(data))
    if draft:
        image.draft('RGB', (600, 600))
    image = ImageOps.exif_transpose(image).convert('RGB')
    image = ImageOps.fit(image, (600, 600), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, 'WEBP', quality=85, method=4)
    return len(out.getvalue())
for draft in (False, True):
    best = None
    for _ in range(10):
        before = time.process_time()
        size = render(draft)
        spent = time.process_time() - before
        best = spent if best is None else min(best, spent)
    print(best * 1000, size)
";

fn main() -> Result<(), Box<dyn Error>> {
    let file = photo()?;
    let path = std::env::temp_dir().join("atria-12-megapixels.jpg");
    std::fs::write(&path, &file)?;
    let mut best = Duration::MAX;
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        bytes = images::render(&file, &SIZE)?.iter().map(|picture| picture.webp.len()).sum();
        best = best.min(began.elapsed());
    }
    let ours = best.as_secs_f64() * 1000.0;
    println!("12-megapixel JPEG of {} kB to 600 px WebP, best of {ROUNDS}, one thread", file.len() / 1000);
    println!("  Atria                {ours:7.1} ms, {bytes} bytes");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let answer = Command::new(python).arg("-c").arg(PILLOW).arg(&path).output()?;
    let lines = String::from_utf8_lossy(&answer.stdout).into_owned();
    for (name, line) in ["Pillow", "Pillow with draft"].into_iter().zip(lines.lines()) {
        let (milliseconds, bytes) = line.split_once(' ').unwrap_or((line, "?"));
        let theirs: f64 = milliseconds.parse()?;
        println!("  {name:<20} {theirs:7.1} ms, {bytes} bytes: Atria takes {:.2} of it", ours / theirs);
    }
    if lines.is_empty() {
        println!(
            "  no Pillow here: {}",
            String::from_utf8_lossy(&answer.stderr).lines().last().unwrap_or("?")
        );
    }
    std::fs::remove_file(&path)?;
    refuse_a_bomb()
}

/// Edges, gradients and noise, as photos have them.
fn photo() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut noise = 1u32;
    let pixels = RgbImage::from_fn(4000, 3000, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = noise >> 28;
        let part = |value: u32| u8::try_from((value + grain).min(255)).unwrap_or(u8::MAX);
        let shape = if (x / 250 + y / 250) % 2 == 0 { 90 } else { 0 };
        Rgb([part(x * 140 / 4000 + shape), part(y * 140 / 3000 + shape), part((x + y) % 1000 / 8 + shape)])
    });
    let mut file = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut file, 90).encode_image(&pixels)?;
    Ok(file.into_inner())
}

/// 22,000 × 22,000 pixels of one colour, as PNG.
fn refuse_a_bomb() -> Result<(), Box<dyn Error>> {
    let pixels = image::GrayImage::new(22_000, 22_000);
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Png)?;
    drop(pixels);
    let file = file.into_inner();
    let before = resident_kilobytes();
    let began = Instant::now();
    let refused = images::render(&file, &SIZE);
    let took = began.elapsed();
    let more = resident_kilobytes().saturating_sub(before);
    let kept = refused.map(|pictures| pictures.len());
    println!(
        "PNG of {} kB and 22,000² pixels: {kept:?} after {took:?}, {more} kB more memory",
        file.len() / 1000
    );
    Ok(())
}

fn resident_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}
