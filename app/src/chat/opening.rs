use domain::accounts::PersonCard;
use domain::chat::MessageView;
use domain::ids::{ChatRoomId, ClientMessageId};
use serde::{Deserialize, Serialize};

/// A room as the page opens it: what the server renders and the island starts from. Readable in the HTML, so it
/// holds nothing the reader may not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomOpening {
    pub event: String,
    pub room: ChatRoomId,
    pub name: String,
    pub audience: String,
    pub me: PersonCard,
    /// The newest messages in order.
    pub messages: Vec<MessageView>,
    pub has_older: bool,
    /// The revision after which the socket resumes.
    pub cursor: i64,
    /// The reader's pointer before this visit.
    pub last_read_seq: i64,
    /// Why the reader may not post; takes the composer's place.
    pub refusal: Option<String>,
    /// For the plain form; made anew for each rendering, and repeated only after a refused post.
    pub client_message_id: ClientMessageId,
    /// What a refused plain post had typed.
    pub draft: String,
    /// Why it was refused.
    pub problem: Option<String>,
    /// People in the room now; `None` when unknown.
    pub presence: Option<u32>,
}

impl RoomOpening {
    pub(super) fn path(&self) -> String {
        format!("/events/{}/rooms/{}", self.event, self.room)
    }
}
