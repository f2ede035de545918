use domain::accounts::NewPasswordFor;
use leptos::prelude::*;
use services::accounts::{self, PendingAddress};

use super::{SettingsHead, Tab};
use crate::accounts::new_password_field::NewPasswordField;
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::Notice;
use crate::ui::time::LocalTime;

/// Changing the password and the address.
#[component]
pub fn SecurityPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let own = accounts::own_profile(&services, viewer.signed_in()?).await?;
        let pending = accounts::pending_address_change(&services, viewer.signed_in()?).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let labels = vec![
            ("current_password", "Current password"),
            ("password", "New password"),
            ("email", "New email address"),
        ];
        Ok(view! {
            <SignedInLayout
                head=Head::new("Security · Settings", "/settings/security")
                viewer=viewer
                flash=form.clone()
            >
                <SettingsHead current=Tab::Security/>
                <FormErrors errors=errors labels=labels/>
                <ChangePassword form=form.clone()/>
                <ChangeAddress form=form present=own.profile.email pending=pending/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn ChangePassword(form: Flash) -> impl IntoView {
    view! {
        <section class="settings" aria-labelledby="password">
            <h2 id="password">"Change your password"</h2>
            <p class="meta">"All other devices are signed out, and you get a mail about it."</p>
            <Form action="/api/accounts/change_password">
                <TextField
                    name="current_password" label="Current password" input_type="password"
                    autocomplete="current-password" required=true error=form.error("current_password")
                />
                <NewPasswordField place=NewPasswordFor::Change error=form.error("password")/>
                <Button>"Change the password"</Button>
            </Form>
        </section>
    }
}

#[component]
fn ChangeAddress(form: Flash, present: String, pending: Option<PendingAddress>) -> impl IntoView {
    let pending = pending.map(|pending| {
        view! {
            <Notice>
                <p>
                    "You asked to change it to "<strong>{pending.address}</strong>". Open the link in the mail we sent \
                     there until "<LocalTime at=pending.until/>"."
                </p>
                <form method="post" action="/api/accounts/cancel_address_change">
                    <Button kind=ButtonKind::Secondary>"Cancel this change"</Button>
                </form>
            </Notice>
        }
    });
    view! {
        <section class="settings section" aria-labelledby="address">
            <h2 id="address">"Change your address"</h2>
            <p class="meta">
                "You sign in with "<strong>{present}</strong>". It stays so until you confirm the new address by the \
                 link we send there."
            </p>
            {pending}
            <Form action="/api/accounts/request_address_change">
                <TextField
                    name="email" label="New email address" input_type="email" autocomplete="email" inputmode="email"
                    required=true maxlength=254 value=form.value("email") error=form.error("email")
                />
                <Button>"Send the link"</Button>
            </Form>
        </section>
    }
}
