use domain::AppError;
use leptos::prelude::*;
use services::accounts::find_sign_up;

use super::device_cookie::caller;
use super::login_session;
use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::time::LocalTime;

/// Shows the sign-up behind a mailed link. Opening it changes nothing: mail scanners open links too.
#[component]
pub fn ConfirmAddressPage() -> impl IntoView {
    ssr::page(async {
        ssr::hide_address();
        let (services, _) = ssr::request()?;
        let token: String = ssr::param("token")?;
        let found = find_sign_up(&services, &token, &caller(&services)).await.map_err(ssr::shown);
        let pending = match found {
            Ok(pending) => pending,
            Err(error @ AppError::Gone(_)) => return Ok(gone(&error)),
            Err(error) => return Err(error.into()),
        };
        let signed_up_at = domain::time::Timestamp::from(pending.signed_up_at);
        let withdrawn = token.clone();
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let is_elsewhere = login_session::made_sign_up().await? != Some(pending.sign_up);
        Ok(view! {
            <FocusLayout
                head=Head::new("Confirm your address", "/verify").noindex()
                title="Confirm your address"
                flash=form.clone()
            >
                <p>
                    <strong>{pending.full_name}</strong>" signed up as "<strong>{pending.email}</strong>" on "
                    <LocalTime at=signed_up_at/>"."
                </p>
                <FormErrors errors=errors labels=vec![("password", "Password")]/>
                <Form action="/api/accounts/confirm_address">
                    <HiddenField name="token" value=token/>
                    {is_elsewhere.then(|| view! {
                        <TextField
                            name="password" label="Password" input_type="password" autocomplete="current-password"
                            required=true error=form.error("password")
                            hint="The one chosen at sign-up. We ask because that was in another browser."
                        />
                    })}
                    <Button>"Confirm"</Button>
                </Form>
                <Form action="/api/accounts/withdraw_sign_up">
                    <HiddenField name="token" value=withdrawn/>
                    <Button kind=ButtonKind::Quiet>"This wasn't me"</Button>
                </Form>
            </FocusLayout>
        }
        .into_any())
    })
}

/// The link is over: its page offers the next step in place.
fn gone(error: &AppError) -> AnyView {
    ssr::set_status(error);
    view! {
        <FocusLayout
            head=Head::new("This link doesn't work", "/verify").noindex()
            title="This link doesn't work"
            lead="It was used, replaced by a newer one, is older than 24 hours, or is incomplete. Open it exactly as it stands in the mail."
        >
            <Form action="/api/accounts/resend_confirmation">
                <TextField
                    name="email" label="Email address" input_type="email" autocomplete="email" inputmode="email"
                    required=true
                />
                <Button>"Send a new link"</Button>
            </Form>
            {match ssr::viewer().signed_in() {
                Ok(_) => view! { <p class="form-aside">"You are signed in. "<a href="/home">"Go home"</a></p> }.into_any(),
                Err(_) => view! { <p class="form-aside">"Confirmed already? "<a href="/signin">"Sign in"</a></p> }.into_any(),
            }}
        </FocusLayout>
    }
    .into_any()
}
