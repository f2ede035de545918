//! Sponsors in the browser: the page everybody sees, and the board of the organizers with its forms.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

#[cfg(feature = "ssr")]
mod board_card;
#[cfg(feature = "ssr")]
mod board_page;
#[cfg(feature = "ssr")]
mod frame;
mod move_fns;
#[cfg(feature = "ssr")]
mod new_sponsor_page;
mod server_fns;
#[cfg(feature = "ssr")]
mod sponsor_card;
#[cfg(feature = "ssr")]
mod sponsor_fields;
#[cfg(feature = "ssr")]
mod sponsor_page;
#[cfg(feature = "ssr")]
mod sponsors_page;
mod tier_fns;
#[cfg(feature = "ssr")]
mod tier_page;
#[cfg(feature = "ssr")]
mod tiers_page;

#[cfg(feature = "ssr")]
pub use board_page::SponsorBoardPage;
pub use move_fns::{DeleteSponsor, MoveSponsor, RestoreSponsor, SetSponsorActive, SetSponsorFeatured};
#[cfg(feature = "ssr")]
pub use new_sponsor_page::NewSponsorPage;
pub use server_fns::{CreateSponsor, SaveSponsor};
#[cfg(feature = "ssr")]
pub use sponsor_page::SponsorPage;
#[cfg(feature = "ssr")]
pub use sponsors_page::{SponsorsInBrief, SponsorsPage};
pub use tier_fns::{
    CreateSponsorTier, DeleteSponsorTier, MoveSponsorTier, RestoreSponsorTier, SaveSponsorTier,
};
#[cfg(feature = "ssr")]
pub use tier_page::SponsorTierPage;
#[cfg(feature = "ssr")]
pub use tiers_page::SponsorTiersPage;
