use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::attending::AttendingNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::calendars,
};

/// Makes a secret address for the own sessions of an event, in the place of the one before; answers it, once.
#[server(endpoint = "calendars/make_feed", input = PostForm)]
pub async fn make_feed(#[server(default)] event: String) -> Result<String, CallError> {
    let page = calendar_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let secret = calendars::make_feed(&services, viewer.signed_in()?, &event).await?;
        let address = format!("{}/calendar/{}.ics", services.public_url, secret.expose());
        Ok(Done::new(address.clone(), page)
            .notice(Notice::Attending(AttendingNotice::CalendarAddressMade))
            .carry("feed", &address))
    })
    .await
}

/// Ends the secret address; calendars that subscribed to it get nothing more.
#[server(endpoint = "calendars/revoke_feed", input = PostForm)]
pub async fn revoke_feed(#[server(default)] event: String) -> Result<(), CallError> {
    let page = calendar_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        calendars::revoke_feed(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), page).notice(Notice::Attending(AttendingNotice::CalendarAddressEnded)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn calendar_path(event: &str) -> String {
    format!("/events/{}/calendar", ssr::encoded(event))
}
