use domain::time::Timestamp;
use leptos::prelude::*;
use services::accounts::{self, Device};

use super::{SettingsHead, Tab};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::time::LocalTime;

/// Where the person is signed in, and the way to end it.
#[component]
pub fn DevicesPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let devices = accounts::devices(&services, viewer.signed_in()?).await?;
        let flash = ssr::take_flash().await?;
        let has_others = devices.len() > 1;
        let rows = devices.into_iter().map(|device| view! { <DeviceRow device=device/> }).collect_view();
        Ok(view! {
            <SignedInLayout head=Head::new("Devices · Settings", "/settings/devices") viewer=viewer flash=flash>
                <SettingsHead current=Tab::Devices/>
                <section class="settings" aria-label="Where you are signed in">
                    <p class="meta">
                        "Where you are signed in. Sign out what you don't know, and change your password."
                    </p>
                    <ul class="rows" role="list">{rows}</ul>
                    {has_others.then(|| view! {
                        <form method="post" action="/api/accounts/end_other_devices">
                            <Button kind=ButtonKind::Secondary>"Sign out all others"</Button>
                        </form>
                    })}
                </section>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn DeviceRow(device: Device) -> impl IntoView {
    let name = format!("Sign out {}", device.browser);
    let end = match device.is_this {
        true => view! { <Badge text="This device"/> }.into_any(),
        false => view! {
            <form method="post" action="/api/accounts/end_device">
                <HiddenField name="device" value=device.login_session.to_string()/>
                <button class="button button-secondary button-small" type="submit" aria-label=name>"Sign out"</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <li class="row">
            <div class="row-body">
                <p><strong>{device.browser}</strong></p>
                <p class="meta">
                    {device.source_address.map(|address| format!("From {address} · "))}
                    "Last used "<LocalTime at=Timestamp::from(device.last_seen_at)/>
                    " · signed in "<LocalTime at=Timestamp::from(device.signed_in_at)/>
                </p>
            </div>
            <div class="row-end">{end}</div>
        </li>
    }
}
