use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::notifications,
};

/// Marks one of the own notifications as read and leads to what it is about; a fetch gets the path.
#[server(endpoint = "notifications/open", input = PostForm)]
pub async fn open_notification(#[server(default)] notification: String) -> Result<String, CallError> {
    form(Form::at("/notifications"), async move {
        let (services, viewer) = ssr::request()?;
        let link = notifications::open(&services, viewer.signed_in()?, notification.parse().ok()).await?;
        Ok(Done::new(link.clone(), link))
    })
    .await
}

/// Marks the own notifications up to one as read, as the page named it.
#[server(endpoint = "notifications/mark_all_read", input = PostForm)]
pub async fn mark_all_read(#[server(default)] up_to: String) -> Result<(), CallError> {
    form(Form::at("/notifications"), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let up_to = up_to.parse();
        let up_to = up_to.map_err(|_| FieldErrors::one("up_to", "Load this page again and retry."))?;
        notifications::mark_all_read(&services, person, up_to).await?;
        Ok(Done::new((), "/notifications"))
    })
    .await
}
