use serde::{Deserialize, Serialize};

use crate::ids::AgendaSessionId;
use crate::time::Timestamp;

/// A session that was saved, with what it clashes with now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub id: AgendaSessionId,
    pub warnings: Vec<Warning>,
}

/// A clash of one session, as it is told beside the result of a change that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub other: AgendaSessionId,
    pub title: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// What both want: the name of a venue room or of a speaker.
    pub both_want: String,
    pub is_room: bool,
}

impl Warning {
    /// The sentence people read.
    #[must_use]
    pub fn text(&self) -> String {
        let (who, title) = (&self.both_want, &self.title);
        if self.is_room {
            format!("{who} is taken by “{title}” at that time.")
        } else {
            format!("{who} has a part in “{title}” at that time.")
        }
    }
}
