use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::push::{self, NewSubscription},
};

#[cfg(feature = "ssr")]
const SETTINGS: &str = "/settings/notifications";

/// Pushes to this browser from here on; the fields are what its push manager answered. With `renews`, which the service
/// worker sends, only if it was pushed to before.
#[server(endpoint = "push/subscribe", input = PostForm)]
pub async fn subscribe_push(
    #[server(default)] endpoint: String,
    #[server(default)] p256dh: String,
    #[server(default)] auth: String,
    #[server(default)] renews: String,
) -> Result<(), CallError> {
    form(Form::at(SETTINGS), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let renews = match renews.as_str() {
            "" => false,
            "yes" => true,
            _ => return Err(FieldErrors::one("renews", "This is yes, or nothing.").into()),
        };
        let new = NewSubscription { endpoint, p256dh, auth, renews };
        push::subscribe(&services, person, &new).await?;
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
