use std::collections::HashMap;

use domain::Viewer;
use domain::attendees::EventRole;
use domain::ids::{EventId, FileId, UserId};
use domain::sponsors::{SponsorAction, SponsorLinks, may};

use super::queries::{self, ShownRow};
use crate::events::{self, EventHead};
use crate::uploads::{self, EventImage};
use crate::{Outcome, Services};

/// The page of an event's sponsors, as one visitor or member gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct SponsorsPage {
    pub head: EventHead,
    /// `None` for visitors.
    pub role: Option<EventRole>,
    pub tiers: Vec<ShownTier>,
}

/// A tier with its active sponsors in their order; tiers without any are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTier {
    /// Name and colour; `None` for sponsors without a tier, who come last.
    pub tier: Option<(String, String)>,
    pub sponsors: Vec<PublicSponsor>,
}

/// What everybody may know of a sponsor who sees the event. Contacts have no place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicSponsor {
    pub name: String,
    pub description: Option<String>,
    pub website: Option<String>,
    pub links: SponsorLinks,
    pub benefits: Vec<String>,
    pub is_featured: bool,
    pub logo: Option<EventImage>,
}

/// Opens the page: three statements.
///
/// # Errors
/// [`domain::AppError::NotFound`] when the event or its content is hidden.
pub async fn open(services: &Services, viewer: &Viewer, slug: &str) -> Outcome<SponsorsPage> {
    let user: Option<UserId> = viewer.user();
    let (head, standing) = events::head_with_standing(services, user, slug).await?;
    may(SponsorAction::See, head.visibility, &standing)?;
    let logos = uploads::sponsor_logos(services, user, head.id, head.visibility, head.status).await?;
    let tiers = shown(services, head.id, &logos).await?;
    Ok(SponsorsPage { role: standing.effective_role(), head, tiers })
}

/// The sponsors of an event whose content the caller has found visible, with those of their logos that are given: one
/// statement.
///
/// # Errors
/// Database errors only.
pub async fn shown(
    services: &Services,
    event: EventId,
    logos: &HashMap<FileId, EventImage>,
) -> Outcome<Vec<ShownTier>> {
    let mut tiers: Vec<ShownTier> = Vec::new();
    let mut present = None;
    for row in queries::shown(&services.db, event.get()).await? {
        // Rows of one tier follow each other.
        if tiers.is_empty() || present != row.tier_id {
            present = row.tier_id;
            let tier = row.tier_name.clone().zip(row.tier_colour.clone());
            tiers.push(ShownTier { tier, sponsors: Vec::new() });
        }
        if let Some(tier) = tiers.last_mut() {
            let logo = row.logo_file_id.and_then(|file| logos.get(&FileId::new(file)).cloned());
            tier.sponsors.push(PublicSponsor { logo, ..row.into() });
        }
    }
    Ok(tiers)
}

impl From<ShownRow> for PublicSponsor {
    fn from(row: ShownRow) -> Self {
        Self {
            name: row.name,
            description: row.description,
            website: row.website,
            links: SponsorLinks {
                linkedin: row.linkedin,
                x: row.x,
                youtube: row.youtube,
                tiktok: row.tiktok,
                instagram: row.instagram,
                facebook: row.facebook,
                other: row.other_link,
            },
            benefits: row.benefits.iter().flat_map(|text| text.lines()).map(ToOwned::to_owned).collect(),
            is_featured: row.is_featured,
            logo: None,
        }
    }
}
