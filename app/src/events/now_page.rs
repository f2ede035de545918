use domain::chat::{RoomKind, RoomSummary};
use leptos::prelude::*;
use services::agenda::{self, Meanwhile};
use services::{chat, events, moderation};

use super::frame;
use crate::agenda::HappeningNow;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::moderation::Warnings;
use crate::ssr;
use crate::ui::badge::UnreadCount;
use crate::ui::button::LinkButton;
use crate::ui::markdown::Markdown;
use crate::ui::time::DateRange;

/// The event's own start page: when it is and where people are talking.
#[component]
pub fn NowPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let rooms = chat::rooms_of(&services, &person, head.id, head.status, role).await?;
        let meanwhile = if head.has_sessions {
            agenda::meanwhile(&services, head.id).await?
        } else {
            Meanwhile::default()
        };
        let zone = agenda::zone_of(&head)?;
        let today = zone.date_at(services.clock.now());
        let warnings = moderation::open_warnings(&services, &person, head.id).await?;
        let flash = ssr::take_flash().await?;
        let state = match (head.is_ongoing, head.is_past) {
            (true, _) => "Happening now",
            (false, true) => "This event has taken place",
            (false, false) => "Coming up",
        };
        // Rooms of sessions are found on the sessions' pages and in the list of rooms.
        let is_of_event = |room: &&RoomSummary| match room.kind {
            RoomKind::Global | RoomKind::GreenRoom | RoomKind::Admin => true,
            RoomKind::Public | RoomKind::Backstage => false,
        };
        let of_event: Vec<RoomSummary> = rooms.iter().filter(is_of_event).cloned().collect();
        let first_room = rooms.first().map(|room| format!("/events/{slug}/rooms/{}", room.id));
        Ok(view! {
            <EventLayout
                head=Head::new(head.title.clone(), format!("/events/{slug}/now"))
                viewer=viewer
                flash=flash
                event=frame(&head, role, &rooms)
                current=EventTab::Now
            >
                <Warnings slug=slug.clone() warnings=warnings/>
                <header class="page-head">
                    <p class="page-kicker">{state}</p>
                    <h1>{head.title.clone()}</h1>
                    <p class="lead">
                        <DateRange start=head.start_date end=head.end_date/>" · "{head.zone_in_words.clone()}
                    </p>
                    {first_room.map(|href| view! {
                        <LinkButton href=href icon="message-circle">"Join the conversation"</LinkButton>
                    })}
                </header>
                <HappeningNow slug=slug.clone() meanwhile=meanwhile zone=zone today=today/>
                <Rooms slug=slug.clone() rooms=of_event/>
                {head.has_sponsors.then(|| view! {
                    <p class="section"><a href=format!("/events/{slug}/sponsors")>"Sponsors of this event"</a></p>
                })}
                {head.description.map(|text| view! {
                    <section class="section" aria-labelledby="about">
                        <h2 id="about">"About"</h2>
                        <Markdown text=text under=2/>
                    </section>
                })}
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Rooms(slug: String, rooms: Vec<RoomSummary>) -> impl IntoView {
    let rows = rooms
        .into_iter()
        .map(|room| {
            view! {
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=format!("/events/{slug}/rooms/{}", room.id)>{room.name}</a>
                        <p class="meta">{room.kind.audience()}</p>
                    </div>
                    <div class="row-end"><UnreadCount count=room.unread/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="rooms">
            <h2 id="rooms">"Rooms"</h2>
            <ul class="rows" role="list">{rows}</ul>
        </section>
    }
}
