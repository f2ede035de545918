use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::AppError,
    domain::uploads::UploadPurpose,
    services::{events, uploads},
};

/// Takes the own picture away.
#[server(endpoint = "uploads/remove_avatar", input = PostForm)]
pub async fn remove_avatar() -> Result<(), CallError> {
    form(Form::at("/settings/profile"), async move {
        let (services, viewer) = ssr::request()?;
        uploads::remove_avatar(&services, viewer.signed_in()?).await?;
        Ok(Done::new((), "/settings/profile").notice(Notice::PictureRemoved))
    })
    .await
}

/// Takes one picture of an event away.
#[server(endpoint = "uploads/remove_event_image", input = PostForm)]
pub async fn remove_event_image(
    #[server(default)] event: String,
    #[server(default)] picture: String,
) -> Result<(), CallError> {
    let page = branding(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let purpose = UploadPurpose::of_event_field(&picture).ok_or(AppError::NotFound);
        uploads::remove_event_image(&services, person, &event, purpose?).await?;
        Ok(Done::new((), page).notice(Notice::PictureRemoved))
    })
    .await
}

/// Takes the logo of a sponsor away.
#[server(endpoint = "uploads/remove_sponsor_logo", input = PostForm)]
pub async fn remove_sponsor_logo(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
) -> Result<(), CallError> {
    let page = format!("/events/{}/manage/sponsors/{}", ssr::encoded(&event), ssr::encoded(&sponsor));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let sponsor = sponsor.parse().map_err(|_| AppError::NotFound)?;
        uploads::remove_sponsor_logo(&services, person, &event, sponsor).await?;
        Ok(Done::new((), page).notice(Notice::PictureRemoved))
    })
    .await
}

/// Sets the colour of an event.
#[server(endpoint = "uploads/save_accent", input = PostForm)]
pub async fn save_accent(
    #[server(default)] event: String,
    #[server(default)] accent_color: String,
) -> Result<(), CallError> {
    let page = branding(&event);
    form(Form::at(page.clone()).keep("accent_color", &accent_color), async move {
        let (services, viewer) = ssr::request()?;
        events::save_accent(&services, viewer.signed_in()?, &event, &accent_color).await?;
        Ok(Done::new((), page).notice(Notice::EventSaved))
    })
    .await
}

#[cfg(feature = "ssr")]
fn branding(event: &str) -> String {
    format!("/events/{}/manage/branding", ssr::encoded(event))
}
