use domain::events::{Advised, EventStatus, Missing};
use leptos::prelude::*;
use services::attendees;
use services::events::{self, EventHead};

use super::frame;
use crate::attendees::Counters;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::HiddenField;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::ui::qr::QrCode;

/// The organizers' overview: what state the event is in, what needs action, where next.
#[component]
pub fn ManageEventPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::manage(&services, viewer.signed_in()?, &slug).await?;
        let counted = attendees::counters(&services, &page.head).await?;
        let flash = ssr::take_flash().await?;
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Manage · {}", page.head.title), format!("/events/{slug}/manage"))
                viewer=viewer
                flash=flash
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <h1>"Manage"</h1>
                    <p class="lead">{state_in_words(page.head.status)}</p>
                </header>
                <Preflight slug=slug.clone() status=page.head.status missing=page.missing.clone()/>
                <Advisory slug=slug.clone() advice=page.advice.clone()/>
                <Counters head=page.head.clone() counted=counted/>
                <PublicAddress head=page.head.clone()/>
            </EventLayout>
        }
        .into_any())
    })
}

const fn state_in_words(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Draft => "This event is a draft. Only its organizers and speakers see it.",
        EventStatus::Published => "This event is live.",
        EventStatus::Archived => "This event is archived and can only be read.",
        EventStatus::Cancelled => "This event is cancelled.",
        EventStatus::Deleted => "This event is deleted.",
    }
}

/// What has to be mended before publishing, each with its link; ends in Publish.
#[component]
fn Preflight(slug: String, status: EventStatus, missing: Vec<Missing>) -> impl IntoView {
    (status == EventStatus::Draft).then(|| {
        let ready = missing.is_empty();
        let venue = [Missing::VenueName, Missing::VenueCity, Missing::VenueCountry];
        let done: Vec<&str> = [
            (!missing.contains(&Missing::Organizer)).then_some("Somebody organizes it"),
            (!missing.iter().any(|item| venue.contains(item))).then_some("Where it takes place"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let items = missing
            .into_iter()
            .map(|missing| {
                let href = format!("/events/{slug}/manage/{}", missing.page());
                view! {
                    <li class="checklist-item">
                        <Icon name="circle"/>
                        <a href=href>{missing.label()}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section preflight" aria-labelledby="preflight">
                <h2 id="preflight">{if ready { "Ready to publish" } else { "Before you publish" }}</h2>
                <ul class="checklist" role="list">
                    <li class="checklist-item checklist-done"><Icon name="circle-check"/>"Title and dates"</li>
                    {done.into_iter().map(|done| view! {
                        <li class="checklist-item checklist-done"><Icon name="circle-check"/>{done}</li>
                    }).collect_view()}
                    {items}
                </ul>
                {ready.then(|| view! {
                    <Form action="/api/events/publish">
                        <HiddenField name="event" value=slug.clone()/>
                        <Button>"Publish"</Button>
                    </Form>
                })}
            </section>
        }
    })
}

/// What would make the event better, each with its link.
#[component]
fn Advisory(slug: String, advice: Vec<Advised>) -> impl IntoView {
    (!advice.is_empty()).then(|| {
        let items = advice
            .into_iter()
            .map(|advised| {
                let href = format!("/events/{slug}/manage/{}", advised.page());
                view! { <li class="checklist-item"><Icon name="info"/><a href=href>{advised.sentence()}</a></li> }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="advice">
                <h2 id="advice">"Would make it better"</h2>
                <ul class="checklist" role="list">{items}</ul>
            </section>
        }
    })
}

#[component]
fn PublicAddress(head: EventHead) -> impl IntoView {
    let path = format!("/events/{}", head.slug);
    let address = format!("{}{path}", ssr::public_url());
    view! {
        <section class="section" aria-labelledby="address">
            <h2 id="address">"Public page"</h2>
            <p><a href=path>{address.clone()}</a></p>
            <QrCode text=address label="The address of the public page as a QR code"/>
        </section>
    }
}
