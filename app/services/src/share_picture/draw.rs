use ab_glyph::FontRef;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder as _};

use super::canvas::{Canvas, Colour};
use super::words::{Words, cut, regular, semibold, width, wrapped, writable};
use crate::images;
use crate::{Outcome, ServiceError};

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// The light pages' colours (style/tokens.css).
const PAPER: Colour = [0xfa, 0xf8, 0xf3];
const INK: Colour = [0x17, 0x16, 0x14];
const MUTED: Colour = [0x5c, 0x58, 0x50];
const BLUE: Colour = [0x27, 0x43, 0xbd];
const BAR: u32 = 24;
const LEFT: f32 = 88.0;
const MOST_WIDTH: f32 = 1040.0;
/// Sizes of the title with the most lines each, the largest that fits.
const TITLE: [(f32, usize); 4] = [(92.0, 2), (76.0, 3), (62.0, 3), (52.0, 4)];
const LOGO_WIDTH: u32 = 240;
const LOGO_HEIGHT: u32 = 120;
const LOGO_ROOM: f32 = 280.0;
const ICON: &[u8] = include_bytes!("../../../../public/favicon.png");

/// The PNG of these words. A logo that can't be decoded is left out.
pub(super) fn draw(words: &Words, logo: Option<&[u8]>) -> Outcome<Vec<u8>> {
    let (regular, semibold) = (regular(), semibold());
    let mut canvas = Canvas::new(WIDTH, HEIGHT, PAPER);
    canvas.bar(BAR, words.accent.map_or(BLUE, |accent| accent.shown().light.rgb()));
    let logo = logo.and_then(|file| images::decoded(file).ok()).map(fitted);
    let mut kicker_width = MOST_WIDTH;
    if let Some(logo) = logo {
        let left = WIDTH.saturating_sub(72 + logo.width());
        canvas.picture(&logo, (left, 56));
        kicker_width -= LOGO_ROOM;
    }
    let title = writable(&semibold, &words.title);
    let says_title = title.is_some();
    let title = title.or_else(|| words.instead.iter().find_map(|text| writable(&semibold, text)));
    if let Some(kicker) = writable(&regular, &words.kicker).filter(|_| says_title) {
        let kicker = short(&regular, 36.0, &kicker, kicker_width);
        canvas.line(&regular, 36.0, (LEFT, 76.0), MUTED, &kicker);
    }
    write_title(&mut canvas, &semibold, &title.unwrap_or_default());
    for (font, text, top, colour) in
        [(&semibold, &words.when, 446.0, INK), (&regular, &words.place, 492.0, MUTED)]
    {
        if let Some(text) = writable(font, text) {
            canvas.line(font, 36.0, (LEFT, top), colour, &short(font, 36.0, &text, MOST_WIDTH));
        }
    }
    mark(&mut canvas, &semibold)?;
    encoded(&canvas)
}

fn write_title(canvas: &mut Canvas, font: &FontRef<'_>, title: &str) {
    let mut chosen = None;
    for (size, most) in TITLE {
        let lines = wrapped(font, size, title, MOST_WIDTH);
        let fits = lines.len() <= most;
        chosen = Some((size, most, lines));
        if fits {
            break;
        }
    }
    let Some((size, most, mut lines)) = chosen else { return };
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = cut(font, size, last, MOST_WIDTH);
        }
    }
    let mut top = 176.0;
    for line in lines {
        canvas.line(font, size, (LEFT, top), INK, &line);
        top += size * 1.06;
    }
}

fn short(font: &FontRef<'_>, size: f32, text: &str, most: f32) -> String {
    if width(font, size, text) <= most { text.to_owned() } else { cut(font, size, text, most) }
}

/// Ours, at the foot.
fn mark(canvas: &mut Canvas, font: &FontRef<'_>) -> Outcome<()> {
    let icon = image::load_from_memory(ICON)
        .map_err(|error| ServiceError::Broken(format!("the icon in the program: {error}")))?;
    canvas.picture(&icon.into_rgba8(), (88, 552));
    canvas.line(font, 38.0, (150.0, 557.0), INK, "Atria");
    Ok(())
}

/// Not larger than its room, and never enlarged.
fn fitted(logo: DynamicImage) -> image::RgbaImage {
    let is_small = logo.width() <= LOGO_WIDTH && logo.height() <= LOGO_HEIGHT;
    let logo = if is_small { logo } else { logo.thumbnail(LOGO_WIDTH, LOGO_HEIGHT) };
    logo.into_rgba8()
}

fn encoded(canvas: &Canvas) -> Outcome<Vec<u8>> {
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
        .write_image(canvas.0.as_raw(), WIDTH, HEIGHT, image::ExtendedColorType::Rgb8)
        .map_err(|error| ServiceError::Broken(format!("writing a picture: {error}")))?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use domain::events::AccentColor;

    use super::*;

    fn words(title: &str) -> Words {
        Words {
            kicker: "Rust Berlin invites".to_owned(),
            title: title.to_owned(),
            instead: vec!["Rust Berlin".to_owned(), "An event on Atria".to_owned()],
            when: "Thursday 24 – Saturday 26 September 2026".to_owned(),
            place: "Berlin, Germany".to_owned(),
            accent: AccentColor::parse("#B3261E").ok(),
        }
    }

    #[test]
    fn every_title_makes_a_picture_of_the_same_size() {
        let titles =
            ["Rust days".to_owned(), "W".repeat(150), "a long title ".repeat(12), "技術会議".to_owned()];
        let mut files: Vec<Vec<u8>> = Vec::new();
        for title in titles {
            let file = draw(&words(&title), None).expect("a picture");
            let picture = image::load_from_memory(&file).expect("a PNG");
            assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
            assert_eq!(
                picture.into_rgb8().get_pixel(2, 300).0,
                words("").accent.expect("one").shown().light.rgb()
            );
            assert!(!files.contains(&file), "{title} looks like another");
            files.push(file);
        }
        let broken = draw(&words("Rust days"), Some(b"no picture")).expect("a picture all the same");
        assert_eq!(broken, files[0]);
    }
}
