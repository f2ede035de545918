use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::{PostForm, Sent};

#[cfg(feature = "ssr")]
use {
    super::frame::{editor_path, venue_room_id, version_of},
    super::notice::AgendaNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::agenda::{self, NewVenueRoom, VenueRoomFields},
};

/// Adds a venue room behind the others; answers its id.
#[server(endpoint = "venue_rooms/create", input = PostForm)]
pub async fn create_venue_room(
    #[server(default)] event: String,
    #[server(default)] name: Sent,
    #[server(default)] description: Sent,
    #[server(default)] capacity: Sent,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let fields = VenueRoomFields { name: name.0, description: description.0, capacity: capacity.0 };
    let page = venue_rooms_path(&event);
    let kept = keep_fields(Form::at(page.clone()), &fields).keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewVenueRoom { fields, form_key };
        let id = agenda::create_venue_room(&services, viewer.signed_in()?, &event, &new).await?;
        Ok(Done::new(id.to_string(), page).notice(Notice::Agenda(AgendaNotice::PlaceAdded)))
    })
    .await
}

/// Saves the fields that were sent, unless somebody saved a newer version.
#[server(endpoint = "venue_rooms/save", input = PostForm)]
pub async fn save_venue_room(
    #[server(default)] event: String,
    #[server(default)] venue_room: String,
    #[server(default)] version: String,
    #[server(default)] name: Sent,
    #[server(default)] description: Sent,
    #[server(default)] capacity: Sent,
) -> Result<(), CallError> {
    let fields = VenueRoomFields { name: name.0, description: description.0, capacity: capacity.0 };
    let list = venue_rooms_path(&event);
    let page = format!("{list}/{}", ssr::encoded(&venue_room));
    form(keep_fields(Form::at(page), &fields), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id, version) = (viewer.signed_in()?, venue_room_id(&venue_room)?, version_of(&version)?);
        agenda::save_venue_room(&services, person, &event, id, fields, version).await?;
        Ok(Done::new((), list).notice(Notice::Saved))
    })
    .await
}

/// Moves a venue room behind another one; an empty `after` is the front.
#[server(endpoint = "venue_rooms/move", input = PostForm)]
pub async fn move_venue_room(
    #[server(default)] event: String,
    #[server(default)] venue_room: String,
    #[server(default)] after: String,
) -> Result<(), CallError> {
    let page = venue_rooms_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let id = venue_room_id(&venue_room)?;
        let after = if after.is_empty() { None } else { Some(venue_room_id(&after)?) };
        agenda::move_venue_room(&services, person, &event, id, after).await?;
        Ok(Done::new((), page).notice(Notice::OrderSaved))
    })
    .await
}

/// Deletes a venue room; its sessions stay.
#[server(endpoint = "venue_rooms/delete", input = PostForm)]
pub async fn delete_venue_room(
    #[server(default)] event: String,
    #[server(default)] venue_room: String,
) -> Result<(), CallError> {
    let page = venue_rooms_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        agenda::delete_venue_room(&services, person, &event, venue_room_id(&venue_room)?).await?;
        Ok(Done::new((), page).notice(Notice::Agenda(AgendaNotice::PlaceDeleted)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn venue_rooms_path(event: &str) -> String {
    format!("{}/rooms", editor_path(event))
}

#[cfg(feature = "ssr")]
fn keep_fields(form: Form, fields: &VenueRoomFields) -> Form {
    let typed =
        [("name", &fields.name), ("description", &fields.description), ("capacity", &fields.capacity)];
    let sent = typed.into_iter().filter_map(|(field, value)| Some((field, value.as_ref()?)));
    sent.fold(form, |form, (field, value)| form.keep(field, value))
}
