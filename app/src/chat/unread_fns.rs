use domain::chat::RoomUnread;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::server_fns::{parse_room, room_path},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::{ServiceError, chat},
};

/// In which rooms of an event something waits for the person, for lists on open pages. Changes nothing.
#[server(endpoint = "chat/count_unread", input = PostForm)]
pub async fn count_unread(#[server(default)] event: String) -> Result<Vec<RoomUnread>, CallError> {
    let page = format!("/events/{}/rooms", ssr::encoded(&event));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        Ok(Done::new(chat::unread_of(&services, viewer.signed_in()?, &event).await?, page))
    })
    .await
}

/// Makes a message and what follows it unread again, and leaves the room, which would read it at once.
#[server(endpoint = "chat/mark_unread", input = PostForm)]
pub async fn mark_unread(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] message: String,
) -> Result<(), CallError> {
    let path = room_path(&event, &room);
    form(Form::at(path.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let message = message.parse().map_err(|_| ServiceError::NOT_FOUND)?;
        chat::mark_unread(&services, viewer.signed_in()?, parse_room(&room)?, message).await?;
        let list = path.rsplit_once('/').map_or(path.as_str(), |(list, _)| list);
        Ok(Done::new((), list).notice(Notice::MarkedUnread))
    })
    .await
}

/// Keeps what the person wants to hear of a room.
#[server(endpoint = "chat/follow_room", input = PostForm)]
pub async fn follow_room(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] follow: String,
) -> Result<(), CallError> {
    let path = room_path(&event, &room);
    form(Form::at(format!("{path}/follow")), async move {
        let (services, viewer) = ssr::request()?;
        chat::follow(&services, viewer.signed_in()?, parse_room(&room)?, &follow).await?;
        Ok(Done::new((), path).notice(Notice::Saved))
    })
    .await
}
