//! What two people write to each other. A global conversation opens when they connect.

mod opening;
mod queries;

pub(crate) use opening::{Opening, open};
