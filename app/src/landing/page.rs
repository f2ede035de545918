use leptos::prelude::*;
use services::events::{self, EventCard};
use time::OffsetDateTime;

use super::scene::Scene;
use crate::events::{TodayBadge, is_today};
use crate::layouts::{Head, PublicLayout};
use crate::ssr;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::time::DateRange;

/// How many events the page shows; the listing has the rest.
const SHOWN_EVENTS: i64 = 6;

/// What Atria is, in one screen, and the public events that are on or coming up.
#[component]
pub fn LandingPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let events = events::upcoming_public(&services, SHOWN_EVENTS).await?;
        let now = services.clock.now();
        let flash = ssr::take_flash().await?;
        let head = Head::new("Atria, the open event platform", "/").describe(
            "One calm place for an event: its page, its registration and its conversations, live. Open software on your own server.",
        );
        Ok(view! {
            <PublicLayout head=head viewer=viewer flash=flash>
                <Landing events=events now=now/>
            </PublicLayout>
        }
        .into_any())
    })
}

/// The page itself, between header and footer.
#[component]
pub fn Landing(events: Vec<EventCard>, now: OffsetDateTime) -> impl IntoView {
    view! {
        <div class="wrap landing-hero">
            <div class="landing-words">
                <h1>"Where your event comes together"</h1>
                <p class="lead">
                    "Atria is one calm place for an event: its page, its registration and its conversations, live."
                </p>
                <p class="landing-actions">
                    <LinkButton href="/events">"Find your event"</LinkButton>
                    <LinkButton href="/organizations/new" kind=ButtonKind::Secondary>"Create an event"</LinkButton>
                </p>
            </div>
            <Scene/>
        </div>
        <Upcoming events=events now=now/>
        <Audiences/>
    }
}

/// Live and upcoming public events; absent when there are none.
#[component]
fn Upcoming(events: Vec<EventCard>, now: OffsetDateTime) -> impl IntoView {
    (!events.is_empty()).then(|| {
        let cards = events.into_iter().map(|event| card(event, now)).collect_view();
        view! {
            <section class="wrap section landing-upcoming" aria-labelledby="upcoming">
                <div class="section-head">
                    <h2 id="upcoming">"Live and coming up"</h2>
                    <a href="/events">"All events"</a>
                </div>
                <ul class="event-cards" role="list">{cards}</ul>
            </section>
        }
    })
}

fn card(event: EventCard, now: OffsetDateTime) -> impl IntoView {
    let is_today = is_today(&event, now);
    let place = event.place.unwrap_or_else(|| event.format.label().to_owned());
    view! {
        <li class="event-card">
            <p class="event-card-when">
                <DateRange start=event.start_date end=event.end_date/>
                <TodayBadge is_today=is_today/>
            </p>
            <h3><a href=format!("/events/{}", event.slug)>{event.title}</a></h3>
            <p class="meta">{place}<br/>{event.host_name}</p>
        </li>
    }
}

/// What it does for the three kinds of people who look at this page.
#[component]
fn Audiences() -> impl IntoView {
    let audiences = [
        (
            "users",
            "If you attend",
            "Know when and where it is, and talk with everyone there, from the first coffee to the last train. It \
             works on any phone, on bad wifi, and without an app.",
        ),
        (
            "megaphone",
            "If you organize",
            "A page people find, registration that says at once whether it worked, and rooms that fill with \
             conversation. You decide who sees what.",
        ),
        (
            "shield",
            "If you host",
            "One program beside a database, on your own machine. No trackers, no third parties, and every line \
             of it open to read.",
        ),
    ];
    let items = audiences
        .map(|(icon, title, text)| {
            view! {
                <section class="landing-audience">
                    <Icon name=icon size=24/>
                    <h2>{title}</h2>
                    <p>{text}</p>
                </section>
            }
        })
        .collect_view();
    view! { <div class="wrap section"><div class="landing-audiences">{items}</div></div> }
}
