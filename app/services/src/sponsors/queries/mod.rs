//! The slice's only SQL.

mod read;
mod sweep;
mod tiers;
mod write;

pub use read::{FullSponsorRow, ShownRow, SponsorRow, TierRow, shown, sponsor, sponsors, tiers};
pub use sweep::{remove_deleted_sponsors, remove_deleted_tiers};
pub use tiers::{NewTierRow, insert_tier, move_tier, set_tier_deleted, set_tier_keys, update_tier};
pub use write::{
    At, NewSponsorRow, insert_sponsor, leave_tier, logo, move_back, move_sponsor, point_to_logo, set_active,
    set_featured, set_sponsor_deleted, set_sponsor_keys, update_sponsor,
};
