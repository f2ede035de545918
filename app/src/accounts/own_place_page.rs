use leptos::prelude::*;
use services::accounts::{self, OwnPlace};

use super::privacy_fields::{LABELS, PrivacyDifferences, PrivacyFieldSet, stored_fields};
use crate::attendees::LeaveEventSection;
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, FormErrors};

/// A member's own place in an event: their role, and what others see of them there.
#[component]
pub fn OwnPlacePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let place = accounts::own_place(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let (head, role) = (place.head.clone(), place.role);
        Ok(view! {
            <EventLayout
                head=Head::new(format!("You · {}", head.title), format!("/events/{slug}/me"))
                viewer=viewer
                flash=form.clone()
                event=frame(&head, place.role, &[])
                current=EventTab::Me
            >
                <header class="page-head">
                    <p class="page-kicker">{head.title.clone()}</p>
                    <h1>"You in this event"</h1>
                    <p class="lead">"You are here as "<strong>{place.role.label()}</strong>"."</p>
                </header>
                <EventPrivacy form=form place=place/>
                <LeaveEventSection slug=slug role=role/>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn EventPrivacy(form: Flash, place: OwnPlace) -> impl IntoView {
    let slug = place.head.slug.clone();
    let is_own = place.overridden.is_some();
    let says = if is_own {
        "What you chose here counts in this event, in place of your privacy settings."
    } else {
        "Your privacy settings count here. Save other ones for this event alone, if you like."
    };
    let errors = form.errors().cloned().unwrap_or_default();
    let back = slug.clone();
    let stored = place.privacy().clone();
    let version = place.version.to_string();
    let save = if form.is_stale() { "Save over the newer version" } else { "Save for this event" };
    view! {
        <section class="settings" aria-labelledby="privacy">
            <h2 id="privacy">"What others see of you here"</h2>
            <p class="meta">{says}" "<a href="/settings/privacy">"Privacy settings"</a></p>
            <FormErrors errors=errors labels=LABELS.to_vec()/>
            <PrivacyDifferences form=form.clone() stored=stored_fields(&stored, &[])/>
            <Form action="/api/accounts/override_privacy" guarded=true>
                <HiddenField name="version" value=version/>
                <HiddenField name="event" value=slug/>
                <PrivacyFieldSet form=form stored=stored/>
                <Button>{save}</Button>
            </Form>
            {is_own.then(|| view! {
                <form method="post" action="/api/accounts/follow_global_privacy">
                    <HiddenField name="event" value=back/>
                    <Button kind=ButtonKind::Secondary>"Use my privacy settings again"</Button>
                </form>
            })}
        </section>
    }
}
