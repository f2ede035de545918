//! Direct messages of exactly two people: who may open a conversation, read it and write in it (specification 16).
//! No role reaches into somebody else's: whoever loads one is one of the two. What a message is stands in `chat`.

mod policy;

pub use policy::{Opening, Pair, Scope, may_open, may_read, may_send};
