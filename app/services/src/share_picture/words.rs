use ab_glyph::{Font as _, FontRef, ScaleFont as _};
use domain::events::AccentColor;

/// What stands on a picture.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub kicker: String,
    pub title: String,
    /// In the place of a title in a script that the fonts lack, the first that can be written.
    pub instead: Vec<String>,
    pub when: String,
    pub place: String,
    pub accent: Option<AccentColor>,
}

/// One of the two weights; the same cut as on the pages, as TrueType (`app/services/fonts`).
pub(super) fn regular() -> FontRef<'static> {
    FontRef::try_from_slice(include_bytes!("../../fonts/instrument-sans-400.ttf"))
        .expect("the font in the program can be read")
}

pub(super) fn semibold() -> FontRef<'static> {
    FontRef::try_from_slice(include_bytes!("../../fonts/instrument-sans-600.ttf"))
        .expect("the font in the program can be read")
}

/// The text on one line as the font can write it. Signs that it lacks, such as emoji, are left out; a text with letters
/// that it lacks can't be written at all: boxes in the place of words say nothing.
pub(super) fn writable(font: &FontRef<'_>, text: &str) -> Option<String> {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            written.push(' ');
        } else if font.glyph_id(c).0 != 0 {
            written.push(c);
        } else if c.is_alphanumeric() {
            return None;
        }
    }
    let words: Vec<&str> = written.split(' ').filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// How wide a line is, in pixels.
pub(super) fn width(font: &FontRef<'_>, size: f32, text: &str) -> f32 {
    let font = font.as_scaled(size);
    let mut width = 0.0;
    let mut before = None;
    for c in text.chars() {
        let glyph = font.glyph_id(c);
        if let Some(before) = before {
            width += font.kern(before, glyph);
        }
        width += font.h_advance(glyph);
        before = Some(glyph);
    }
    width
}

/// Breaks between words; within one that is wider than a line.
pub(super) fn wrapped(font: &FontRef<'_>, size: f32, text: &str, most: f32) -> Vec<String> {
    let fits = |line: &str| width(font, size, line) <= most;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, c.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The line with "…" at its end, short enough.
pub(super) fn cut(font: &FontRef<'_>, size: f32, line: &str, most: f32) -> String {
    let mut kept = line.to_owned();
    loop {
        let ended = format!("{}…", kept.trim_end());
        if width(font, size, &ended) <= most || kept.pop().is_none() {
            return ended;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_whole_or_not_at_all_but_for_signs_without_letters() {
        let font = semibold();
        assert_eq!(
            writable(&font, "Grüße\n aus  Łódź – “Ça va?” 🎉"),
            Some("Grüße aus Łódź – “Ça va?”".to_owned())
        );
        for other in ["Конференция 2026", "技術会議", "مؤتمر", "🎉", "  "] {
            assert_eq!(writable(&font, other), None, "{other}");
        }
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let font = semibold();
        let text = format!("A rather long title of a conference about {} and more", "x".repeat(90));
        let lines = wrapped(&font, 72.0, &text, 600.0);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| width(&font, 72.0, line) <= 600.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        let short = cut(&font, 72.0, "A rather long title of a conference", 300.0);
        assert!(short.ends_with('…') && width(&font, 72.0, &short) <= 300.0, "{short}");
    }
}
