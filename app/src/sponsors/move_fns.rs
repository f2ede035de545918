use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::frame::{board_path, sponsor_id, switch},
    crate::flash::{Notice, Undo},
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    domain::sponsors::Place,
    services::sponsors,
};

/// Moves a sponsor to a place as [`domain::sponsors::Place`] writes it.
#[server(endpoint = "sponsors/move", input = PostForm)]
pub async fn move_sponsor(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
    #[server(default)] place: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, sponsor_id(&sponsor)?);
        sponsors::may_change(&services, person, &event).await?;
        let place: Place = place.parse().map_err(|error| FieldErrors::one("place", error))?;
        let before = sponsors::move_to(&services, person, &event, id, place).await?.to_string();
        let back = [("event", event.as_str()), ("sponsor", &sponsor), ("place", &before)];
        let undo = Undo::new("/api/sponsors/move", &back);
        Ok(Done::new((), board).notice(Notice::OrderSaved).undo(Some(undo)))
    })
    .await
}

/// Shows a sponsor on the event's pages (`yes`) or hides it (`no`).
#[server(endpoint = "sponsors/set_active", input = PostForm)]
pub async fn set_sponsor_active(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
    #[server(default)] active: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, sponsor_id(&sponsor)?);
        sponsors::may_change(&services, person, &event).await?;
        sponsors::set_active(&services, person, &event, id, switch("active", &active)?).await?;
        Ok(Done::new((), board).notice(Notice::Saved))
    })
    .await
}

/// Marks a sponsor as featured (`yes`) or not (`no`).
#[server(endpoint = "sponsors/set_featured", input = PostForm)]
pub async fn set_sponsor_featured(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
    #[server(default)] featured: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, sponsor_id(&sponsor)?);
        sponsors::may_change(&services, person, &event).await?;
        sponsors::set_featured(&services, person, &event, id, switch("featured", &featured)?).await?;
        Ok(Done::new((), board).notice(Notice::Saved))
    })
    .await
}

/// Hides a sponsor; for ten minutes it can be brought back.
#[server(endpoint = "sponsors/delete", input = PostForm)]
pub async fn delete_sponsor(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        sponsors::delete(&services, viewer.signed_in()?, &event, sponsor_id(&sponsor)?).await?;
        Ok(Done::new((), board).notice(Notice::DeletedForNow))
    })
    .await
}

/// Brings a deleted sponsor back.
#[server(endpoint = "sponsors/restore", input = PostForm)]
pub async fn restore_sponsor(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        sponsors::restore(&services, viewer.signed_in()?, &event, sponsor_id(&sponsor)?).await?;
        Ok(Done::new((), board).notice(Notice::BroughtBack))
    })
    .await
}
