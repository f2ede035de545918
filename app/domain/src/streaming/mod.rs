//! Who gets a session's stage, and when. Reading addresses of streams is the services' work.

mod access;

pub use access::{StageAccess, StageTimes, StageViewer, access, has_replay};
