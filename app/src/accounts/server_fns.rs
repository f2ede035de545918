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
    domain::accounts::EmailAddress,
    services::ServiceError,
    services::accounts::{self, Credentials, NewAccount, SignInDone, SignInOutcome},
};

/// Makes an unverified account and mails its link; the answer is the same for known addresses.
#[server(endpoint = "accounts/sign_up", input = PostForm)]
pub async fn sign_up(
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), CallError> {
    let back =
        if next.is_empty() { "/signup".to_owned() } else { format!("/signup?next={}", ssr::encoded(&next)) };
    let kept =
        Form::at(back).keep("first_name", &first_name).keep("last_name", &last_name).keep("email", &email);
    form(kept, async move {
        let (services, _) = ssr::request()?;
        let account = NewAccount::parse(&first_name, &last_name, &email, &password)?;
        let account = account.in_zone(ssr::told_zone().as_deref());
        let sign_up =
            accounts::sign_up(&services, account, ssr::local_path(&next), &caller(&services)).await?;
        login_session::remember_sign_up(sign_up).await?;
        Ok(Done::new((), "/signup/sent").carry("email", email.trim()))
    })
    .await
}

/// Mails a new link to an unverified account; the answer is the same for every address.
#[server(endpoint = "accounts/resend_confirmation", input = PostForm)]
pub async fn resend_confirmation(#[server(default)] email: String) -> Result<(), CallError> {
    form(Form::at("/signup/sent").keep("email", &email), async move {
        let (services, _) = ssr::request()?;
        let address = EmailAddress::parse(&email).map_err(|error| FieldErrors::one("email", error))?;
        accounts::resend_confirmation(&services, &address, &caller(&services)).await?;
        Ok(Done::new((), "/signup/sent").notice(Notice::LinkSent).carry("email", email.trim()))
    })
    .await
}

/// Consumes a confirmation link and signs in: the browser that signed up at once, another one with the password.
#[server(endpoint = "accounts/confirm_address", input = PostForm)]
pub async fn confirm_address(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), CallError> {
    form(Form::at(format!("/verify/{}", ssr::encoded(&token))), async move {
        let (services, _) = ssr::request()?;
        let made = login_session::made_sign_up().await?;
        let confirmed =
            accounts::confirm_address(&services, &token, made, &password, &caller(&services)).await?;
        login_session::begin(confirmed.admitted).await?;
        let device =
            accounts::remember_device(&services, confirmed.admitted.user, &caller(&services)).await?;
        keep_device(&services, device.as_ref());
        let next = confirmed.next.unwrap_or_default();
        Ok(Done::new((), login_session::local_or_home(&next)).notice(Notice::AddressConfirmed))
    })
    .await
}

/// "This wasn't me": removes the unverified account behind a confirmation link.
#[server(endpoint = "accounts/withdraw_sign_up", input = PostForm)]
pub async fn withdraw_sign_up(#[server(default)] token: String) -> Result<(), CallError> {
    form(Form::at(format!("/verify/{}", ssr::encoded(&token))), async move {
        let (services, _) = ssr::request()?;
        accounts::withdraw_sign_up(&services, &token, &caller(&services)).await?;
        Ok(Done::new((), "/signin").notice(Notice::SignUpWithdrawn))
    })
    .await
}

/// Begins a login session under a fresh id and goes on to `next`, if that is a page of ours.
#[server(endpoint = "accounts/sign_in", input = PostForm)]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), CallError> {
    form(Form::at(ssr::sign_in_path(&next)).keep("email", &email), async move {
        let (services, _) = ssr::request()?;
        let credentials = credentials(email, password)?;
        let outcome = accounts::sign_in(&services, &credentials, &caller(&services)).await?;
        let done = signed_in(outcome).await?;
        login_session::begin(done.admitted).await?;
        keep_device(&services, done.new_device.as_ref());
        Ok(Done::new((), login_session::local_or_home(&next)))
    })
    .await
}

/// Whoever closed their account is not signed in; this browser remembers that they may open it again.
#[cfg(feature = "ssr")]
async fn signed_in(outcome: SignInOutcome) -> Result<SignInDone, ServiceError> {
    match outcome {
        SignInOutcome::SignedIn(done) => Ok(done),
        SignInOutcome::Closed { proved, why } => {
            login_session::remember_proved(proved).await?;
            Err(why.into())
        }
    }
}

/// What was typed to sign in, if anything was.
#[cfg(feature = "ssr")]
pub(super) fn credentials(email: String, password: String) -> Result<Credentials, FieldErrors> {
    let mut missing = FieldErrors::default();
    if email.trim().is_empty() {
        missing.add("email", "Enter your email address.");
    }
    if password.is_empty() {
        missing.add("password", "Enter your password.");
    }
    if missing.is_empty() { Ok(Credentials { email, password }) } else { Err(missing) }
}

/// Ends this browser's login session for good; signing out twice is fine.
#[server(endpoint = "accounts/sign_out", input = PostForm)]
pub async fn sign_out() -> Result<(), CallError> {
    form(Form::at("/"), async move {
        login_session::end().await?;
        Ok(Done::new((), "/"))
    })
    .await
}
