use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::AppError,
    domain::ids::LoginSessionId,
    services::accounts,
};

/// Signs one of the person's other devices out.
#[server(endpoint = "accounts/end_device", input = PostForm)]
pub async fn end_device(#[server(default)] device: String) -> Result<(), CallError> {
    form(Form::at("/settings/devices"), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let device: LoginSessionId = device.parse().map_err(|_| AppError::NotFound)?;
        accounts::end_device(&services, person, device).await?;
        Ok(Done::new((), "/settings/devices").notice(Notice::DeviceEnded))
    })
    .await
}

/// Signs all the person's other devices out.
#[server(endpoint = "accounts/end_other_devices", input = PostForm)]
pub async fn end_other_devices() -> Result<(), CallError> {
    form(Form::at("/settings/devices"), async move {
        let (services, viewer) = ssr::request()?;
        accounts::end_other_devices(&services, viewer.signed_in()?).await?;
        Ok(Done::new((), "/settings/devices").notice(Notice::OthersEnded))
    })
    .await
}
