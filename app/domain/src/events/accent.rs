use std::fmt;

use serde::{Deserialize, Serialize};

/// The colour an event chose, `#RRGGBB`. What pages show is [`AccentColor::shown`]. Repeated in
/// `events_accent_color_shape`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccentColor([u8; 3]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Write the colour as # and six digits or letters from A to F, such as #2743BD.")]
pub struct AccentColorError;

/// The colour as it can be read: on the light pages and on the dark ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownAccent {
    pub light: AccentColor,
    pub dark: AccentColor,
}

/// `--surface` on light pages, and `--surface-raised` on dark ones, in style/tokens.css: what it is read on.
const LIGHT_SURFACE: AccentColor = AccentColor([0xfa, 0xf8, 0xf3]);
const DARK_SURFACE: AccentColor = AccentColor([0x20, 0x1f, 0x1c]);
/// Above the 4.5 that text needs (WCAG 1.4.3), because it is also read on softer tints of itself.
const LIGHT_CONTRAST: f64 = 5.5;
const DARK_CONTRAST: f64 = 6.5;
/// Steps from the colour to black or white.
const STEPS: u32 = 64;

impl AccentColor {
    /// # Errors
    /// [`AccentColorError`] for anything but `#` and six hexadecimal digits.
    pub fn parse(input: &str) -> Result<Self, AccentColorError> {
        let digits = input.trim().strip_prefix('#').ok_or(AccentColorError)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AccentColorError);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| AccentColorError)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// The nearest darker and lighter colours that can be read; the colour itself where it can be already.
    #[must_use]
    pub fn shown(self) -> ShownAccent {
        ShownAccent {
            light: self.towards(0, LIGHT_SURFACE, LIGHT_CONTRAST),
            dark: self.towards(255, DARK_SURFACE, DARK_CONTRAST),
        }
    }

    fn towards(self, end: u8, surface: Self, enough: f64) -> Self {
        let mixed = |step: u32| {
            let mix = |part: u8| {
                let whole = u32::from(part) * (STEPS - step) + u32::from(end) * step;
                u8::try_from((whole + STEPS / 2) / STEPS).unwrap_or(u8::MAX)
            };
            Self(self.0.map(mix))
        };
        (0..=STEPS).map(mixed).find(|color| color.contrast(surface) >= enough).unwrap_or(Self([end; 3]))
    }

    /// Red, green and blue.
    #[must_use]
    pub const fn rgb(self) -> [u8; 3] {
        self.0
    }

    /// By WCAG 2.2: 1 for equal colours, 21 for black and white.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for AccentColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert_eq!(AccentColor::parse(" #2743bd ").map(|color| color.to_string()), Ok("#2743BD".to_owned()));
        for wrong in ["", "#", "2743bd", "#2743b", "#2743bdf", "#+2743b", "#ggg000", "red;}", "#é123"] {
            assert_eq!(AccentColor::parse(wrong), Err(AccentColorError), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (AccentColor([0; 3]), AccentColor([255; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 0.001);
        assert!((white.contrast(white) - 1.0).abs() < 0.001);
    }

    #[test]
    fn every_colour_becomes_readable_and_a_readable_one_stays() {
        for number in (0..=0xff_ff_ffu32).step_by(4099) {
            let [_, red, green, blue] = number.to_be_bytes();
            let ShownAccent { light, dark } = AccentColor([red, green, blue]).shown();
            assert!(light.contrast(LIGHT_SURFACE) >= LIGHT_CONTRAST, "{light}");
            assert!(dark.contrast(DARK_SURFACE) >= DARK_CONTRAST, "{dark}");
            let (white, ink) = (AccentColor([255; 3]), AccentColor([0x17, 0x16, 0x14]));
            assert!(light.contrast(white) >= 4.5 && dark.contrast(ink) >= 4.5, "the words on a button");
        }
        let navy = AccentColor([0x12, 0x22, 0x66]);
        assert_eq!(navy.shown().light, navy);
        let cream = AccentColor([0xff, 0xee, 0xcc]);
        assert_eq!(cream.shown().dark, cream);
        assert_ne!(cream.shown().light, cream);
    }
}
