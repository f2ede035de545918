use domain::attendees::EventRole;
use domain::events::EventStatus;
use leptos::prelude::*;
use services::events::MyEvent;
use services::{accounts, dates, events};

use super::{SettingsHead, Tab};
use crate::accounts::privacy_fields::{LABELS, PrivacyDifferences, PrivacyFieldSet, is_on, stored_fields};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::Button;
use crate::ui::check_box::CheckBox;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, FormErrors};

/// What others see of a person: everywhere, and the way to what they see in one event.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let own = accounts::own_profile(&services, &person).await?;
        let mine = events::mine(&services, &person).await?;
        let own_settings = accounts::events_with_own_privacy(&services, &person).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let presence = is_on(&form, "show_presence", own.profile.show_presence);
        let receipts = is_on(&form, "send_read_receipts", own.send_read_receipts);
        let now = stored_fields(
            &own.privacy,
            &[
                ("show_presence", "Show when I am online", own.profile.show_presence),
                ("send_read_receipts", "Tell others what I read", own.send_read_receipts),
            ],
        );
        let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
        let rows = mine
            .into_iter()
            .filter(has_place)
            .map(|event| (own_settings.contains(&event.slug), event))
            .collect();
        Ok(view! {
            <SignedInLayout
                head=Head::new("Privacy · Settings", "/settings/privacy")
                viewer=viewer
                flash=form.clone()
            >
                <SettingsHead current=Tab::Privacy/>
                <section class="settings" aria-label="Everywhere">
                    <p class="meta">
                        "These count everywhere. Your name is seen by whoever may see you at all. "
                        <a href="/settings/profile#seen">"How others see you"</a>
                    </p>
                    <FormErrors errors=errors labels=LABELS.to_vec()/>
                    <PrivacyDifferences form=form.clone() stored=now/>
                    <Form action="/api/accounts/save_privacy" guarded=true>
                        <HiddenField name="version" value=own.privacy_version.to_string()/>
                        <PrivacyFieldSet form=form stored=own.privacy/>
                        <fieldset class="field-group">
                            <legend>"While you are here"</legend>
                            <CheckBox
                                name="show_presence" label="Show when I am online" checked=presence
                            />
                            <CheckBox
                                name="send_read_receipts" label="Tell others that I read their direct messages"
                                hint="If you don't, you don't see it of others either." checked=receipts
                            />
                        </fieldset>
                        <Button>{save}</Button>
                    </Form>
                </section>
                <InOneEvent events=rows/>
            </SignedInLayout>
        }
        .into_any())
    })
}

/// Whether the person has a page of their own there.
fn has_place(event: &MyEvent) -> bool {
    !event.waitlisted && (event.status != EventStatus::Draft || event.role > EventRole::Attendee)
}

/// With whether the person set something of their own there.
#[component]
fn InOneEvent(events: Vec<(bool, MyEvent)>) -> impl IntoView {
    let is_empty = events.is_empty();
    let rows = events
        .into_iter()
        .map(|(is_own, event)| {
            view! {
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=format!("/events/{}/me", event.slug)>{event.title}</a>
                        <p class="meta">{dates::range(event.start_date, event.end_date)}</p>
                    </div>
                    <div class="row-end">{is_own.then(|| view! { <Badge text="Its own settings"/> })}</div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="settings section" aria-labelledby="in-one-event">
            <h2 id="in-one-event">"In one event"</h2>
            <p class="meta">
                {if is_empty {
                    "When you join an event, you can choose other settings for it alone."
                } else {
                    "Choose other settings for one event alone."
                }}
            </p>
            <ul class="rows" role="list">{rows}</ul>
        </section>
    }
}
