use domain::accounts::PasswordEstimate;
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
    domain::FieldErrors,
    domain::accounts::{EmailAddress, NewPasswordFor},
    services::accounts::{self, Beside},
};

/// How hard a password is to guess that is being typed; `place` names the form, and the other fields stand in it.
#[server(endpoint = "accounts/estimate_password", input = PostForm)]
pub async fn estimate_password(
    #[server(default)] place: String,
    #[server(default)] password: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] email: String,
    #[server(default)] token: String,
    #[server(default)] next: String,
) -> Result<PasswordEstimate, CallError> {
    form(Form::at("/"), async move {
        let (services, viewer) = ssr::request()?;
        let place = NewPasswordFor::from_name(&place)
            .ok_or_else(|| FieldErrors::one("place", "Load this page again and retry."))?;
        let (beside, from) = (Beside { first_name, last_name, email, token, next }, caller(&services));
        let estimate = accounts::estimate_password(&services, &viewer, place, &password, &beside, &from);
        Ok(Done::new(estimate.await?, "/"))
    })
    .await
}

/// Mails a link to set a new password; the answer is the same for every address.
#[server(endpoint = "accounts/forgot_password", input = PostForm)]
pub async fn forgot_password(#[server(default)] email: String) -> Result<(), CallError> {
    form(Form::at("/reset").keep("email", &email), async move {
        let (services, _) = ssr::request()?;
        let address = EmailAddress::parse(&email).map_err(|error| FieldErrors::one("email", error))?;
        accounts::forgot_password(&services, &address, &caller(&services)).await?;
        Ok(Done::new((), "/reset").notice(Notice::ResetLinkSent))
    })
    .await
}

/// Sets a new password by a mailed link and leads to sign-in; every login session of the account is over then.
#[server(endpoint = "accounts/reset_password", input = PostForm)]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), CallError> {
    form(Form::at(format!("/reset/{}", ssr::encoded(&token))), async move {
        let (services, _) = ssr::request()?;
        let made = accounts::reset_password(&services, &token, &password, &caller(&services)).await?;
        keep_device(&services, made.as_ref());
        Ok(Done::new((), "/signin").notice(Notice::PasswordReset))
    })
    .await
}

/// Confirms the own password and goes on to `next`; this browser gets a new session id.
#[server(endpoint = "accounts/confirm_password", input = PostForm)]
pub async fn confirm_password(
    #[server(default)] current_password: String,
    #[server(default)] next: String,
) -> Result<(), CallError> {
    form(Form::at(ssr::confirm_password_path(&next)), async move {
        let (services, viewer) = ssr::request()?;
        let interim_id =
            accounts::confirm_password(&services, viewer.signed_in()?, &current_password).await?;
        login_session::go_on(interim_id).await?;
        Ok(Done::new((), login_session::local_or_home(&next)).notice(Notice::PasswordConfirmed))
    })
    .await
}

/// Changes the own password; this browser gets a new login session, all others end.
#[server(endpoint = "accounts/change_password", input = PostForm)]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] password: String,
) -> Result<(), CallError> {
    form(Form::at("/settings/security"), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let caller = caller(&services);
        let admitted =
            accounts::change_password(&services, person, &current_password, &password, &caller).await?;
        login_session::begin(admitted).await?;
        Ok(Done::new((), "/settings/security").notice(Notice::PasswordChanged))
    })
    .await
}
