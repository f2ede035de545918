//! How sessions are streamed: by whom, who gets in and when. Reading addresses is the services' work.

mod access;
mod platform;

pub use access::{StageAccess, StageTimes, StageViewer, access};
pub use platform::{MuxPlaybackPolicy, StreamingPlatform};
