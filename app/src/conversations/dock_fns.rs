use domain::chat::MessageView;
use domain::ids::{ConversationId, UserId};
use domain::time::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::conversation_list::online_in,
    super::place::{inbox_path, parse_conversation},
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::accounts::{initials, tint},
    domain::ids::FileId,
    domain::paging::{PageSize, Window},
    services::conversations::{self, ConversationPage, ListRequest, ListedConversation},
    services::uploads::AvatarPixels,
};

/// A person as the dock draws them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockFace {
    pub name: String,
    pub initials: String,
    pub tint: u8,
    /// For this viewer, for some minutes.
    pub picture: Option<String>,
    pub is_online: bool,
}

/// A conversation in the dock's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockLine {
    pub id: ConversationId,
    pub other: DockFace,
    /// The title of the event it belongs to.
    pub event: Option<String>,
    pub is_muted: bool,
    pub last_message_at: Timestamp,
    /// The last message is the reader's own.
    pub is_own: bool,
    /// The beginning of the last message; `None` when it was deleted.
    pub snippet: Option<String>,
    /// Capped at 100.
    pub unread: i64,
}

/// An open conversation in the dock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockThread {
    pub id: ConversationId,
    pub other_id: UserId,
    pub other: DockFace,
    pub event: Option<String>,
    /// The newest in order; the page of the conversation has all.
    pub messages: Vec<MessageView>,
    pub has_older: bool,
    /// The reader's pointer.
    pub last_read_seq: i64,
    /// How far the other one has got it.
    pub delivered_seq: i64,
    /// Only while both tell each other.
    pub read_seq: Option<i64>,
    /// Why nothing can be sent.
    pub refusal: Option<String>,
}

/// The conversations with the newest messages, for the dock. Changes nothing.
#[server(endpoint = "conversations/recent", input = PostForm)]
pub async fn recent_conversations() -> Result<Vec<DockLine>, CallError> {
    form(Form::at("/inbox"), async move {
        let (services, viewer) = ssr::request()?;
        let request = ListRequest::default();
        let person = viewer.signed_in()?;
        let list = conversations::conversations_of(&services, person, &request, PageSize::ENTRIES).await?;
        let online = online_in(&services, &list).await;
        let line = |line: ListedConversation| {
            let is_online = online.contains(&line.other.id);
            let face = face(line.other.id, line.other.full_name, line.avatar, is_online);
            DockLine {
                id: line.id,
                other: face,
                event: line.event,
                is_muted: line.is_muted,
                last_message_at: line.last_message_at,
                is_own: line.is_own,
                snippet: line.snippet,
                unread: line.unread,
            }
        };
        Ok(Done::new(list.items.into_iter().map(line).collect(), "/inbox"))
    })
    .await
}

/// A conversation with its newest messages, for the dock. Nothing becomes read by it.
#[server(endpoint = "conversations/glance", input = PostForm)]
pub async fn glance_at_conversation(
    #[server(default)] conversation: String,
) -> Result<DockThread, CallError> {
    let back = inbox_path(&conversation);
    form(Form::at(back.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        let page = conversations::open_page(&services, person, id, Window::Newest).await?;
        let online =
            if page.shows_presence { services.bus.online(&[page.other.id]).await } else { [].into() };
        let is_online = online.contains(&page.other.id);
        Ok(Done::new(thread(page, is_online), back))
    })
    .await
}

#[cfg(feature = "ssr")]
fn thread(page: ConversationPage, is_online: bool) -> DockThread {
    DockThread {
        id: page.id,
        other_id: page.other.id,
        other: face(page.other.id, page.other.full_name, page.avatar, is_online),
        event: page.event,
        messages: page.messages.items,
        has_older: page.messages.has_older,
        last_read_seq: page.last_read_seq,
        delivered_seq: page.receipts.delivered_seq,
        read_seq: page.receipts.read_seq,
        refusal: page.may_send.err().map(|error| error.to_string()),
    }
}

#[cfg(feature = "ssr")]
fn face(user: UserId, name: String, avatar: Option<FileId>, is_online: bool) -> DockFace {
    let picture = ssr::avatar(avatar, AvatarPixels::Small);
    DockFace { initials: initials(&name), tint: tint(user), name, picture, is_online }
}
