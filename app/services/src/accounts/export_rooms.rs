//! What a person said in rooms and chose of them, for the copy of their data.

use domain::ids::UserId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::export_content::instant;
use super::export_draft::ExportDraft;
use crate::{Outcome, Services, chat};

/// Messages, those that moderators looked at first, and what they hear of rooms.
pub(super) async fn write(services: &Services, user: UserId, draft: &mut ExportDraft<'_>) -> Outcome<()> {
    write_messages(services, user, draft).await?;
    draft.list("held_messages", held_messages_of(services, user).await?).await?;
    draft.list("followed_rooms", followed_rooms_of(services, user).await?).await
}

async fn write_messages(services: &Services, user: UserId, draft: &mut ExportDraft<'_>) -> Outcome<()> {
    draft.begin_list("messages")?;
    let mut after = Uuid::nil();
    loop {
        let batch = chat::written_by(services, user, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        for message in &batch {
            let json = json!({
                "event": message.event,
                "room": message.room,
                "sent_at": instant(message.sent_at),
                "text": message.text,
            });
            draft.item(&json).await?;
        }
    }
    draft.end_list();
    Ok(())
}

/// Those that moderators looked at first, or look at still.
async fn held_messages_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let held = chat::held_of_person(services, user).await?;
    let line = |held: chat::OwnMessage| json!({ "event": held.event, "room": held.room, "sent_at": instant(held.sent_at), "text": held.text });
    Ok(held.into_iter().map(line).collect())
}

async fn followed_rooms_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let rooms = chat::follows_of(services, user).await?;
    let line = |[event, room, follow]: [String; 3]| json!({ "event": event, "room": room, "follow": follow });
    Ok(rooms.into_iter().map(line).collect())
}
