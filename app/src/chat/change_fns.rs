use domain::chat::MessageView;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::server_fns::{parse_room, room_path},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::ids::{ChatMessageId, ChatRoomId},
    services::ServiceError,
    services::chat,
};

/// Puts new words in the place of one's own, for 15 minutes.
#[server(endpoint = "chat/edit_message", input = PostForm)]
pub async fn edit_message(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] message: String,
    #[server(default)] body: String,
) -> Result<MessageView, CallError> {
    let place = Place::of(&event, &room, &message);
    form(Form::at(place.page.clone()).keep("body", &body), async move {
        let (services, viewer) = ssr::request()?;
        let (room, message) = ids(&room, &message)?;
        let message = chat::edit(&services, viewer.signed_in()?, room, message, &body).await?;
        Ok(place.back_to(message, Notice::Saved))
    })
    .await
}

/// Takes a message out of sight: one's own for good, another's as a moderator with a reason.
#[server(endpoint = "chat/delete_message", input = PostForm)]
pub async fn delete_message(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] message: String,
    #[server(default)] reason: String,
) -> Result<MessageView, CallError> {
    let place = Place::of(&event, &room, &message);
    form(Form::at(place.page.clone()).keep("reason", &reason), async move {
        let (services, viewer) = ssr::request()?;
        let (room, message) = ids(&room, &message)?;
        let message = chat::delete(&services, viewer.signed_in()?, room, message, &reason).await?;
        Ok(place.back_to(message, Notice::MessageDeleted))
    })
    .await
}

/// Takes a moderator's deletion back, for 24 hours.
#[server(endpoint = "chat/restore_message", input = PostForm)]
pub async fn restore_message(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] message: String,
) -> Result<MessageView, CallError> {
    let place = Place::of(&event, &room, &message);
    form(Form::at(place.page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (room, message) = ids(&room, &message)?;
        let message = chat::restore(&services, viewer.signed_in()?, room, message).await?;
        Ok(place.back_to(message, Notice::BroughtBack))
    })
    .await
}

/// Reacts with an emoji, or takes that back.
#[server(endpoint = "chat/react", input = PostForm)]
pub async fn react(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] message: String,
    #[server(default)] emoji: String,
) -> Result<MessageView, CallError> {
    let place = Place::of(&event, &room, &message);
    form(Form::at(place.page.clone()).keep("emoji", &emoji), async move {
        let (services, viewer) = ssr::request()?;
        let (room, message) = ids(&room, &message)?;
        let message = chat::react(&services, viewer.signed_in()?, room, message, &emoji).await?;
        Ok(place.back_to(message, Notice::Saved))
    })
    .await
}

/// The pages of one message: its room, and its own.
#[cfg(feature = "ssr")]
struct Place {
    room: String,
    page: String,
}

#[cfg(feature = "ssr")]
impl Place {
    fn of(event: &str, room: &str, message: &str) -> Self {
        let room = room_path(event, room);
        let page = format!("{room}/messages/{}", ssr::encoded(message));
        Self { page, room }
    }

    /// At the message in its room.
    fn back_to(self, message: MessageView, notice: Notice) -> Done<MessageView> {
        let next = format!("{}?message={}#message-{}", self.room, message.id, message.seq);
        Done::new(message, next).notice(notice)
    }
}

/// An unreadable id is the id of nothing.
#[cfg(feature = "ssr")]
fn ids(room: &str, message: &str) -> Result<(ChatRoomId, ChatMessageId), ServiceError> {
    Ok((parse_room(room)?, message.parse().map_err(|_| ServiceError::NOT_FOUND)?))
}
