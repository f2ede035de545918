use serde::{Deserialize, Serialize};

use crate::chat::Follow;
use crate::ids::ChatRoomId;

/// Declared in the order in which rooms are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RoomKind {
    #[serde(rename = "GLOBAL")]
    Global,
    #[serde(rename = "GREEN_ROOM")]
    GreenRoom,
    #[serde(rename = "ADMIN")]
    Admin,
    #[serde(rename = "PUBLIC")]
    Public,
    #[serde(rename = "BACKSTAGE")]
    Backstage,
}

impl RoomKind {
    pub const ALL: [Self; 5] = [Self::Global, Self::GreenRoom, Self::Admin, Self::Public, Self::Backstage];

    /// The three rooms every event starts with, in list order (specification 8.1).
    pub const DEFAULTS: [(Self, &'static str); 3] =
        [(Self::Global, "General"), (Self::GreenRoom, "Green room"), (Self::Admin, "Staff")];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Global => "GLOBAL",
            Self::GreenRoom => "GREEN_ROOM",
            Self::Admin => "ADMIN",
            Self::Public => "PUBLIC",
            Self::Backstage => "BACKSTAGE",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kinds organizers create: the others come with sessions.
    pub const OF_EVENT: [Self; 3] = [Self::Global, Self::GreenRoom, Self::Admin];

    /// Every active member may read it.
    #[must_use]
    pub const fn is_for_everybody(self) -> bool {
        match self {
            Self::Global | Self::Public => true,
            Self::GreenRoom | Self::Admin | Self::Backstage => false,
        }
    }

    /// Who is in it, in words for the room's head.
    #[must_use]
    pub const fn audience(self) -> &'static str {
        match self {
            Self::Global => "Everyone at the event",
            Self::GreenRoom => "Speakers and organizers",
            Self::Admin => "Organizers",
            Self::Public => "Everyone at the event",
            Self::Backstage => "Speakers of this session and organizers",
        }
    }
}

/// A room as one of its readers sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSummary {
    pub id: ChatRoomId,
    pub kind: RoomKind,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    /// 0 when there is none.
    pub slow_mode_seconds: i32,
    /// Messages of others after the reader's pointer, capped at 100 and shown as "99+".
    pub unread: i64,
    /// Those of them that name the reader, capped alike.
    pub mentions: i64,
    /// What of it the reader wants to hear; nothing is counted beyond that.
    pub follow: Follow,
}

/// What waits for a reader in one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomUnread {
    pub room: ChatRoomId,
    /// As [`RoomSummary::unread`].
    pub unread: i64,
    /// As [`RoomSummary::mentions`].
    pub mentions: i64,
}

/// A room as all of its readers see it, told when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    pub id: ChatRoomId,
    pub kind: RoomKind,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub slow_mode_seconds: i32,
}
