//! Reports of messages and people, what moderators do about them, and the words they are told in.

mod action;
mod ban;
mod mute;
mod reason;
mod report;

pub use action::ModerationAction;
pub use ban::AlsoDelete;
pub use mute::MuteDuration;
pub use reason::RestrictionReason;
pub use report::{
    HandlingNote, ReportReason, ReportStatus, ReportTarget, ReportText, SNAPSHOT_BEFORE, SnapshotLine,
    Verdict,
};
