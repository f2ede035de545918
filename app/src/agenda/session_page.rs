use domain::accounts::tint;
use domain::agenda::EventDays;
use domain::chat::RoomKind;
use domain::ids::{AgendaSessionId, ChatRoomId};
use leptos::prelude::*;
use services::agenda::{self, AgendaSession, SessionSpeaker};
use services::events::EventHead;
use services::uploads::AvatarPixels;
use services::{attending, dates};
use time::{Date, OffsetDateTime};

use super::public_frame::AgendaFrame;
use super::session_card::{SessionTime, StateBadge, TrackMark};
use super::zone::{ShownZone, ZoneChoice, ZoneSwitch};
use crate::attending::{OwnPlaceInSession, kept_stars};
use crate::events::share_picture;
use crate::layouts::{EventTab, Head};
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::markdown::Markdown;

/// One session: when, where, who, what it is about, where to talk, and what else is on at that time.
#[component]
pub fn SessionPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: AgendaSessionId = ssr::param("session")?;
        let page = agenda::look_up(&services, &viewer, &slug, id).await?;
        let place = attending::own_place(&services, &viewer, &slug, id, &kept_stars(&services)).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/sessions/{id}");
        let now = services.clock.now();
        let opens_in_mine = !page.head.format.has_venue();
        let session = page.session;
        let day = session.times.map(|times| page.zone.local_at(times.starts_at()).date());
        let zone = ShownZone::chosen(&page.zone, shown_days(&page.head, day), opens_in_mine);
        let meta = meta(&page.head, &session, &path);
        let is_organizer = page.role.is_some_and(domain::attendees::EventRole::is_organizer);
        let edit = is_organizer.then(|| format!("/events/{slug}/manage/agenda/{id}"));
        let zone_path = path.clone();
        let zone_link = move |choice: ZoneChoice| format!("{zone_path}?zone={}", choice.as_str());
        let parallel = page.parallel;
        Ok(view! {
            <AgendaFrame
                meta=meta viewer=viewer flash=flash head=page.head.clone() role=page.role current=EventTab::Agenda
            >
                <article class="session">
                    <SessionHead slug=slug.clone() session=session.clone() now=now/>
                    {day.map(|day| view! {
                        <p class="session-when">
                            {dates::range(day, day)}", "
                            <SessionTime session=session.clone() day=day zone=zone.clone()/>
                        </p>
                        <ZoneSwitch zone=zone.clone() link=Box::new(zone_link)/>
                    })}
                    {session.times.is_none().then(|| view! { <p class="session-when">"Without a time: only organizers see it."</p> })}
                    <Facts session=session.clone()/>
                    <OwnPlaceInSession
                        event=slug.clone() session=id title=session.title.clone() place=place
                        is_member=page.role.is_some()
                    />
                    <ChatLinks slug=slug.clone() rooms=page.chat_rooms/>
                    {edit.map(|href| view! {
                        <p><LinkButton href=href kind=ButtonKind::Secondary icon="pencil">"Edit session"</LinkButton></p>
                    })}
                    <Speakers slug=slug.clone() speakers=session.speakers.clone()/>
                    {page.description.map(|text| view! {
                        <section class="section" aria-labelledby="about">
                            <h2 id="about">"About"</h2>
                            <Markdown text=text under=2/>
                        </section>
                    })}
                    <Parallel slug=slug.clone() sessions=parallel zone=zone day=day/>
                </article>
            </AgendaFrame>
        }
        .into_any())
    })
}

fn meta(event: &EventHead, session: &AgendaSession, path: &str) -> Head {
    let picture = share_picture(event).filter(|_| session.times.is_some());
    let head = Head::new(format!("{} · Agenda · {}", session.title, event.title), path)
        .shown_by(picture.map(|_| format!("{path}/og.png")));
    match &session.short_description {
        Some(short) => head.describe(short.clone()),
        None => head,
    }
}

#[component]
fn SessionHead(slug: String, session: AgendaSession, now: OffsetDateTime) -> impl IntoView {
    view! {
        <header class="page-head">
            <p class="page-kicker"><a href=format!("/events/{slug}/agenda")>"Agenda"</a></p>
            <h1>{session.title.clone()}</h1>
            {session.short_description.clone().map(|text| view! { <p class="lead">{text}</p> })}
            <p class="session-facts">
                <StateBadge session=session.clone() now=now/>
                <span>{session.kind.label()}</span>
                {session.track.clone().map(|track| view! { <TrackMark name=track.name colour=track.colour/> })}
            </p>
        </header>
    }
}

#[component]
fn Facts(session: AgendaSession) -> impl IntoView {
    let tags: Vec<String> = session.tags.iter().map(|tag| format!("#{tag}")).collect();
    let places = session.capacity.map(|places| match places {
        1 => "One place".to_owned(),
        places => format!("{places} places"),
    });
    let facts = [
        ("Room", session.room.map(|room| room.name)),
        ("Language", session.language),
        ("Places", places),
        ("Tags", (!tags.is_empty()).then(|| tags.join(" "))),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="session-details">{facts}</dl> }
}

/// The rooms that the chat mode shows and the viewer may read.
#[component]
fn ChatLinks(slug: String, rooms: Vec<(RoomKind, ChatRoomId)>) -> impl IntoView {
    let links = rooms
        .iter()
        .map(|(kind, room)| {
            let (text, icon) = match kind {
                RoomKind::Backstage => ("Backstage", "lock"),
                RoomKind::Public | RoomKind::Global | RoomKind::GreenRoom | RoomKind::Admin => {
                    ("Chat", "message-circle")
                }
            };
            let href = format!("/events/{slug}/rooms/{room}");
            view! { <LinkButton href=href kind=ButtonKind::Secondary icon=icon>{text}</LinkButton> }
        })
        .collect_view();
    (!rooms.is_empty()).then(|| view! { <p class="form-actions">{links}</p> })
}

#[component]
fn Speakers(slug: String, speakers: Vec<SessionSpeaker>) -> impl IntoView {
    (!speakers.is_empty()).then(|| {
        let rows = speakers
            .into_iter()
            .map(|speaker| {
                let href = format!("/events/{slug}/speakers/{}", speaker.user);
                let picture = ssr::avatar(speaker.avatar, AvatarPixels::Small);
                view! {
                    <li class="row">
                        <Avatar name=speaker.full_name.clone() tint=tint(speaker.user) size=AvatarSize::Medium picture=picture/>
                        <div class="row-body">
                            <a class="row-title" href=href>{speaker.full_name}</a>
                            <p class="meta">{speaker.role.label()}</p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="speakers">
                <h2 id="speakers">"Speakers"</h2>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn Parallel(slug: String, sessions: Vec<AgendaSession>, zone: ShownZone, day: Option<Date>) -> impl IntoView {
    let rows = sessions
        .into_iter()
        .zip(std::iter::repeat(day))
        .filter_map(|(session, day)| Some((session, day?)))
        .map(|(session, day)| {
            let href = format!("/events/{slug}/sessions/{}", session.id);
            let room = session.room.clone().map(|room| format!(" · {}", room.name));
            view! {
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=href>{session.title.clone()}</a>
                        <p class="meta"><SessionTime session=session day=day zone=zone.clone()/>{room}</p>
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="parallel">
                <h2 id="parallel">"At the same time"</h2>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}

/// The session's own day, or those of the event while it has none.
fn shown_days(head: &EventHead, day: Option<Date>) -> EventDays {
    EventDays { first: day.unwrap_or(head.start_date), last: day.unwrap_or(head.end_date) }
}
