use domain::{AppError, Denied};
use leptos::prelude::*;

use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};

/// The sign-in form; goes on to `?next=` when that is a page of ours.
#[component]
pub fn SignInPage() -> impl IntoView {
    ssr::page(async {
        let next = ssr::query("next").unwrap_or_default();
        if ssr::viewer().signed_in().is_ok() {
            ssr::redirect(super::login_session::local_or_home(&next));
            return Ok(().into_any());
        }
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let is_closed =
            matches!(form.problem, Some(AppError::Denied(Denied::Deactivated | Denied::DeletionPending)));
        let (action, submit) = if is_closed {
            ("/api/accounts/come_back", "Open my account again")
        } else {
            ("/api/accounts/sign_in", "Sign in")
        };
        let unconfirmed = form.problem == Some(AppError::Denied(Denied::AddressUnconfirmed));
        let sign_up = if next.is_empty() {
            "/signup".to_owned()
        } else {
            format!("/signup?next={}", ssr::encoded(&next))
        };
        Ok(view! {
            <FocusLayout head=Head::new("Sign in", "/signin") title="Welcome back" flash=form.clone()>
                <FormErrors errors=errors labels=vec![("email", "Email address"), ("password", "Password")]/>
                {unconfirmed.then(|| view! { <p><a href="/signup/sent">"Send a new confirmation link"</a></p> })}
                {is_closed.then(|| view! {
                    <p>
                        "Open it again, and all is as it was. Type your password once more. "
                        <a href="/signin">"Sign in with another account"</a>
                    </p>
                })}
                <Form action=action>
                    <HiddenField name="next" value=next/>
                    <TextField
                        name="email" label="Email address" input_type="email" autocomplete="username"
                        inputmode="email" required=true value=form.value("email") error=form.error("email")
                    />
                    <TextField
                        name="password" label="Password" input_type="password" autocomplete="current-password"
                        required=true error=form.error("password")
                    />
                    <Button>{submit}</Button>
                </Form>
                <p class="form-aside"><a href="/forgot">"Forgot your password?"</a></p>
                <p class="form-aside">"New here? "<a href=sign_up>"Create your account"</a></p>
            </FocusLayout>
        }
        .into_any())
    })
}
