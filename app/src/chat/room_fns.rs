use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::server_fns::parse_room,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::ServiceError,
    services::chat::{self, AllPublic, RoomFields},
};

/// Adds an open room behind the others of its kind; answers its id.
#[server(endpoint = "chat/create_room", input = PostForm)]
pub async fn create_room(
    #[server(default)] event: String,
    #[server(default)] kind: String,
    #[server(default)] name: String,
    #[server(default)] description: String,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let board = board_path(&event);
    let kept = Form::at(board.clone())
        .keep("kind", &kind)
        .keep("name", &name)
        .keep("description", &description)
        .keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let fields = RoomFields { name, description };
        let id = chat::create(&services, viewer.signed_in()?, &event, &kind, &fields, &form_key).await?;
        Ok(Done::new(id.to_string(), board).notice(Notice::RoomAdded))
    })
    .await
}

/// Saves name and description, unless somebody saved a newer version.
#[server(endpoint = "chat/save_room", input = PostForm)]
pub async fn save_room(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] version: String,
    #[server(default)] name: String,
    #[server(default)] description: String,
) -> Result<(), CallError> {
    let page = page_path(&event, &room);
    let kept = Form::at(page.clone()).keep("name", &name).keep("description", &description);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, id, version) = (viewer.signed_in()?, parse_room(&room)?, version_of(&version)?);
        let fields = RoomFields { name, description };
        chat::save(&services, person, &event, id, &fields, version).await?;
        Ok(Done::new((), page).notice(Notice::Saved))
    })
    .await
}

/// Moves a room after another one of its kind; an empty `after` is the top.
#[server(endpoint = "chat/move_room", input = PostForm)]
pub async fn move_room(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] after: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_room(&room)?);
        let after = if after.is_empty() { None } else { Some(parse_room(&after)?) };
        chat::move_room(&services, person, &event, id, after).await?;
        Ok(Done::new((), board).notice(Notice::OrderSaved))
    })
    .await
}

/// Opens a room (`yes`), or closes it to all but organizers (`no`).
#[server(endpoint = "chat/set_room_open", input = PostForm)]
pub async fn set_room_open(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] open: String,
) -> Result<(), CallError> {
    let page = page_path(&event, &room);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        chat::set_open(&services, viewer.signed_in()?, &event, parse_room(&room)?, &open).await?;
        Ok(Done::new((), page).notice(Notice::Saved))
    })
    .await
}

/// Sets how long members wait between two messages.
#[server(endpoint = "chat/set_slow_mode", input = PostForm)]
pub async fn set_slow_mode(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] seconds: String,
) -> Result<(), CallError> {
    let page = page_path(&event, &room);
    form(Form::at(page.clone()).keep("seconds", &seconds), async move {
        let (services, viewer) = ssr::request()?;
        chat::set_slow_mode(&services, viewer.signed_in()?, &event, parse_room(&room)?, &seconds).await?;
        Ok(Done::new((), page).notice(Notice::Saved))
    })
    .await
}

/// Closes every room that is for everybody.
#[server(endpoint = "chat/close_public_rooms", input = PostForm)]
pub async fn close_public_rooms(#[server(default)] event: String) -> Result<(), CallError> {
    all_public(event, AllPublic::Close, Notice::RoomsClosed).await
}

/// Opens those that were closed together.
#[server(endpoint = "chat/open_public_rooms", input = PostForm)]
pub async fn open_public_rooms(#[server(default)] event: String) -> Result<(), CallError> {
    all_public(event, AllPublic::Open, Notice::RoomsOpened).await
}

/// Hides a room; for ten minutes it can be brought back.
#[server(endpoint = "chat/delete_room", input = PostForm)]
pub async fn delete_room(
    #[server(default)] event: String,
    #[server(default)] room: String,
) -> Result<(), CallError> {
    let (board, page) = (board_path(&event), page_path(&event, &room));
    form(Form::at(page), async move {
        let (services, viewer) = ssr::request()?;
        chat::delete_room(&services, viewer.signed_in()?, &event, parse_room(&room)?).await?;
        Ok(Done::new((), board).notice(Notice::DeletedForNow))
    })
    .await
}

/// Brings a deleted room back.
#[server(endpoint = "chat/restore_room", input = PostForm)]
pub async fn restore_room(
    #[server(default)] event: String,
    #[server(default)] room: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        chat::restore_room(&services, viewer.signed_in()?, &event, parse_room(&room)?).await?;
        Ok(Done::new((), board).notice(Notice::BroughtBack))
    })
    .await
}

#[cfg(feature = "ssr")]
async fn all_public(event: String, what: AllPublic, notice: Notice) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        chat::set_all_public(&services, viewer.signed_in()?, &event, what).await?;
        Ok(Done::new((), board).notice(notice))
    })
    .await
}

/// Path of an event's board of rooms, from its address as somebody typed it.
#[cfg(feature = "ssr")]
fn board_path(event: &str) -> String {
    format!("/events/{}/manage/rooms", ssr::encoded(event))
}

#[cfg(feature = "ssr")]
fn page_path(event: &str, room: &str) -> String {
    format!("{}/{}", board_path(event), ssr::encoded(room))
}

#[cfg(feature = "ssr")]
fn version_of(text: &str) -> Result<i32, ServiceError> {
    text.parse().map_err(|_| FieldErrors::one("version", "Load this page again and retry.").into())
}
