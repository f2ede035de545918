//! The sections of an event's public page; one without content is absent.

use domain::events::{Faq, Highlight};
use leptos::prelude::*;
use services::events::EventContent;

use crate::ui::icon::Icon;
use crate::ui::markdown::Markdown;

/// What comes before the programme.
#[component]
pub fn WelcomeSections(content: EventContent) -> impl IntoView {
    let welcome = content.welcome_title.is_some() || content.welcome_content.is_some();
    view! {
        {welcome.then(|| view! {
            <section class="wrap section" aria-labelledby="welcome">
                <h2 id="welcome">{content.welcome_title.unwrap_or_else(|| "Welcome".to_owned())}</h2>
                {content.welcome_content.map(|text| view! { <Markdown text=text under=2/> })}
            </section>
        })}
        <Highlights highlights=content.highlights/>
    }
}

/// What comes after the venue.
#[component]
pub fn ClosingSections(content: EventContent) -> impl IntoView {
    view! {
        <Faqs faqs=content.faqs/>
        {content.conduct.map(|text| view! {
            <section class="wrap section" aria-labelledby="conduct">
                <h2 id="conduct">"Code of conduct"</h2>
                <Markdown text=text under=2/>
            </section>
        })}
        {content.contact_email.map(|address| view! {
            <section class="wrap section" aria-labelledby="contact">
                <h2 id="contact">"Contact"</h2>
                <p><a href=format!("mailto:{address}")>{address.clone()}</a></p>
            </section>
        })}
    }
}

#[component]
fn Highlights(highlights: Vec<Highlight>) -> impl IntoView {
    (!highlights.is_empty()).then(|| {
        let items = highlights
            .into_iter()
            .map(|highlight| {
                view! {
                    <li class="highlight">
                        {icon_name(&highlight.icon).map(|name| view! { <Icon name=name size=24/> })}
                        <h3>{highlight.title}</h3>
                        {(!highlight.description.is_empty()).then(|| view! { <p>{highlight.description}</p> })}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="wrap section" aria-labelledby="highlights">
                <h2 id="highlights">"Highlights"</h2>
                <ul class="highlights" role="list">{items}</ul>
            </section>
        }
    })
}

#[component]
fn Faqs(faqs: Vec<Faq>) -> impl IntoView {
    (!faqs.is_empty()).then(|| {
        let items = faqs
            .into_iter()
            .map(|faq| {
                view! {
                    <details class="disclosure">
                        <summary>{faq.question}</summary>
                        <Markdown text=faq.answer under=2/>
                    </details>
                }
            })
            .collect_view();
        view! {
            <section class="wrap section" aria-labelledby="faq">
                <h2 id="faq">"Questions and answers"</h2>
                {items}
            </section>
        }
    })
}

fn icon_name(stored: &str) -> Option<&'static str> {
    domain::events::HIGHLIGHT_ICONS.into_iter().find(|icon| *icon == stored)
}
