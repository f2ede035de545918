use leptos::prelude::*;

use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};

/// Asks a signed-in person for their password before something that can't be taken back, and leads back to `?next=`.
#[component]
pub fn ConfirmPasswordPage() -> impl IntoView {
    ssr::page(async {
        let next = ssr::query("next").unwrap_or_default();
        let (_, viewer) = ssr::request()?;
        let Ok(person) = viewer.signed_in() else {
            ssr::redirect(&ssr::sign_in_path(super::login_session::local_or_home(&next)));
            return Ok(().into_any());
        };
        let name = person.full_name.clone();
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let back = super::login_session::local_or_home(&next).to_owned();
        Ok(view! {
            <FocusLayout
                head=Head::new("Confirm your password", "/confirm-password")
                title="Is it you?"
                lead="What comes next can't be undone easily, so we ask for your password first."
                flash=form.clone()
            >
                <p class="meta">"Signed in as "<strong>{name}</strong></p>
                <FormErrors errors=errors labels=vec![("current_password", "Password")]/>
                <Form action="/api/accounts/confirm_password">
                    <HiddenField name="next" value=next/>
                    <TextField
                        name="current_password" label="Password" input_type="password"
                        autocomplete="current-password" required=true error=form.error("current_password")
                    />
                    <Button>"Go on"</Button>
                </Form>
                <p class="form-aside"><a href=back>"Not now"</a>" · "<a href="/reset">"Forgot your password?"</a></p>
            </FocusLayout>
        }
        .into_any())
    })
}
