use domain::Viewer;
use domain::events::{EventStatus, EventVisibility};
use leptos::prelude::*;
use services::sponsors::{self, PublicSponsor, ShownTier};
use services::uploads::EventImage;

use super::board_card::TierColour;
use super::sponsor_card::sponsor_card;
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head, PublicLayout};
use crate::ssr;
use crate::ui::empty::EmptyState;
use crate::ui::picture::Picture;

/// An event's sponsors by tier, for everybody who sees the event; members get it inside the event's own frame.
#[component]
pub fn SponsorsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = sponsors::open(&services, &viewer, &slug).await?;
        let flash = ssr::take_flash().await?;
        let mut meta =
            Head::new(format!("Sponsors · {}", page.head.title), format!("/events/{slug}/sponsors"))
                .describe(format!("Who makes {} possible.", page.head.title));
        if page.head.visibility == EventVisibility::Private || page.head.status != EventStatus::Published {
            meta = meta.noindex();
        }
        let Some(role) = page.role else {
            let back = Some((format!("/events/{slug}"), page.head.title.clone()));
            return Ok(public(meta, viewer, flash, content(page.tiers, back)));
        };
        Ok(view! {
            <EventLayout
                head=meta viewer=viewer flash=flash event=frame(&page.head, role, &[]) current=EventTab::Sponsors
            >
                {content(page.tiers, None)}
            </EventLayout>
        }
        .into_any())
    })
}

fn public(meta: Head, viewer: Viewer, flash: Flash, content: AnyView) -> AnyView {
    view! {
        <PublicLayout head=meta viewer=viewer flash=flash>
            <div class="wrap page-body">{content}</div>
        </PublicLayout>
    }
    .into_any()
}

fn content(tiers: Vec<ShownTier>, back: Option<(String, String)>) -> AnyView {
    let is_empty = tiers.is_empty();
    let sections = tiers
        .into_iter()
        .enumerate()
        .map(|(index, tier)| {
            let heading = format!("tier-{index}");
            let (name, colour) = tier.tier.map_or(("Further sponsors".to_owned(), None), |(name, colour)| (name, Some(colour)));
            let cards = tier.sponsors.into_iter().map(sponsor_card).collect_view();
            view! {
                <section class="section sponsor-tier" aria-labelledby=heading.clone()>
                    <h2 class="board-head" id=heading.clone()>
                        {colour.map(|colour| view! { <TierColour colour=colour/> })}
                        {name}
                    </h2>
                    <ul class=if index == 0 { "sponsor-cards sponsor-cards-first" } else { "sponsor-cards" } role="list">
                        {cards}
                    </ul>
                </section>
            }
        })
        .collect_view();
    view! {
        <header class="page-head">
            {back.map(|(href, title)| view! { <p class="page-kicker"><a href=href>{title}</a></p> })}
            <h1>"Sponsors"</h1>
        </header>
        {is_empty.then(|| view! {
            <EmptyState title="No sponsors yet" text="Those who support this event will stand here." icon="users"/>
        })}
        {sections}
    }
    .into_any()
}

/// The logo, if there is one, and the name, which the logo may not say.
fn brief(sponsor: &PublicSponsor) -> impl IntoView + use<> {
    // Its words would be the name once more.
    let logo = sponsor.logo.clone().map(|logo| EventImage { alternative_text: None, ..logo });
    view! {
        <li class="sponsor-mark">
            {logo.map(|logo| view! { <Picture image=logo sizes="9rem" class="sponsor-mark-logo"/> })}
            {sponsor.name.clone()}
        </li>
    }
}

/// Who supports the event, tier by tier in one line each, for the event's public page.
#[component]
pub fn SponsorsInBrief(slug: String, tiers: Vec<ShownTier>) -> impl IntoView {
    let lines = tiers
        .iter()
        .map(|tier| {
            let (name, colour) = tier.tier.clone().unwrap_or_default();
            let sponsors = tier.sponsors.iter().map(brief).collect_view();
            let colour = (!colour.is_empty()).then(|| view! { <TierColour colour=colour/> });
            let name = if name.is_empty() { "Further sponsors".to_owned() } else { name };
            view! {
                <div class="sponsor-line">
                    <dt>{colour}{name}</dt>
                    <dd><ul class="sponsor-marks" role="list">{sponsors}</ul></dd>
                </div>
            }
        })
        .collect_view();
    (!tiers.is_empty()).then(|| {
        view! {
            <section class="wrap section" aria-labelledby="sponsors">
                <h2 id="sponsors">"Sponsors"</h2>
                <dl class="sponsor-lines">{lines}</dl>
                <p><a href=format!("/events/{slug}/sponsors")>"More about the sponsors"</a></p>
            </section>
        }
    })
}
