//! The pages behind the links of a change of the address. Opening one changes nothing: mail scanners open links too.

use domain::AppError;
use leptos::prelude::*;
use services::accounts::{find_address_change, find_address_undo};

use super::device_cookie::caller;
use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::HiddenField;
use crate::ui::form::Form;

/// Confirms a new address.
#[component]
pub fn AddressChangePage() -> impl IntoView {
    ssr::page(async {
        ssr::hide_address();
        let (services, _) = ssr::request()?;
        let token: String = ssr::param("token")?;
        let found = find_address_change(&services, &token, &caller(&services)).await.map_err(ssr::shown);
        let link = match found {
            Ok(link) => link,
            Err(error @ AppError::Gone(_)) => return Ok(gone(&error, "24 hours")),
            Err(error) => return Err(error.into()),
        };
        let flash = ssr::take_flash().await?;
        Ok(view! {
            <FocusLayout
                head=Head::new("Confirm your new address", "/address").noindex()
                title="Confirm your new address"
                flash=flash
            >
                <p>
                    "The account of "<strong>{link.full_name}</strong>" gets the address "
                    <strong>{link.address}</strong>". You sign in with it from then on."
                </p>
                <p class="meta">"All other devices are signed out."</p>
                <Form action="/api/accounts/confirm_address_change">
                    <HiddenField name="token" value=token/>
                    <Button>"Confirm"</Button>
                </Form>
            </FocusLayout>
        }
        .into_any())
    })
}

/// Goes back to the old address.
#[component]
pub fn AddressUndoPage() -> impl IntoView {
    ssr::page(async {
        ssr::hide_address();
        let (services, _) = ssr::request()?;
        let token: String = ssr::param("token")?;
        let found = find_address_undo(&services, &token, &caller(&services)).await.map_err(ssr::shown);
        let link = match found {
            Ok(link) => link,
            Err(error @ AppError::Gone(_)) => return Ok(gone(&error, "7 days")),
            Err(error) => return Err(error.into()),
        };
        let flash = ssr::take_flash().await?;
        Ok(view! {
            <FocusLayout
                head=Head::new("Keep your old address", "/address/undo").noindex()
                title="Keep your old address"
                flash=flash
            >
                <p>
                    "The account of "<strong>{link.full_name}</strong>" keeps the address "
                    <strong>{link.address}</strong>", or gets it back."
                </p>
                <p>
                    "Everybody is signed out, the password works no more, and you set a new one on the next page."
                </p>
                <Form action="/api/accounts/undo_address_change">
                    <HiddenField name="token" value=token/>
                    <Button kind=ButtonKind::Danger>"Take my account back"</Button>
                </Form>
            </FocusLayout>
        }
        .into_any())
    })
}

/// The link is over: its page offers the next step.
fn gone(error: &AppError, lifetime: &str) -> AnyView {
    ssr::set_status(error);
    view! {
        <FocusLayout
            head=Head::new("This link doesn't work", "/address").noindex()
            title="This link doesn't work"
            lead=format!("It was used, replaced by a newer one, is older than {lifetime}, or is incomplete. Open it exactly as it stands in the mail.")
        >
            <LinkButton href="/settings/security">"Ask for a new link"</LinkButton>
        </FocusLayout>
    }
    .into_any()
}
