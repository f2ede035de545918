//! Sponsors of an event and their tiers: what they say about themselves, where they stand, and who may see and change
//! what. Contacts are the organizers' own.

mod details;
mod place;
mod policy;
mod tier;

pub use details::{
    Benefits, BenefitsError, Contact, Phone, PhoneError, SponsorDescription, SponsorLinks, SponsorName,
};
pub use place::{After, Place};
pub use policy::{SponsorAction, may};
pub use tier::{
    Colour, ColourError, DEFAULT_TIERS, DefaultTier, MaxSponsors, MaxSponsorsError, TierKey, TierName,
};

/// The most tiers of one event (specification 21.1).
pub const MAX_TIERS: usize = 30;
/// The most sponsors of one event (specification 21.1).
pub const MAX_SPONSORS: usize = 500;
