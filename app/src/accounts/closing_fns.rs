use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::device_cookie::{caller, keep_device},
    super::login_session,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::accounts::{self, SignInDone},
    services::{ServiceError, Services},
};

/// Hides the person and signs them out everywhere until they come back.
#[server(endpoint = "accounts/deactivate", input = PostForm)]
pub async fn deactivate() -> Result<(), CallError> {
    form(Form::at("/settings/account"), async move {
        let (services, viewer) = ssr::request()?;
        accounts::deactivate(&services, viewer.signed_in()?, &caller(&services)).await?;
        login_session::end().await?;
        Ok(Done::new((), "/signin").notice(Notice::Deactivated))
    })
    .await
}

/// Begins the deletion of the account; it is erased after 30 days.
#[server(endpoint = "accounts/delete_account", input = PostForm)]
pub async fn delete_account(#[server(default)] confirmation: String) -> Result<(), CallError> {
    form(Form::at("/settings/account").keep("confirmation", &confirmation), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        accounts::delete_account(&services, person, &confirmation, &caller(&services)).await?;
        login_session::end().await?;
        Ok(Done::new((), "/signin").notice(Notice::DeletionBegan))
    })
    .await
}

/// Opens a closed account again and signs its owner in.
#[server(endpoint = "accounts/come_back", input = PostForm)]
pub async fn come_back(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), CallError> {
    form(Form::at(ssr::sign_in_path(&next)).keep("email", &email), async move {
        let (services, _) = ssr::request()?;
        let done = opened_again(&services, email, password).await?;
        login_session::begin(done.admitted).await?;
        keep_device(&services, done.new_device.as_ref());
        Ok(Done::new((), login_session::local_or_home(&next)).notice(Notice::CameBack))
    })
    .await
}

/// By the password that was typed, or by the right one this browser typed a moment ago.
#[cfg(feature = "ssr")]
async fn opened_again(
    services: &Services,
    email: String,
    password: String,
) -> Result<SignInDone, ServiceError> {
    match login_session::who_may_come_back().await?.filter(|_| password.is_empty()) {
        Some(proved) => accounts::come_back_as(services, proved, &caller(services)).await,
        None => {
            let credentials = super::server_fns::credentials(email, password)?;
            accounts::come_back(services, &credentials, &caller(services)).await
        }
    }
}

/// Asks for a copy of everything that is kept about the person.
#[server(endpoint = "accounts/request_export", input = PostForm)]
pub async fn request_export() -> Result<(), CallError> {
    form(Form::at("/settings/account"), async move {
        let (services, viewer) = ssr::request()?;
        accounts::request_export(&services, viewer.signed_in()?).await?;
        Ok(Done::new((), "/settings/account").notice(Notice::ExportAsked))
    })
    .await
}
