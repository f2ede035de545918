//! What lists share.

mod fractional_indexing;
mod pagination;
