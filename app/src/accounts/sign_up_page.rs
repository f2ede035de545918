use domain::accounts::NewPasswordFor;
use leptos::prelude::*;

use super::new_password_field::NewPasswordField;
use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};

/// The labels of the form's fields, in order, for the error summary.
const LABELS: [(&str, &str); 4] = [
    ("first_name", "First name"),
    ("last_name", "Last name"),
    ("email", "Email address"),
    ("password", "Password"),
];

/// The sign-up form.
#[component]
pub fn SignUpPage() -> impl IntoView {
    ssr::page(async {
        let next = ssr::query("next").unwrap_or_default();
        if ssr::viewer().signed_in().is_ok() {
            ssr::redirect("/home");
            return Ok(().into_any());
        }
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let sign_in = ssr::sign_in_path(&next);
        Ok(view! {
            <FocusLayout
                head=Head::new("Sign up", "/signup").describe("Create your Atria account.")
                title="Create your account"
                lead="One account for every event you join."
                flash=form.clone()
            >
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Form action="/api/accounts/sign_up">
                    <HiddenField name="next" value=next/>
                    <TextField
                        name="first_name" label="First name" autocomplete="given-name" required=true maxlength=100
                        value=form.value("first_name") error=form.error("first_name")
                    />
                    <TextField
                        name="last_name" label="Last name" autocomplete="family-name" maxlength=100
                        value=form.value("last_name") error=form.error("last_name")
                    />
                    <TextField
                        name="email" label="Email address" input_type="email" autocomplete="email" inputmode="email"
                        required=true maxlength=254 value=form.value("email") error=form.error("email")
                    />
                    <NewPasswordField place=NewPasswordFor::SignUp label="Password" error=form.error("password")/>
                    <Button>"Create account"</Button>
                </Form>
                <p class="form-aside">"You have an account? "<a href=sign_in>"Sign in"</a></p>
            </FocusLayout>
        }
        .into_any())
    })
}

/// "Look into your mail", with a way to send the link again.
#[component]
pub fn SignUpSentPage() -> impl IntoView {
    ssr::page(async {
        let form = ssr::take_flash().await?;
        // As it was typed: a slip is seen here.
        let email = form.value("email");
        let lead = match email.as_str() {
            "" => "We send you a link. Open it within 24 hours to confirm your address.".to_owned(),
            email => format!("We sent a link to {email}. Open it within 24 hours to confirm your address."),
        };
        let lists_mail = use_context::<ssr::Site>().is_some_and(|site| site.lists_mail);
        Ok(view! {
            <FocusLayout
                head=Head::new("Check your mail", "/signup/sent").noindex()
                title="Check your mail"
                lead=lead
                flash=form.clone()
            >
                {lists_mail.then(|| view! {
                    <p>
                        "This Atria has no mail server yet. "
                        <a href="/dev/mail">"Read the mail it would have sent"</a>"."
                    </p>
                })}
                <Form action="/api/accounts/resend_confirmation">
                    <TextField
                        name="email" label="Email address" input_type="email" autocomplete="email" inputmode="email"
                        required=true value=email error=form.error("email")
                        hint="Nothing arrived? Look into spam, or have the link sent again."
                    />
                    <Button kind=ButtonKind::Secondary>"Send a new link"</Button>
                </Form>
                <p class="form-aside">
                    "Wrong address? "<a href="/signup">"Sign up again"</a>" · Confirmed already? "
                    <a href="/signin">"Sign in"</a>
                </p>
            </FocusLayout>
        }
        .into_any())
    })
}
