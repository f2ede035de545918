//! Rooms with people in each role, and what they do to messages.

use domain::chat::{MessageView, RoomKind};
use domain::ids::ChatRoomId;

use super::{Answer, EventTeam, Member};

/// Olivia's team in the General room, and Ben beside Ada.
pub struct ChatScene {
    pub team: EventTeam,
    pub ben: Member,
    pub general: ChatRoomId,
    pub staff: ChatRoomId,
}

impl ChatScene {
    pub async fn set() -> Self {
        let team = EventTeam::set().await;
        let ben = team.app.person("Ben").await;
        team.app.join_event(&team.event, &ben, "ATTENDEE", "ACTIVE").await;
        let general = team.app.room(&team.olivia, &team.event, RoomKind::Global).await;
        let staff = team.app.room(&team.olivia, &team.event, RoomKind::Admin).await;
        Self { team, ben, general, staff }
    }

    /// Somebody posts in General.
    pub async fn says(&self, author: &Member, body: &str) -> MessageView {
        self.team.app.post(author, self.general, body).await
    }

    /// One of the calls about a message of General, as forms send it.
    pub async fn call(
        &self,
        who: &Member,
        what: &str,
        message: &MessageView,
        more: &[(&str, &str)],
    ) -> Answer {
        let (room, id) = (self.general.to_string(), message.id.to_string());
        let mut fields = vec![("event", self.team.event.as_str()), ("room", &room), ("message", &id)];
        fields.extend_from_slice(more);
        who.browser.call(&format!("/api/chat/{what}"), &fields).await
    }

    /// The path of a page below the room.
    pub fn page(&self, below: &str) -> String {
        self.team.page(&format!("/rooms/{}{below}", self.general))
    }

    /// Mutes somebody in the event, for good.
    pub async fn mute(&self, who: &Member) {
        let mute = "update event_members set muted_at = '2026-05-04 08:00Z' where user_id = $1";
        let mute = sqlx::query(mute).bind(who.signed_in.user.get());
        mute.execute(&self.team.app.services.db).await.expect("a member");
    }

    /// A room of an event is open or closed.
    pub async fn set_open(&self, open: bool) {
        let set = sqlx::query("update chat_rooms set is_enabled = $2 where id = $1").bind(self.general.get());
        set.bind(open).execute(&self.team.app.services.db).await.expect("a room");
    }
}
