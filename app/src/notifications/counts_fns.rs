use domain::notifications::Waiting;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::form::{Done, Form, form},
    crate::ssr,
};

/// What waits for the person, for the heads of open pages. Changes nothing, and asks the database nothing of its own: it
/// comes with the login session.
#[server(endpoint = "notifications/count_waiting", input = PostForm)]
pub async fn count_waiting() -> Result<Waiting, CallError> {
    form(Form::at("/notifications"), async move {
        ssr::viewer().signed_in()?;
        Ok(Done::new(ssr::extension::<Waiting>().unwrap_or_default(), "/notifications"))
    })
    .await
}
