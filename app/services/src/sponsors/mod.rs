//! Sponsors: the tiers of an event, who stands in them and in what order, what visitors see and what only organizers do.
//! Whoever changes something holds the event's row, so limits and places hold too.

mod board;
mod change;
mod fields;
mod lists;
mod logo;
mod page;
mod queries;
mod tiers;
mod undo;
mod with_event;

pub use board::{
    Board, BoardSponsor, BoardTier, Deleted, SponsorPage, TierPage, board, open_sponsor, open_tier,
};
pub use change::{NewSponsor, create, may_change, move_to, save, set_active, set_featured};
pub use fields::{SponsorFields, TierFields};
pub(crate) use logo::set_logo;
pub use page::{PublicSponsor, ShownTier, SponsorsPage, open, shown};
pub use tiers::{NewTier, create_tier, move_tier, save_tier};
pub use undo::{delete, delete_tier, restore, restore_tier, sweep};
pub(crate) use with_event::create_default_tiers;

/// How long deleting a sponsor or a tier can be taken back (specification 1.6).
pub const UNDO_TIME: time::Duration = time::Duration::minutes(10);
