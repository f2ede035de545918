use domain::agenda::{LocalTimes, SessionTimes};
use domain::chat::{Follow, RoomKind, RoomSummary};
use leptos::prelude::*;
use services::agenda::{self, AgendaSession, Meanwhile};
use services::attending::OwnChoices;
use services::events::EventHead;
use services::time_zones::TimeZoneName;
use services::{attending, chat, dates, events, moderation};

use super::frame;
use crate::agenda::{HappeningNow, OwnStar};
use crate::layouts::{EventLayout, EventTab, Head};
use crate::moderation::Warnings;
use crate::ssr;
use crate::ui::badge::RoomCount;
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
        let (sessions, own) = if head.has_sessions {
            let own = attending::own_choices(&services, &viewer, head.id, &[]).await?;
            (agenda::scheduled(&services, head.id).await?, own)
        } else {
            (Vec::new(), OwnChoices::default())
        };
        let now = services.clock.now();
        let meanwhile = Meanwhile::at(now, &sessions);
        let next_own = own.next_of(&sessions, now).cloned();
        let zone = agenda::zone_of(&head)?;
        let today = zone.date_at(now);
        let warnings = moderation::open_warnings(&services, &person, head.id).await?;
        let flash = ssr::take_flash().await?;
        let of_event: Vec<RoomSummary> = rooms.iter().filter(is_of_event).cloned().collect();
        let first_room = rooms
            .iter()
            .find(|room| room.follow != Follow::Hidden)
            .map(|room| format!("/events/{slug}/rooms/{}", room.id));
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
                    <p class="page-kicker">{state(&head)}</p>
                    <h1>{head.title.clone()}</h1>
                    <p class="lead">
                        <DateRange start=head.start_date end=head.end_date/>" · "{head.zone_in_words.clone()}
                    </p>
                    {first_room.map(|href| view! {
                        <LinkButton href=href icon="message-circle">"Join the conversation"</LinkButton>
                    })}
                </header>
                {next_own.map(|session| view! { <NextOwn slug=slug.clone() session=session own=own.clone() zone=zone.clone()/> })}
                <HappeningNow slug=slug.clone() meanwhile=meanwhile own=own zone=zone today=today/>
                <Rooms slug=slug.clone() rooms=of_event/>
                <More slug=slug has_sessions=head.has_sessions has_sponsors=head.has_sponsors/>
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

const fn state(head: &EventHead) -> &'static str {
    match (head.is_ongoing, head.is_past) {
        (true, _) => "Happening now",
        (false, true) => "This event has taken place",
        (false, false) => "Coming up",
    }
}

/// Rooms of sessions are found on the sessions' pages and in the list of rooms.
fn is_of_event(room: &&RoomSummary) -> bool {
    match room.kind {
        RoomKind::Global | RoomKind::GreenRoom | RoomKind::Admin => room.follow != Follow::Hidden,
        RoomKind::Public | RoomKind::Backstage => false,
    }
}

/// The pages that phones have no tab for.
#[component]
fn More(slug: String, has_sessions: bool, has_sponsors: bool) -> impl IntoView {
    view! {
        <nav class="section" aria-label="More of this event">
            <ul class="now-links" role="list">
                {has_sessions.then(|| view! { <li><a href=format!("/events/{slug}/speakers")>"Speakers"</a></li> })}
                {has_sponsors.then(|| view! { <li><a href=format!("/events/{slug}/sponsors")>"Sponsors"</a></li> })}
                <li><a href=format!("/events/{slug}")>"Event page"</a></li>
            </ul>
        </nav>
    }
}

/// What the person chose next, and when, by the clocks that the page names.
#[component]
fn NextOwn(slug: String, session: AgendaSession, own: OwnChoices, zone: TimeZoneName) -> impl IntoView {
    let room = session.room.clone().map(|room| format!(" · {}", room.name));
    let href = format!("/events/{slug}/sessions/{}", session.id);
    let local = |times: SessionTimes| LocalTimes {
        start: zone.local_at(times.starts_at()),
        end: zone.local_at(times.ends_at()),
    };
    let when = session.times.map(|times| dates::times(local(times)));
    view! {
        <section class="section" aria-labelledby="next-own">
            <h2 id="next-own">"Your next session"</h2>
            <ul class="rows" role="list">
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=href>{session.title.clone()}</a>
                        <p class="meta">{when}{room}</p>
                    </div>
                    <OwnStar slug=slug.clone() session=session own=own/>
                </li>
            </ul>
            <p><a href=format!("/events/{slug}/agenda?mine=yes")>"My schedule"</a></p>
        </section>
    }
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
                    <div class="row-end"><RoomCount of=room.id.to_string() unread=room.unread mentions=room.mentions/></div>
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
