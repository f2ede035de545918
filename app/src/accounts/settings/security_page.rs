use leptos::prelude::*;

use super::{SettingsHead, Tab};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};

/// Changing the password.
#[component]
pub fn SecurityPage() -> impl IntoView {
    ssr::page(async {
        let (_, viewer) = ssr::request()?;
        viewer.signed_in()?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let labels = vec![("current_password", "Present password"), ("password", "New password")];
        Ok(view! {
            <SignedInLayout
                head=Head::new("Security · Settings", "/settings/security")
                viewer=viewer
                flash=form.clone()
            >
                <SettingsHead current=Tab::Security/>
                <section class="settings" aria-labelledby="password">
                    <h2 id="password">"Change your password"</h2>
                    <p class="meta">"All other devices are signed out, and you get a mail about it."</p>
                    <FormErrors errors=errors labels=labels/>
                    <Form action="/api/accounts/change_password">
                        <TextField
                            name="current_password" label="Present password" input_type="password"
                            autocomplete="current-password" required=true error=form.error("current_password")
                        />
                        <TextField
                            name="password" label="New password" input_type="password" autocomplete="new-password"
                            required=true minlength=8 maxlength=128 error=form.error("password")
                            hint="At least 8 characters. A few uncommon words work well; pasting is fine."
                        />
                        <Button>"Change the password"</Button>
                    </Form>
                </section>
            </SignedInLayout>
        }
        .into_any())
    })
}
