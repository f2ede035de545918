use std::collections::HashMap;

use domain::attendees::EventRole;
use domain::ids::{FileId, SponsorId, SponsorTierId};
use domain::sponsors::{SponsorAction, may};
use domain::{Denied, SignedIn};
use time::OffsetDateTime;

use super::UNDO_TIME;
use super::fields::{SponsorFields, TierFields};
use super::queries::{self, FullSponsorRow, SponsorRow, TierRow};
use crate::events::{self, EventHead};
use crate::uploads::{self, EventImage};
use crate::{Outcome, ServiceError, Services};

/// All tiers and sponsors, for organizers.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    pub head: EventHead,
    pub role: EventRole,
    /// False in an archived event.
    pub can_change: bool,
    pub tiers: Vec<BoardTier>,
    pub without_tier: Vec<BoardSponsor>,
    pub deleted: Vec<Deleted>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardTier {
    pub id: SponsorTierId,
    pub name: String,
    pub colour: String,
    pub max_sponsors: Option<i32>,
    pub version: i32,
    pub sponsors: Vec<BoardSponsor>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardSponsor {
    pub id: SponsorId,
    pub name: String,
    pub is_active: bool,
    pub is_featured: bool,
    pub contact_name: Option<String>,
    pub logo: Option<EventImage>,
}

/// What can still be brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deleted {
    Sponsor(SponsorId, String),
    Tier(SponsorTierId, String),
}

/// One sponsor with all its fields, contacts included, and the board around it.
#[derive(Debug, Clone, PartialEq)]
pub struct SponsorPage {
    pub board: Board,
    pub sponsor: BoardSponsor,
    /// Where it stands.
    pub tier: Option<SponsorTierId>,
    pub fields: SponsorFields,
    pub version: i32,
}

/// One tier and the board around it.
#[derive(Debug, Clone, PartialEq)]
pub struct TierPage {
    pub board: Board,
    pub tier: BoardTier,
    pub fields: TierFields,
}

impl Board {
    /// A sponsor and the tier it stands in.
    fn find(&self, id: SponsorId) -> Option<(Option<SponsorTierId>, BoardSponsor)> {
        let columns = self.tiers.iter().map(|tier| (Some(tier.id), &tier.sponsors));
        columns.chain([(None, &self.without_tier)]).find_map(|(tier, sponsors)| {
            sponsors.iter().find(|sponsor| sponsor.id == id).map(|sponsor| (tier, sponsor.clone()))
        })
    }
}

impl BoardTier {
    #[must_use]
    pub fn active_count(&self) -> usize {
        self.sponsors.iter().filter(|sponsor| sponsor.is_active).count()
    }
}

/// Opens the board: four statements.
///
/// # Errors
/// As the policy for [`SponsorAction::SeeBoard`].
pub async fn board(services: &Services, person: &SignedIn, slug: &str) -> Outcome<Board> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(SponsorAction::SeeBoard, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(Denied::OrganizersOnly)?;
    let can_change = may(SponsorAction::Change, head.visibility, &standing).is_ok();
    let tiers = queries::tiers(&services.db, head.id.get()).await?;
    let sponsors = queries::sponsors(&services.db, head.id.get()).await?;
    let logos =
        uploads::sponsor_logos(services, Some(person.user), head.id, head.visibility, head.status).await?;
    let since = services.clock.now() - UNDO_TIME;
    let deleted = if can_change { deleted_since(since, &tiers, &sponsors) } else { Vec::new() };
    let of = |tier| {
        let stands = |row: &&SponsorRow| row.tier_id == tier && row.deleted_at.is_none();
        sponsors.iter().filter(stands).map(|row| board_sponsor(row, &logos)).collect::<Vec<_>>()
    };
    let shown = tiers.iter().filter(|tier| tier.deleted_at.is_none());
    let tiers = shown.map(|tier| BoardTier { sponsors: of(Some(tier.id)), ..BoardTier::from(tier) });
    Ok(Board { role, can_change, tiers: tiers.collect(), without_tier: of(None), deleted, head })
}

fn deleted_since(since: OffsetDateTime, tiers: &[TierRow], sponsors: &[SponsorRow]) -> Vec<Deleted> {
    let recent = |deleted_at: Option<OffsetDateTime>| deleted_at.is_some_and(|at| at > since);
    let tiers = tiers.iter().filter(|row| recent(row.deleted_at));
    let sponsors = sponsors.iter().filter(|row| recent(row.deleted_at));
    tiers
        .map(|row| Deleted::Tier(SponsorTierId::new(row.id), row.name.clone()))
        .chain(sponsors.map(|row| Deleted::Sponsor(SponsorId::new(row.id), row.name.clone())))
        .collect()
}

/// Opens one sponsor with the board around it: five statements.
///
/// # Errors
/// As [`board`], and [`domain::AppError::NotFound`].
pub async fn open_sponsor(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
) -> Outcome<SponsorPage> {
    let board = board(services, person, slug).await?;
    let row = queries::sponsor(&services.db, board.head.id.get(), sponsor.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let (tier, sponsor) = board.find(sponsor).ok_or(ServiceError::NOT_FOUND)?;
    Ok(SponsorPage { version: row.version, fields: row.into(), board, sponsor, tier })
}

/// Opens one tier with the board around it: four statements.
///
/// # Errors
/// As [`board`], and [`domain::AppError::NotFound`].
pub async fn open_tier(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    tier: SponsorTierId,
) -> Outcome<TierPage> {
    let board = board(services, person, slug).await?;
    let tier = board.tiers.iter().find(|other| other.id == tier).ok_or(ServiceError::NOT_FOUND)?.clone();
    let fields = TierFields {
        name: Some(tier.name.clone()),
        colour: Some(tier.colour.clone()),
        max_sponsors: Some(tier.max_sponsors.map(|max| max.to_string()).unwrap_or_default()),
    };
    Ok(TierPage { board, tier, fields })
}

fn board_sponsor(row: &SponsorRow, logos: &HashMap<FileId, EventImage>) -> BoardSponsor {
    BoardSponsor {
        id: SponsorId::new(row.id),
        name: row.name.clone(),
        is_active: row.is_active,
        is_featured: row.is_featured,
        contact_name: row.contact_name.clone(),
        logo: row.logo_file_id.and_then(|file| logos.get(&FileId::new(file)).cloned()),
    }
}

impl From<&TierRow> for BoardTier {
    fn from(row: &TierRow) -> Self {
        Self {
            id: SponsorTierId::new(row.id),
            name: row.name.clone(),
            colour: row.colour.clone(),
            max_sponsors: row.max_sponsors,
            version: row.version,
            sponsors: Vec::new(),
        }
    }
}

impl From<&TierRow> for TierFields {
    fn from(row: &TierRow) -> Self {
        Self {
            name: Some(row.name.clone()),
            colour: Some(row.colour.clone()),
            max_sponsors: row.max_sponsors.map(|max| max.to_string()),
        }
    }
}

impl From<FullSponsorRow> for SponsorFields {
    fn from(row: FullSponsorRow) -> Self {
        Self {
            name: Some(row.name),
            description: row.description,
            website: row.website,
            linkedin: row.linkedin,
            x: row.x,
            youtube: row.youtube,
            tiktok: row.tiktok,
            instagram: row.instagram,
            facebook: row.facebook,
            other_link: row.other_link,
            benefits: row.benefits,
            contact_name: row.contact_name,
            contact_email: row.contact_email,
            contact_phone: row.contact_phone,
        }
    }
}
