use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::attendees,
};

/// Ends the own membership or place on the waitlist; `confirmed` is `yes` once the person read what ends.
#[server(endpoint = "attendees/leave", input = PostForm)]
pub async fn leave_event(
    #[server(default)] event: String,
    #[server(default)] confirmed: String,
) -> Result<(), CallError> {
    let page = format!("/events/{}/me", ssr::encoded(&event));
    form(Form::at(page), async move {
        let (services, viewer) = ssr::request()?;
        attendees::leave(&services, viewer.signed_in()?, &event, confirmed == "yes").await?;
        Ok(Done::new((), "/home").notice(Notice::EventLeft))
    })
    .await
}
