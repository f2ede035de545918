use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::{AppError, FieldErrors},
    services::streaming::{self, CredentialFields, CredentialKind, StreamFields},
};

/// Sets where a session is streamed; an empty platform ends it.
#[server(endpoint = "streaming/save_stream", input = PostForm)]
pub async fn save_stream(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(default)] platform: String,
    #[server(default)] value: String,
    #[server(default)] passcode: String,
    #[server(default)] mux_policy: String,
) -> Result<(), CallError> {
    let page = format!("/events/{}/manage/agenda/{}/stream", ssr::encoded(&event), ssr::encoded(&session));
    let kept = Form::at(page.clone())
        .keep("platform", &platform)
        .keep("value", &value)
        .keep("passcode", &passcode)
        .keep("mux_policy", &mux_policy);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let session = session.parse().map_err(|_| AppError::NotFound)?;
        let version =
            version.parse().map_err(|_| FieldErrors::one("version", "Load this page again and retry."))?;
        let fields = StreamFields { platform, value, passcode, mux_policy };
        streaming::save_stream(&services, person, &event, session, &fields, version).await?;
        Ok(Done::new((), page).notice(Notice::Saved))
    })
    .await
}

/// Saves one whole set of an organization's credentials. What is secret never comes back to the form.
#[server(endpoint = "streaming/save_credentials", input = PostForm)]
pub async fn save_credentials(
    #[server(default)] organization: String,
    #[server(default)] kind: String,
    #[server(default)] id: String,
    #[server(default)] application_id: String,
    #[server(default)] secret: String,
) -> Result<(), CallError> {
    let page = settings(&organization);
    let kept =
        Form::at(page.clone()).keep("kind", &kind).keep("id", &id).keep("application_id", &application_id);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let fields = CredentialFields { id, application_id, secret };
        let kind = CredentialKind::from_stored(&kind).ok_or(AppError::NotFound)?;
        streaming::save_credentials(&services, person, &organization, kind, &fields).await?;
        Ok(Done::new((), page).notice(Notice::SettingsSaved))
    })
    .await
}

/// Removes one set of an organization's credentials.
#[server(endpoint = "streaming/remove_credentials", input = PostForm)]
pub async fn remove_credentials(
    #[server(default)] organization: String,
    #[server(default)] kind: String,
) -> Result<(), CallError> {
    let page = settings(&organization);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let kind = CredentialKind::from_stored(&kind).ok_or(AppError::NotFound)?;
        streaming::remove_credentials(&services, person, &organization, kind).await?;
        Ok(Done::new((), page).notice(Notice::SettingsSaved))
    })
    .await
}

#[cfg(feature = "ssr")]
fn settings(organization: &str) -> String {
    format!("/organizations/{}/settings/streaming", ssr::encoded(organization))
}
