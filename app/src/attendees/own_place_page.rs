use domain::FieldErrors;
use domain::attendees::EventRole;
use leptos::prelude::*;
use services::accounts::{self, OwnPlace};
use services::attendees::{self, OwnTexts};
use services::moderation;

use super::leaving::LeaveEventSection;
use super::text_fields::{TEXT_LABELS, TextFieldSet, is_about_texts, save_label};
use crate::accounts::{PRIVACY_LABELS, PrivacyDifferences, PrivacyFieldSet, stored_fields};
use crate::attending::OwnSessionsSection;
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::moderation::Warnings;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::check_box::CheckBox;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, FormErrors};

/// A member's own place in an event: their role, and what others see of them there.
#[component]
pub fn OwnPlacePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let person = viewer.signed_in()?.clone();
        let place = accounts::own_place(&services, &person, &slug).await?;
        let texts = attendees::own_texts(&services, &person, place.head.id).await?;
        let warnings = moderation::open_warnings(&services, &person, place.head.id).await?;
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
                    {(role == EventRole::Moderator).then(|| view! {
                        <p><LinkButton href=format!("/events/{slug}/manage/check-in") kind=ButtonKind::Secondary icon="check">"Check people in"</LinkButton></p>
                    })}
                </header>
                <Warnings slug=slug.clone() warnings=warnings/>
                {head.has_sessions.then(|| view! { <OwnSessionsSection slug=slug.clone()/> })}
                {texts.map(|texts| view! { <Texts slug=slug.clone() form=form.clone() texts=texts/> })}
                <EventPrivacy form=form place=place/>
                <LeaveEventSection slug=slug role=role/>
            </EventLayout>
        }
        .into_any())
    })
}

/// Title and biography for this event, and the switch of the directory.
#[component]
fn Texts(slug: String, form: Flash, texts: OwnTexts) -> impl IntoView {
    let errors = if is_about_texts(&form) {
        form.errors().cloned().unwrap_or_default()
    } else {
        FieldErrors::default()
    };
    let is_listed = form.values.get("listed").map_or(texts.is_listed, |ticked| !ticked.is_empty());
    let (title, bio) = (texts.title.unwrap_or_default(), texts.bio.unwrap_or_default());
    let save = save_label(&form);
    view! {
        <section class="settings" aria-labelledby="texts">
            <h2 id="texts">"What you say of yourself here"</h2>
            <p class="meta">"It counts in this event alone, in place of your profile, and is shown to those who may see that."</p>
            <FormErrors errors=errors labels=TEXT_LABELS.to_vec()/>
            <Form action="/api/attendees/save_own_texts" guarded=true>
                <HiddenField name="event" value=slug/>
                <TextFieldSet form=form title=title bio=bio profile="your profile" version=texts.version/>
                <CheckBox
                    name="listed" label="List me in the directory of this event" checked=is_listed
                    hint="Other members find you there. Organizers see you in any case."
                />
                <Button>{save}</Button>
            </Form>
        </section>
    }
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
    let errors = if is_about_texts(&form) {
        FieldErrors::default()
    } else {
        form.errors().cloned().unwrap_or_default()
    };
    let back = slug.clone();
    let stored = place.privacy().clone();
    let version = place.version.to_string();
    let save = if form.is_stale() && !is_about_texts(&form) {
        "Save over the newer version"
    } else {
        "Save for this event"
    };
    view! {
        <section class="settings" aria-labelledby="privacy">
            <h2 id="privacy">"What others see of you here"</h2>
            <p class="meta">{says}" "<a href="/settings/privacy">"Privacy settings"</a></p>
            <FormErrors errors=errors labels=PRIVACY_LABELS.to_vec()/>
            {(!is_about_texts(&form)).then(|| view! {
                <PrivacyDifferences form=form.clone() stored=stored_fields(&stored, &[])/>
            })}
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
