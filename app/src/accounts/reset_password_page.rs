use domain::AppError;
use domain::accounts::NewPasswordFor;
use leptos::prelude::*;
use services::accounts::find_reset;

use super::device_cookie::caller;
use super::new_password_field::NewPasswordField;
use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, LinkButton};
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, FormErrors};

/// The form behind a mailed link. Opening it changes nothing: mail scanners open links too.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    ssr::page(async {
        ssr::hide_address();
        let (services, _) = ssr::request()?;
        let token: String = ssr::param("token")?;
        let email = match find_reset(&services, &token, &caller(&services)).await.map_err(ssr::shown) {
            Ok(email) => email,
            Err(error @ AppError::Gone(_)) => return Ok(gone(&error)),
            Err(error) => return Err(error.into()),
        };
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        Ok(view! {
            <FocusLayout
                head=Head::new("Set a new password", "/reset").noindex()
                title="Set a new password"
                flash=form.clone()
            >
                <p>"For the account of "<strong>{email.clone()}</strong>". It signs you out everywhere."</p>
                <FormErrors errors=errors labels=vec![("password", "New password")]/>
                <Form action="/api/accounts/reset_password">
                    <HiddenField name="token" value=token/>
                    // Password managers file the new password under it.
                    <input type="hidden" autocomplete="username" value=email/>
                    <NewPasswordField place=NewPasswordFor::Reset error=form.error("password")/>
                    <Button>"Set the password"</Button>
                </Form>
            </FocusLayout>
        }
        .into_any())
    })
}

/// The link is over: its page offers the next step.
fn gone(error: &AppError) -> AnyView {
    ssr::set_status(error);
    view! {
        <FocusLayout
            head=Head::new("This link doesn't work", "/reset").noindex()
            title="This link doesn't work"
            lead="It was used, replaced by a newer one, is older than an hour, or is incomplete. Open it exactly as it stands in the mail."
        >
            <LinkButton href="/reset">"Send a new link"</LinkButton>
        </FocusLayout>
    }
    .into_any()
}
