use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::notifications,
};

/// Stops mails of one kind, for whoever holds a link from one of them.
#[server(endpoint = "notifications/stop_mails", input = PostForm)]
pub async fn stop_mails(#[server(default)] token: String) -> Result<(), CallError> {
    let path = format!("/unsubscribe/{}", ssr::encoded(&token));
    form(Form::at(path.clone()), async move {
        let (services, _) = ssr::request()?;
        notifications::unsubscribe(&services, &token).await?;
        Ok(Done::new((), path).notice(Notice::MailsStopped))
    })
    .await
}
