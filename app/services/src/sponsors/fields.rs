use domain::FieldErrors;
use domain::accounts::EmailAddress;
use domain::sponsors::{
    Benefits, Colour, Contact, MaxSponsors, Phone, SponsorDescription, SponsorLinks, SponsorName, TierName,
};
use domain::text::{self, Lines};

use crate::accounts::parse_link_at;

/// The fields of a sponsor as typed; on edit, those that were not sent stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SponsorFields {
    pub name: Option<String>,
    pub description: Option<String>,
    pub website: Option<String>,
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub youtube: Option<String>,
    pub tiktok: Option<String>,
    pub instagram: Option<String>,
    pub facebook: Option<String>,
    pub other_link: Option<String>,
    pub benefits: Option<String>,
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub contact_phone: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(super) struct SponsorValues {
    pub name: SponsorName,
    pub description: SponsorDescription,
    pub website: Option<String>,
    pub links: SponsorLinks,
    pub benefits: Benefits,
    pub contact: Contact,
}

const MAX_CONTACT_NAME_CHARS: usize = 255;

impl SponsorFields {
    /// These fields, and the stored ones where nothing was sent.
    pub(super) fn over(self, stored: Self) -> Self {
        Self {
            name: self.name.or(stored.name),
            description: self.description.or(stored.description),
            website: self.website.or(stored.website),
            linkedin: self.linkedin.or(stored.linkedin),
            x: self.x.or(stored.x),
            youtube: self.youtube.or(stored.youtube),
            tiktok: self.tiktok.or(stored.tiktok),
            instagram: self.instagram.or(stored.instagram),
            facebook: self.facebook.or(stored.facebook),
            other_link: self.other_link.or(stored.other_link),
            benefits: self.benefits.or(stored.benefits),
            contact_name: self.contact_name.or(stored.contact_name),
            contact_email: self.contact_email.or(stored.contact_email),
            contact_phone: self.contact_phone.or(stored.contact_phone),
        }
    }

    /// # Errors
    /// One entry per field, named as the fields here.
    pub(super) fn parse(&self) -> Result<SponsorValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", SponsorName::parse(typed(&self.name)));
        let description = errors.take("description", SponsorDescription::parse(typed(&self.description)));
        let benefits = errors.take("benefits", Benefits::parse(typed(&self.benefits)));
        let website = link(&mut errors, "website", &self.website, &[], "https://example.org");
        let links = SponsorLinks {
            linkedin: link(
                &mut errors,
                "linkedin",
                &self.linkedin,
                &["linkedin.com"],
                "https://www.linkedin.com/company/you",
            ),
            x: link(&mut errors, "x", &self.x, &["x.com", "twitter.com"], "https://x.com/you"),
            youtube: link(
                &mut errors,
                "youtube",
                &self.youtube,
                &["youtube.com", "youtu.be"],
                "https://www.youtube.com/@you",
            ),
            tiktok: link(&mut errors, "tiktok", &self.tiktok, &["tiktok.com"], "https://www.tiktok.com/@you"),
            instagram: link(
                &mut errors,
                "instagram",
                &self.instagram,
                &["instagram.com"],
                "https://www.instagram.com/you",
            ),
            facebook: link(
                &mut errors,
                "facebook",
                &self.facebook,
                &["facebook.com", "fb.com"],
                "https://www.facebook.com/you",
            ),
            other: link(&mut errors, "other_link", &self.other_link, &[], "https://example.org"),
        };
        let contact = self.contact(&mut errors);
        match (name, description, benefits) {
            (Some(name), Some(description), Some(benefits)) if errors.is_empty() => {
                Ok(SponsorValues { name, description, website, links, benefits, contact })
            }
            _ => Err(errors),
        }
    }

    fn contact(&self, errors: &mut FieldErrors) -> Contact {
        let name = text::clean_optional(typed(&self.contact_name), Lines::One, MAX_CONTACT_NAME_CHARS);
        let email = match typed(&self.contact_email).trim() {
            "" => None,
            email => errors.take("contact_email", EmailAddress::parse(email)).map(|email| email.to_string()),
        };
        let phone = errors.take("contact_phone", Phone::parse(typed(&self.contact_phone)));
        Contact {
            name: errors.take("contact_name", name).flatten(),
            email,
            phone: phone.and_then(|phone| phone.as_deref().map(ToOwned::to_owned)),
        }
    }
}

fn typed(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

/// `None` for an empty field, and for a wrong one, which is noted.
fn link(
    errors: &mut FieldErrors,
    field: &str,
    given: &Option<String>,
    hosts: &'static [&'static str],
    example: &'static str,
) -> Option<String> {
    errors.take(field, parse_link_at(typed(given), hosts, example)).flatten()
}

/// The fields of a tier as typed; on edit, those that were not sent stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TierFields {
    pub name: Option<String>,
    pub colour: Option<String>,
    pub max_sponsors: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(super) struct TierValues {
    pub name: TierName,
    pub colour: Colour,
    pub max_sponsors: MaxSponsors,
}

impl TierFields {
    /// These fields, and the stored ones where nothing was sent.
    pub(super) fn over(self, stored: Self) -> Self {
        Self {
            name: self.name.or(stored.name),
            colour: self.colour.or(stored.colour),
            max_sponsors: self.max_sponsors.or(stored.max_sponsors),
        }
    }

    /// # Errors
    /// One entry per field, named as the fields here.
    pub(super) fn parse(&self) -> Result<TierValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", TierName::parse(typed(&self.name)));
        let colour = errors.take("colour", Colour::parse(typed(&self.colour)));
        let max_sponsors = errors.take("max_sponsors", MaxSponsors::parse(typed(&self.max_sponsors)));
        match (name, colour, max_sponsors) {
            (Some(name), Some(colour), Some(max_sponsors)) => Ok(TierValues { name, colour, max_sponsors }),
            _ => Err(errors),
        }
    }
}
