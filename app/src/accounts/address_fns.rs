use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::device_cookie::caller,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    domain::accounts::EmailAddress,
    services::accounts,
};

/// Mails a link to the address the account shall have; the answer is the same for every address.
#[server(endpoint = "accounts/request_address_change", input = PostForm)]
pub async fn request_address_change(#[server(default)] email: String) -> Result<(), CallError> {
    form(Form::at("/settings/security").keep("email", &email), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let address = EmailAddress::parse(&email).map_err(|error| FieldErrors::one("email", error))?;
        accounts::request_address_change(&services, person, &address, &caller(&services)).await?;
        Ok(Done::new((), "/settings/security").notice(Notice::AddressLinkSent))
    })
    .await
}

/// Gives up a change of the address that waits for its link to be used.
#[server(endpoint = "accounts/cancel_address_change", input = PostForm)]
pub async fn cancel_address_change() -> Result<(), CallError> {
    form(Form::at("/settings/security"), async move {
        let (services, viewer) = ssr::request()?;
        accounts::cancel_address_change(&services, viewer.signed_in()?).await?;
        Ok(Done::new((), "/settings/security").notice(Notice::AddressChangeCancelled))
    })
    .await
}

/// Gives the account its new address by the mailed link.
#[server(endpoint = "accounts/confirm_address_change", input = PostForm)]
pub async fn confirm_address_change(#[server(default)] token: String) -> Result<(), CallError> {
    form(Form::at(format!("/address/{}", ssr::encoded(&token))), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in().ok();
        accounts::confirm_address_change(&services, person, &token, &caller(&services)).await?;
        let next = if person.is_some() { "/settings/security" } else { "/signin" };
        Ok(Done::new((), next).notice(Notice::AddressChanged))
    })
    .await
}

/// Takes the account back by the link the old address got, and goes on to setting a new password.
#[server(endpoint = "accounts/undo_address_change", input = PostForm)]
pub async fn undo_address_change(#[server(default)] token: String) -> Result<(), CallError> {
    form(Form::at(format!("/address/undo/{}", ssr::encoded(&token))), async move {
        let (services, _) = ssr::request()?;
        let reset = accounts::undo_address_change(&services, &token, &caller(&services)).await?;
        let next = format!("/reset/{}", ssr::encoded(reset.expose()));
        Ok(Done::new((), next).notice(Notice::AddressRestored))
    })
    .await
}
