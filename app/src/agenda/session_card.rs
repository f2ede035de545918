use domain::agenda::{SessionKind, SessionStatus};
use leptos::prelude::*;
use services::agenda::{AgendaSession, SOON};
use time::{Date, OffsetDateTime};

use super::day_grid::GridLink;
use super::own_marks::anchor;
use super::zone::{ShownZone, clock_on, length};
use crate::attending::StarButton;
use crate::ui::badge::Badge;
use crate::ui::notice::NoticeKind;
use crate::ui::time::long_date;

/// Where a card stands in the grid of a wide screen.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub class: String,
    /// Where all sessions of a day are in one language, nobody needs to read which.
    pub shows_language: bool,
}

/// A track's colour as organizers chose it. A drawing, because the content policy allows no colours in attributes.
#[component]
pub(super) fn TrackMark(#[prop(into)] name: String, #[prop(into)] colour: String) -> impl IntoView {
    view! {
        <span class="track-mark">
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="6" fill=colour/></svg>
            {name}
        </span>
    }
}

/// The one badge of a session: what matters most about it now.
#[component]
pub(super) fn StateBadge(session: AgendaSession, now: OffsetDateTime) -> impl IntoView {
    let starts_soon = session.times.is_some_and(|times| (now..=now + SOON).contains(&times.starts_at()));
    let badge = match session.status {
        SessionStatus::Cancelled => Some(("Cancelled", NoticeKind::Danger)),
        SessionStatus::Live => Some(("On now", NoticeKind::Ok)),
        SessionStatus::Scheduled if starts_soon => Some(("Starting soon", NoticeKind::Info)),
        SessionStatus::Scheduled if session.is_full() => Some(("Full", NoticeKind::Warn)),
        SessionStatus::Scheduled if session.was_moved => Some(("Moved", NoticeKind::Info)),
        SessionStatus::Scheduled | SessionStatus::Completed => None,
    };
    badge.map(|(text, kind)| view! { <Badge text=text kind=kind/> })
}

/// "09:00 – 10:00, 1 h", as the shown zone has it, seen from a day of the event.
#[component]
pub(super) fn SessionTime(session: AgendaSession, day: Date, zone: ShownZone) -> impl IntoView {
    session.times.map(|times| {
        let local = zone.local_times(times);
        // Where nothing else says that it is on another day, its date does.
        let is_far = (local.start.date() - day).whole_days().abs() > 1;
        let day = if is_far { local.start.date() } else { day };
        let on = is_far.then(|| format!("{}, ", long_date(day)));
        let (start, end) = (clock_on(local.start, day), clock_on(local.end, day));
        let machine = |at: OffsetDateTime| format!("{}T{:02}:{:02}:00Z", at.date(), at.hour(), at.minute());
        view! {
            {on}<time datetime=machine(times.starts_at())>{start}</time>" – "
            <time datetime=machine(times.ends_at())>{end}</time>", "{length(times)}
        }
    })
}

/// A session in a list or grid: time, length, title, speakers, room, track, language, and one badge.
#[component]
pub(super) fn SessionCard(
    session: AgendaSession,
    placement: Placement,
    day: Date,
    zone: ShownZone,
    now: OffsetDateTime,
    link: GridLink,
) -> impl IntoView {
    let is_past = session.status == SessionStatus::Completed
        || session.times.is_some_and(|times| times.ends_at() <= now) && session.status != SessionStatus::Live;
    let mut class = format!("session-card {}", placement.class);
    if is_past {
        class.push_str(" session-past");
    }
    if session.kind == SessionKind::Break {
        class.push_str(" session-break");
    }
    let href = link.to(&session);
    let speakers: Vec<String> = session.speakers.iter().map(|speaker| speaker.full_name.clone()).collect();
    let room = session.room.as_ref().map(|room| room.name.clone());
    let language = session.language.clone().filter(|_| placement.shows_language);
    let can_drag = link.can_drag();
    let (star, own_line) = own_parts(&session, &link);
    view! {
        <li class=class id=anchor(session.id) draggable=can_drag.then_some("true") data-session=can_drag.then(|| session.id.to_string())>
            <p class="session-time"><SessionTime session=session.clone() day=day zone=zone/></p>
            <h3 class="session-title"><a href=href>{session.title.clone()}</a></h3>
            {(!speakers.is_empty()).then(|| view! { <p class="session-speakers">{speakers.join(", ")}</p> })}
            <p class="session-facts">
                <StateBadge session=session.clone() now=now/>
                {session.track.clone().map(|track| view! { <TrackMark name=track.name colour=track.colour/> })}
                {room.map(|room| view! { <span class="session-room">{room}</span> })}
                {language.map(|language| view! { <span>{language}</span> })}
            </p>
            {own_line}
            {star}
        </li>
    }
}

/// The star of a session, and what the viewer has to do with it in words. Organizers at work learn what is held.
fn own_parts(session: &AgendaSession, link: &GridLink) -> (Option<AnyView>, Option<AnyView>) {
    let GridLink::Pages { slug, own } = link else {
        let held =
            session.is_held.then(|| view! { <p class="session-overlap">"Not released yet"</p> }.into_any());
        return (None, held);
    };
    let is_starred = own.choices.starred.contains(&session.id);
    let star = (session.kind != SessionKind::Break || is_starred).then(|| {
        view! {
            <StarButton
                event=slug.clone() session=session.id title=session.title.clone() is_starred=is_starred
                next=own.next(session.id)
            />
        }
        .into_any()
    });
    let place = own.choices.signed_up.contains(&session.id).then_some("You have a place.");
    let overlap = own.overlap(session.id).map(|title| format!("Overlaps with “{title}” of yours."));
    let line = (place.is_some() || overlap.is_some()).then(|| {
        let overlap = overlap.map(|text| view! { <p class="session-overlap">{text}</p> });
        view! { {place.map(|text| view! { <p class="session-place">{text}</p> })} {overlap} }.into_any()
    });
    (star, line)
}
