//! What lists share.

mod pagination;
