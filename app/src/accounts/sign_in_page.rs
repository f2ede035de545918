use domain::{AppError, Denied};
use leptos::prelude::*;
use services::invitations::{self, Reader};

use super::device_cookie::caller;
use crate::flash::Flash;
use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
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
        let invited = invited_address(&next).await.unwrap_or_default();
        let errors = form.errors().cloned().unwrap_or_default();
        let is_closed =
            matches!(form.problem, Some(AppError::Denied(Denied::Deactivated | Denied::DeletionPending)));
        if is_closed {
            return Ok(closed(form, next));
        }
        let email = form.value_or("email", &invited);
        let (email_error, password_error) = (form.error("email"), form.error("password"));
        let unconfirmed = form.problem == Some(AppError::Denied(Denied::AddressUnconfirmed));
        let again = unconfirmed.then(|| {
            let email = email.clone();
            view! {
                <Form action="/api/accounts/resend_confirmation">
                    <HiddenField name="email" value=email/>
                    <Button kind=ButtonKind::Secondary>"Send a new confirmation link"</Button>
                </Form>
            }
        });
        let sign_up = if next.is_empty() {
            "/signup".to_owned()
        } else {
            format!("/signup?next={}", ssr::encoded(&next))
        };
        Ok(view! {
            <FocusLayout head=Head::new("Sign in", "/signin") title="Welcome back" flash=form.clone()>
                <FormErrors errors=errors labels=vec![("email", "Email address"), ("password", "Password")]/>
                {again}
                <Form action="/api/accounts/sign_in">
                    <HiddenField name="next" value=next/>
                    <TextField
                        name="email" label="Email address" input_type="email" autocomplete="username"
                        inputmode="email" required=true value=email error=email_error
                    />
                    <TextField
                        name="password" label="Password" input_type="password" autocomplete="current-password"
                        required=true error=password_error
                    />
                    <Button>"Sign in"</Button>
                </Form>
                <p class="form-aside"><a href="/reset">"Forgot your password?"</a></p>
                <p class="form-aside">"New here? "<a href=sign_up>"Create your account"</a></p>
            </FocusLayout>
        }
        .into_any())
    })
}

/// The right password for an account its owner closed: one button opens it again.
fn closed(form: Flash, next: String) -> AnyView {
    view! {
        <FocusLayout head=Head::new("Sign in", "/signin") title="Welcome back" flash=form>
            <p>"Open it again, and all is as it was."</p>
            <Form action="/api/accounts/come_back">
                <HiddenField name="next" value=next/>
                <Button>"Open my account again"</Button>
            </Form>
            <p class="form-aside"><a href="/signin">"Sign in with another account"</a></p>
        </FocusLayout>
    }
    .into_any()
}

/// The address of the invitation somebody comes from: who has its link knows it.
async fn invited_address(next: &str) -> Option<String> {
    let token = next.strip_prefix("/invitations/").filter(|token| !token.is_empty())?;
    let (services, viewer) = ssr::request().ok()?;
    match invitations::find(&services, &viewer, token, &caller(&services)).await {
        Ok((_, Reader::SignsIn { address })) => Some(address),
        Ok((_, Reader::MakesAccount { .. } | Reader::Answers | Reader::IsSomebodyElse { .. })) | Err(_) => {
            None
        }
    }
}
