use leptos::prelude::*;

use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};

/// Asks for the address of a forgotten password; the answer is the same for every address.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    ssr::page(async {
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        Ok(view! {
            <FocusLayout
                head=Head::new("Forgot your password?", "/reset")
                title="Forgot your password?"
                lead="We mail you a link to set a new one. It works for an hour."
                flash=form.clone()
            >
                <FormErrors errors=errors labels=vec![("email", "Email address")]/>
                <Form action="/api/accounts/forgot_password">
                    <TextField
                        name="email" label="Email address" input_type="email" autocomplete="username"
                        inputmode="email" required=true value=form.value("email") error=form.error("email")
                    />
                    <Button>"Send the link"</Button>
                </Form>
                <p class="form-aside">"Remembered it? "<a href="/signin">"Sign in"</a></p>
            </FocusLayout>
        }
        .into_any())
    })
}
