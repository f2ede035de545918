use domain::chat::MessageView;
use domain::paging::Slice;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::form::{Done, Form, form, is_plain},
    crate::ssr,
    domain::chat::MessageBody,
    domain::ids::ChatRoomId,
    domain::paging::{PageSize, Window},
    domain::slug::Slug,
    domain::{FieldErrors, SignedIn},
    services::chat::{self, NewMessage},
    services::{ServiceError, Services},
};

/// Posts a message; the answer is the acknowledgement. The same client id again answers with the first message.
#[server(endpoint = "chat/post_message", input = PostForm)]
pub async fn post_message(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] body: String,
    #[server(default)] client_message_id: String,
    #[server(default)] reply_to: String,
) -> Result<MessageView, CallError> {
    let back = room_path(&event, &room);
    let kept = Form::at(format!("{back}#latest"))
        .keep("body", &body)
        .keep("client_message_id", &client_message_id)
        .keep("reply_to", &reply_to);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let typed =
            Typed { room: &room, body: &body, client_message_id: &client_message_id, reply_to: &reply_to };
        let new = typed.parse(&services, person).await?;
        let message = chat::post(&services, person, &new).await?;
        read_own_if_plain(&services, person, new.room, &message).await?;
        Ok(Done::new(message, format!("{back}#latest")))
    })
    .await
}

/// The messages before a position, newest 50 of them, in order. Changes nothing.
#[server(endpoint = "chat/older_messages", input = PostForm)]
pub async fn older_messages(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] before_seq: i64,
) -> Result<Slice<MessageView>, CallError> {
    let back = room_path(&event, &room);
    form(Form::at(back.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let window = Window::Before(before_seq);
        let page = chat::history(&services, person, parse_room(&room)?, window, PageSize::MESSAGES).await?;
        Ok(Done::new(page, back))
    })
    .await
}

/// Moves the reader's pointer to a message they saw: the button for browsers without scripts.
#[server(endpoint = "chat/mark_room_read", input = PostForm)]
pub async fn mark_room_read(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] seq: i64,
) -> Result<(), CallError> {
    let back = room_path(&event, &room);
    form(Form::at(back.clone()), async move {
        let (services, viewer) = ssr::request()?;
        chat::mark_read(&services, viewer.signed_in()?, parse_room(&room)?, seq).await?;
        Ok(Done::new((), format!("{back}#latest")))
    })
    .await
}

/// The live room tells what its reader saw; a plain form's author saw at least what they answered.
#[cfg(feature = "ssr")]
async fn read_own_if_plain(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: &MessageView,
) -> Result<(), ServiceError> {
    if is_plain() { chat::mark_read(services, person, room, message.seq).await } else { Ok(()) }
}

/// The room's page, or the reader's start page when the form names no page of ours.
#[cfg(feature = "ssr")]
pub(super) fn room_path(event: &str, room: &str) -> String {
    match (Slug::parse(event), parse_room(room)) {
        (Ok(_), Ok(room)) => format!("/events/{}/rooms/{room}", event.trim()),
        _ => "/home".to_owned(),
    }
}

/// An unreadable id is the id of nothing.
#[cfg(feature = "ssr")]
pub(super) fn parse_room(room: &str) -> Result<ChatRoomId, ServiceError> {
    room.parse().map_err(|_| ServiceError::NOT_FOUND)
}

/// A message as its form posts it.
#[cfg(feature = "ssr")]
struct Typed<'a> {
    room: &'a str,
    body: &'a str,
    client_message_id: &'a str,
    reply_to: &'a str,
}

#[cfg(feature = "ssr")]
impl Typed<'_> {
    /// What was typed, once it is sure that this person may post here: the room comes before its text, so that a
    /// stranger's bad message and good message answer alike.
    async fn parse(&self, services: &Services, person: &SignedIn) -> Result<NewMessage, ServiceError> {
        let room = parse_room(self.room)?;
        let mut errors = FieldErrors::default();
        let body = errors.take("body", MessageBody::parse(self.body));
        let id = self.client_message_id.parse().map_err(|_| "This form is out of date. Load the page again.");
        let id = errors.take("client_message_id", id);
        let reply_to = match self.reply_to.trim() {
            "" => Some(None),
            target => errors.take(
                "reply_to",
                target.parse().map(Some).map_err(|_| "What you answer isn't in this room."),
            ),
        };
        match (id, body, reply_to) {
            (Some(client_message_id), Some(body), Some(reply_to)) => {
                Ok(NewMessage { room, client_message_id, body, reply_to })
            }
            _ => {
                chat::check_may_post(services, person, room).await?;
                Err(errors.into())
            }
        }
    }
}
