use domain::notifications::{MailRule, NotificationKind, Preference};
use leptos::prelude::*;
use services::{notifications, push};

use super::{SettingsHead, Tab};
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::HiddenField;
use crate::ui::form::Form;
use crate::ui::table::Table;

/// What a person wants to be told, and how.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let own = notifications::preferences(&services, person).await?;
        let device = match services.push.public_key() {
            Some(key) => {
                let is_on = push::is_subscribed(&services, person).await?;
                Some(view! { <ThisDevice key=key.to_owned() is_on=is_on/> })
            }
            None => None,
        };
        let flash = ssr::take_flash().await?;
        let rows = own
            .kinds
            .into_iter()
            .map(|(kind, stored)| view! { <KindRow kind=kind preference=chosen(&flash, kind, stored)/> })
            .collect_view();
        let save = if flash.is_stale() { "Save over the newer version" } else { "Save" };
        Ok(view! {
            <SignedInLayout
                head=Head::new("Notifications · Settings", "/settings/notifications")
                viewer=viewer
                flash=flash
            >
                <SettingsHead current=Tab::Notifications/>
                <section class="settings" aria-label="What we tell you">
                    <p class="meta">
                        "Choose what we tell you here and what we send you. Some mails always go, because you would \
                         miss something that can't wait."
                    </p>
                    <Form action="/api/accounts/save_notifications" guarded=true>
                        <HiddenField name="version" value=own.version.to_string()/>
                        <Table caption="Notifications" columns=&["What", "In Atria", "By mail", "As a push"]>{rows}</Table>
                        <Button>{save}</Button>
                    </Form>
                    {device}
                </section>
            </SignedInLayout>
        }
        .into_any())
    })
}

/// As it was posted, where the form was refused; else as it is stored.
fn chosen(flash: &Flash, kind: NotificationKind, stored: Preference) -> Preference {
    let is_on = |field: &str, stored: bool| {
        let posted = flash.values.get(field);
        posted.map_or(stored, |kinds| kinds.split(' ').any(|posted| posted == kind.as_str()))
    };
    Preference {
        in_app: is_on("in_app", stored.in_app),
        mail: is_on("mail", stored.mail),
        push: is_on("push", stored.push),
    }
}

#[component]
fn KindRow(kind: NotificationKind, preference: Preference) -> impl IntoView {
    let mail = match kind.mail() {
        MailRule::Always => view! { <span class="meta">"Always"</span> }.into_any(),
        MailRule::On | MailRule::Off => {
            switch("mail[]", kind, format!("{}, by mail", kind.label()), preference.mail).into_any()
        }
    };
    let here = |name, how: &str, is_on| {
        if kind.is_told_in_app() {
            switch(name, kind, format!("{}, {how}", kind.label()), is_on).into_any()
        } else {
            view! { <span class="meta" title="You see it when you do it">"–"</span> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{kind.label()}</th>
            <td>{here("in_app[]", "in Atria", preference.in_app)}</td>
            <td>{mail}</td>
            <td>{here("push[]", "as a push", preference.push)}</td>
        </tr>
    }
}

/// Whether this browser is pushed to; `public/page/push.js` asks it, and says what it answered.
#[component]
fn ThisDevice(
    /// The instance's own, which browsers subscribe with.
    key: String,
    is_on: bool,
) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="this-device" data-push=key data-push-on=is_on.then_some("")>
            <h2 id="this-device">"Pushes to this device"</h2>
            <p class="meta">
                "A push comes also while Atria is closed: what is told in Atria and switched on above. It ends when you sign out here, \
                 and when this sign-in runs out: after 30 days at the latest."
            </p>
            <p role="status" data-push-state="">"Pushes need JavaScript."</p>
            <p hidden=true data-push-iphone="">
                "On an iPhone or iPad, add Atria to the Home Screen first (Share, then “Add to Home Screen”), and open it \
                 from there. Until then mails tell you."
            </p>
            <button class="button button-secondary" type="button" hidden=true data-push-switch=""></button>
        </section>
    }
}

/// Posts the kind when it is on.
fn switch(name: &'static str, kind: NotificationKind, label: String, is_on: bool) -> impl IntoView + use<> {
    view! {
        <label class="switch-cell">
            <span class="visually-hidden">{label}</span>
            <input class="check-box" type="checkbox" name=name value=kind.as_str() checked=is_on/>
        </label>
    }
}
