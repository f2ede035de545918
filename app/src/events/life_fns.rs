//! The steps of an event's life, and taking the last one back.

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::LifeNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::AppError,
    domain::ids::EventId,
    services::events::{self, NewDuplicate},
};

/// Makes a published event a draft again, before anybody registered.
#[server(endpoint = "events/unpublish", input = PostForm)]
pub async fn unpublish_event(#[server(default)] event: String) -> Result<(), CallError> {
    form(Form::at(danger(&event)), async move {
        let (services, viewer) = ssr::request()?;
        events::unpublish(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), manage(&event)).notice(Notice::EventLife(LifeNotice::Unpublished)))
    })
    .await
}

/// Cancels an event and tells everybody why.
#[server(endpoint = "events/cancel", input = PostForm)]
pub async fn cancel_event(
    #[server(default)] event: String,
    #[server(default)] reason: String,
) -> Result<(), CallError> {
    form(Form::at(danger(&event)).keep("reason", &reason), async move {
        let (services, viewer) = ssr::request()?;
        events::cancel(&services, viewer.signed_in()?, &event, &reason).await?;
        Ok(Done::new((), manage(&event)).notice(Notice::EventLife(LifeNotice::Cancelled)))
    })
    .await
}

/// A cancelled event takes place after all.
#[server(endpoint = "events/reinstate", input = PostForm)]
pub async fn reinstate_event(#[server(default)] event: String) -> Result<(), CallError> {
    form(Form::at(danger(&event)), async move {
        let (services, viewer) = ssr::request()?;
        events::reinstate(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), manage(&event)).notice(Notice::EventLife(LifeNotice::Reinstated)))
    })
    .await
}

/// Closes an event that is over for everything but reading.
#[server(endpoint = "events/archive", input = PostForm)]
pub async fn archive_event(#[server(default)] event: String) -> Result<(), CallError> {
    form(Form::at(danger(&event)), async move {
        let (services, viewer) = ssr::request()?;
        events::archive(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), manage(&event)).notice(Notice::EventLife(LifeNotice::Archived)))
    })
    .await
}

/// Takes an event out of the archive.
#[server(endpoint = "events/reopen", input = PostForm)]
pub async fn reopen_event(#[server(default)] event: String) -> Result<(), CallError> {
    form(Form::at(danger(&event)), async move {
        let (services, viewer) = ssr::request()?;
        events::reopen(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), manage(&event)).notice(Notice::EventLife(LifeNotice::Reopened)))
    })
    .await
}

/// Makes a draft from an event, on other days; answers its address.
#[server(endpoint = "events/duplicate", input = PostForm)]
pub async fn duplicate_event(
    #[server(default)] event: String,
    #[server(default)] title: String,
    #[server(default)] start_date: String,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let kept = Form::at(danger(&event))
        .keep("title", &title)
        .keep("start_date", &start_date)
        .keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewDuplicate { title, start_date, form_key };
        let slug = events::duplicate(&services, viewer.signed_in()?, &event, &new).await?;
        let next = manage(&slug);
        Ok(Done::new(slug, next).notice(Notice::EventLife(LifeNotice::Created)))
    })
    .await
}

/// Deletes an event, for 30 days.
#[server(endpoint = "events/delete", input = PostForm)]
pub async fn delete_event(
    #[server(default)] event: String,
    #[server(default)] name: String,
) -> Result<(), CallError> {
    form(Form::at(danger(&event)).keep("name", &name), async move {
        let (services, viewer) = ssr::request()?;
        events::delete(&services, viewer.signed_in()?, &event, &name).await?;
        Ok(Done::new((), "/home").notice(Notice::EventLife(LifeNotice::Deleted)))
    })
    .await
}

/// Brings a deleted event back; answers its address.
#[server(endpoint = "events/restore", input = PostForm)]
pub async fn restore_event(#[server(default)] deleted: String) -> Result<String, CallError> {
    form(Form::at("/home"), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let id: EventId = deleted.parse().map_err(|_| AppError::NotFound)?;
        let slug = events::restore(&services, person, id).await?;
        let next = manage(&slug);
        Ok(Done::new(slug, next).notice(Notice::EventLife(LifeNotice::Restored)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn manage(event: &str) -> String {
    format!("/events/{}/manage", ssr::encoded(event))
}

#[cfg(feature = "ssr")]
fn danger(event: &str) -> String {
    format!("{}/danger", manage(event))
}
