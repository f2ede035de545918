use domain::accounts::PersonCard;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::server_fns::{parse_room, room_path},
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::chat::{self, TypedName},
};

/// The people of a room whose name begins as typed behind an `@`. Changes nothing.
#[server(endpoint = "chat/people_to_name", input = PostForm)]
pub async fn people_to_name(
    #[server(default)] event: String,
    #[server(default)] room: String,
    #[server(default)] typed: String,
) -> Result<Vec<PersonCard>, CallError> {
    let back = room_path(&event, &room);
    form(Form::at(back.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, room) = (viewer.signed_in()?, parse_room(&room)?);
        let typed = TypedName::parse(&typed).map_err(|error| FieldErrors::one("typed", error))?;
        let people = chat::people_to_name(&services, person, &event, room, &typed).await?;
        Ok(Done::new(people, back))
    })
    .await
}
