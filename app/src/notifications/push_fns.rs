use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::form::{Done, Form, form},
    crate::ssr,
    services::push::{self, NewSubscription},
};

#[cfg(feature = "ssr")]
const SETTINGS: &str = "/settings/notifications";

/// Pushes to this browser from here on; the fields are what its push manager answered.
#[server(endpoint = "push/subscribe", input = PostForm)]
pub async fn subscribe_push(
    #[server(default)] endpoint: String,
    #[server(default)] p256dh: String,
    #[server(default)] auth: String,
) -> Result<(), CallError> {
    form(Form::at(SETTINGS), async move {
        let (services, viewer) = ssr::request()?;
        let new = NewSubscription { endpoint, p256dh, auth };
        push::subscribe(&services, viewer.signed_in()?, &new).await?;
        Ok(Done::new((), SETTINGS))
    })
    .await
}

/// Pushes nothing more to this browser.
#[server(endpoint = "push/unsubscribe", input = PostForm)]
pub async fn unsubscribe_push() -> Result<(), CallError> {
    form(Form::at(SETTINGS), async move {
        let (services, viewer) = ssr::request()?;
        push::unsubscribe(&services, viewer.signed_in()?).await?;
        Ok(Done::new((), SETTINGS))
    })
    .await
}
