use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::{PostForm, Sent};

#[cfg(feature = "ssr")]
use {
    super::frame::{editor_path, track_id, version_of},
    super::notice::AgendaNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::agenda::{self, NewTrack, TrackFields},
};

/// Adds a track behind the others; answers its id.
#[server(endpoint = "tracks/create", input = PostForm)]
pub async fn create_track(
    #[server(default)] event: String,
    #[server(default)] name: Sent,
    #[server(default)] colour: Sent,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let fields = TrackFields { name: name.0, colour: colour.0 };
    let page = tracks_path(&event);
    let kept = keep_fields(Form::at(page.clone()), &fields).keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewTrack { fields, form_key };
        let id = agenda::create_track(&services, viewer.signed_in()?, &event, &new).await?;
        Ok(Done::new(id.to_string(), page).notice(Notice::Agenda(AgendaNotice::PlaceAdded)))
    })
    .await
}

/// Saves the fields that were sent, unless somebody saved a newer version.
#[server(endpoint = "tracks/save", input = PostForm)]
pub async fn save_track(
    #[server(default)] event: String,
    #[server(default)] track: String,
    #[server(default)] version: String,
    #[server(default)] name: Sent,
    #[server(default)] colour: Sent,
) -> Result<(), CallError> {
    let fields = TrackFields { name: name.0, colour: colour.0 };
    let list = tracks_path(&event);
    let page = format!("{list}/{}", ssr::encoded(&track));
    form(keep_fields(Form::at(page), &fields), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id, version) = (viewer.signed_in()?, track_id(&track)?, version_of(&version)?);
        agenda::save_track(&services, person, &event, id, fields, version).await?;
        Ok(Done::new((), list).notice(Notice::Saved))
    })
    .await
}

/// Moves a track behind another one; an empty `after` is the front.
#[server(endpoint = "tracks/move", input = PostForm)]
pub async fn move_track(
    #[server(default)] event: String,
    #[server(default)] track: String,
    #[server(default)] after: String,
) -> Result<(), CallError> {
    let page = tracks_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let id = track_id(&track)?;
        let after = if after.is_empty() { None } else { Some(track_id(&after)?) };
        agenda::move_track(&services, person, &event, id, after).await?;
        Ok(Done::new((), page).notice(Notice::OrderSaved))
    })
    .await
}

/// Deletes a track; its sessions stay.
#[server(endpoint = "tracks/delete", input = PostForm)]
pub async fn delete_track(
    #[server(default)] event: String,
    #[server(default)] track: String,
) -> Result<(), CallError> {
    let page = tracks_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        agenda::delete_track(&services, person, &event, track_id(&track)?).await?;
        Ok(Done::new((), page).notice(Notice::Agenda(AgendaNotice::PlaceDeleted)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn tracks_path(event: &str) -> String {
    format!("{}/tracks", editor_path(event))
}

#[cfg(feature = "ssr")]
fn keep_fields(form: Form, fields: &TrackFields) -> Form {
    let typed = [("name", &fields.name), ("colour", &fields.colour)];
    let sent = typed.into_iter().filter_map(|(field, value)| Some((field, value.as_ref()?)));
    sent.fold(form, |form, (field, value)| form.keep(field, value))
}
