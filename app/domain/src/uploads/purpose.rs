use serde::{Deserialize, Serialize};

/// What a picture is for; decides its sizes, who may upload it and who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UploadPurpose {
    Avatar,
    EventLogo,
    EventBanner,
    EventHeroDesktop,
    EventHeroMobile,
    SponsorLogo,
}

/// How a picture is brought to a size. Nothing is ever enlarged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Cut around the middle to the proportions of the size.
    Crop,
    /// Whole, its longest side at most as long as the size.
    Within,
}

/// One of the sizes a purpose is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    pub width: u32,
    pub height: u32,
    pub fit: Fit,
}

const fn crop(width: u32, height: u32) -> PictureSize {
    PictureSize { width, height, fit: Fit::Crop }
}

const fn within(side: u32) -> PictureSize {
    PictureSize { width: side, height: side, fit: Fit::Within }
}

impl PictureSize {
    /// Names the size in keys and addresses.
    #[must_use]
    pub const fn name(self) -> u32 {
        self.width
    }
}

impl UploadPurpose {
    pub const ALL: [Self; 6] = [
        Self::Avatar,
        Self::EventLogo,
        Self::EventBanner,
        Self::EventHeroDesktop,
        Self::EventHeroMobile,
        Self::SponsorLogo,
    ];
    /// Those an event has at most one of each.
    pub const OF_EVENT: [Self; 4] =
        [Self::EventLogo, Self::EventBanner, Self::EventHeroDesktop, Self::EventHeroMobile];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Avatar => "AVATAR",
            Self::EventLogo => "EVENT_LOGO",
            Self::EventBanner => "EVENT_BANNER",
            Self::EventHeroDesktop => "EVENT_HERO_DESKTOP",
            Self::EventHeroMobile => "EVENT_HERO_MOBILE",
            Self::SponsorLogo => "SPONSOR_LOGO",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// Its name as a form field, and as the name of the saved file.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Avatar => "avatar",
            Self::EventLogo => "logo",
            Self::EventBanner => "banner",
            Self::EventHeroDesktop => "hero_desktop",
            Self::EventHeroMobile => "hero_mobile",
            Self::SponsorLogo => "sponsor_logo",
        }
    }

    /// The form field that says what its picture shows.
    #[must_use]
    pub const fn text_field(self) -> &'static str {
        match self {
            Self::Avatar => "alt_avatar",
            Self::EventLogo => "alt_logo",
            Self::EventBanner => "alt_banner",
            Self::EventHeroDesktop => "alt_hero_desktop",
            Self::EventHeroMobile => "alt_hero_mobile",
            Self::SponsorLogo => "alt_sponsor_logo",
        }
    }

    /// The purpose of a form field on the branding page.
    #[must_use]
    pub fn of_event_field(name: &str) -> Option<Self> {
        Self::OF_EVENT.into_iter().find(|purpose| purpose.field() == name)
    }

    /// The word for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Avatar => "Photo",
            Self::EventLogo => "Logo",
            Self::EventBanner => "Banner",
            Self::EventHeroDesktop => "Wide head picture",
            Self::EventHeroMobile => "Head picture on phones",
            Self::SponsorLogo => "Sponsor's logo",
        }
    }

    /// Smallest first (specification 13).
    #[must_use]
    pub const fn sizes(self) -> &'static [PictureSize] {
        match self {
            Self::Avatar => const { &[crop(96, 96), crop(256, 256), crop(600, 600)] },
            Self::EventLogo | Self::SponsorLogo => const { &[within(200), within(800)] },
            Self::EventBanner => const { &[within(800), within(1600)] },
            Self::EventHeroDesktop => const { &[crop(960, 300), crop(1920, 600)] },
            Self::EventHeroMobile => const { &[crop(400, 200), crop(800, 400)] },
        }
    }
}

impl Fit {
    /// The size a picture of `width` × `height` gets, and the middle part of it that is shown, `(width, height)` each.
    #[must_use]
    pub fn apply(self, size: PictureSize, width: u32, height: u32) -> ((u32, u32), (u32, u32)) {
        match self {
            Self::Within => {
                let longest = width.max(height);
                if longest <= size.width {
                    return ((width, height), (width, height));
                }
                ((scaled(width, size.width, longest), scaled(height, size.width, longest)), (width, height))
            }
            Self::Crop => {
                let is_wider =
                    u64::from(width) * u64::from(size.height) > u64::from(height) * u64::from(size.width);
                let part = if is_wider {
                    (scaled(height, size.width, size.height), height)
                } else {
                    (width, scaled(width, size.height, size.width))
                };
                if part.0 <= size.width { (part, part) } else { ((size.width, size.height), part) }
            }
        }
    }
}

/// `side` × `by` / `of`, rounded, at least one pixel.
fn scaled(side: u32, by: u32, of: u32) -> u32 {
    let (side, by, of) = (u64::from(side), u64::from(by), u64::from(of.max(1)));
    u32::try_from(((side * by * 2 + of) / (of * 2)).max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_cut_around_its_middle_and_never_enlarged() {
        let avatar = crop(600, 600);
        assert_eq!(avatar.fit.apply(avatar, 4000, 3000), ((600, 600), (3000, 3000)));
        assert_eq!(avatar.fit.apply(avatar, 300, 400), ((300, 300), (300, 300)));
        let hero = crop(1920, 600);
        assert_eq!(hero.fit.apply(hero, 4000, 3000), ((1920, 600), (4000, 1250)));
        assert_eq!(hero.fit.apply(hero, 8192, 600), ((1920, 600), (1920, 600)));
        assert_eq!(hero.fit.apply(hero, 1, 8192), ((1, 1), (1, 1)));
        assert_eq!(hero.fit.apply(hero, 8192, 1), ((3, 1), (3, 1)));
    }

    #[test]
    fn a_logo_stays_whole() {
        let logo = within(800);
        assert_eq!(logo.fit.apply(logo, 1600, 400), ((800, 200), (1600, 400)));
        assert_eq!(logo.fit.apply(logo, 400, 1600), ((200, 800), (400, 1600)));
        assert_eq!(logo.fit.apply(logo, 120, 80), ((120, 80), (120, 80)));
        assert_eq!(logo.fit.apply(logo, 8192, 1), ((800, 1), (8192, 1)));
    }

    #[test]
    fn stored_values_and_form_fields_read_back() {
        for purpose in UploadPurpose::ALL {
            assert_eq!(UploadPurpose::from_stored(purpose.as_str()), Some(purpose));
            let names: Vec<u32> = purpose.sizes().iter().map(|size| size.name()).collect();
            assert!(names.is_sorted_by(|a, b| a < b), "{purpose:?}: {names:?} name the sizes apart");
        }
        assert_eq!(UploadPurpose::of_event_field("banner"), Some(UploadPurpose::EventBanner));
        assert_eq!(UploadPurpose::of_event_field("avatar"), None, "no event has one");
    }
}
