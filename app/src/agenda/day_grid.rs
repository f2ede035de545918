use std::sync::Arc;

use domain::agenda::SessionTimes;
use leptos::prelude::*;
use services::agenda::{AgendaSession, VenueRoom};
use time::{Date, Duration, OffsetDateTime, Time};

use super::lanes::{Lane, Lanes, arrange};
use super::own_marks::OwnMarks;
use super::session_card::{Placement, SessionCard};
use super::time_scale::{FIRST_SLOT, TimeScale};
use super::zone::{ShownZone, clock_on};
use crate::ui::time::long_date;

/// Where the cards lead, and what else they offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GridLink {
    /// To the sessions' own pages.
    Pages { slug: String, own: Arc<OwnMarks> },
    /// Into the editor; there cards can be dragged.
    Editor { slug: String, can_change: bool },
}

impl GridLink {
    pub(super) fn to(&self, session: &AgendaSession) -> String {
        match self {
            Self::Pages { slug, .. } => format!("/events/{slug}/sessions/{}", session.id),
            Self::Editor { slug, .. } => format!("/events/{slug}/manage/agenda/{}", session.id),
        }
    }

    fn event_to_drag_in(&self) -> Option<String> {
        match self {
            Self::Pages { .. } => None,
            Self::Editor { slug, can_change } => can_change.then(|| slug.clone()),
        }
    }

    pub(super) const fn can_drag(&self) -> bool {
        match self {
            Self::Pages { .. } => false,
            Self::Editor { can_change, .. } => *can_change,
        }
    }
}

/// The hours of a day on which a session can be dropped, where none makes it longer.
const WORKDAY: (Time, Time) = (time::macros::time!(08:00), time::macros::time!(18:00));

/// One day: a list by start time, and on wide screens the same list as a grid of rooms and times. Where cards can be
/// dragged the grid has all rooms and a working day of hours, also without a session.
#[component]
pub(super) fn DayGrid(
    number: i64,
    /// In the event's zone.
    date: Date,
    /// By their start.
    sessions: Vec<AgendaSession>,
    rooms: Vec<VenueRoom>,
    zone: ShownZone,
    now: OffsetDateTime,
    link: GridLink,
) -> impl IntoView {
    let heading = format!("day-{number}");
    let labelled_by = heading.clone();
    let window = window(&sessions, &zone, date, link.can_drag());
    let lanes = if link.can_drag() { Lanes::AllRooms } else { Lanes::Used };
    let (columns, places) = arrange(&sessions, &rooms, lanes);
    let is_bare = sessions.is_empty();
    let grid = window.map(|(base, end)| {
        let taken: Vec<SessionTimes> = sessions.iter().filter_map(|session| session.times).collect();
        let scale = match link {
            GridLink::Pages { .. } => TimeScale::cut(base, &taken),
            // Where something is dropped says when it begins.
            GridLink::Editor { .. } => TimeScale::even(base),
        };
        let hours = hours(&scale, end, &zone, date);
        let mark = now_mark(&scale, (base, end), now);
        let first_language = sessions.first().and_then(|session| session.language.clone());
        let shows_language = sessions.iter().any(|session| session.language != first_language);
        let heads = heads(&columns, &rooms);
        let cards = sessions
            .into_iter()
            .zip(places)
            .map(|(session, column)| {
                let placement = Placement { class: place(&session, &scale, column), shows_language };
                view! {
                    <SessionCard
                        session=session placement=placement day=date zone=zone.clone() now=now link=link.clone()
                    />
                }
            })
            .collect_view();
        let class = format!("day-grid cols-{}", columns.len().clamp(1, MOST_COLUMNS));
        let local_base = zone.local(base);
        view! {
            // Without cards nothing else in it takes the focus to scroll it by keys.
            <ol
                class=class role="list" aria-labelledby=labelled_by tabindex=is_bare.then_some("0")
                data-day-grid=link.can_drag().then_some("") data-event=link.event_to_drag_in()
                data-day=link.can_drag().then(|| format!("{}T{:02}:00", local_base.date(), local_base.hour()))
            >
                {heads}{hours}{mark}{cards}
            </ol>
        }
    });
    view! {
        <section class="section agenda-day" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{long_date(date)}" "<span class="meta">{format!("Day {number}")}</span></h2>
            {is_bare.then(|| view! { <p class="meta">"Nothing on this day."</p> })}
            {grid}
        </section>
    }
}

/// From the full hour before the first session to the end of the last one.
fn window(
    sessions: &[AgendaSession],
    zone: &ShownZone,
    date: Date,
    is_workday: bool,
) -> Option<(OffsetDateTime, OffsetDateTime)> {
    let workday = is_workday
        .then(|| (zone.instant(date.with_time(WORKDAY.0)), zone.instant(date.with_time(WORKDAY.1))));
    let times = || sessions.iter().filter_map(|session| session.times);
    let first = times().map(SessionTimes::starts_at).chain(workday.map(|day| day.0)).min()?;
    let end = times().map(SessionTimes::ends_at).chain(workday.map(|day| day.1)).max()?;
    Some((first - Duration::minutes(i64::from(zone.local(first).minute())), end))
}

/// As many as `style/agenda.css` has.
const MOST_COLUMNS: usize = 24;

fn place(session: &AgendaSession, scale: &TimeScale, column: Option<usize>) -> String {
    let (start, end) = session.times.map_or((FIRST_SLOT, FIRST_SLOT + 1), |times| {
        (scale.slot(times.starts_at()), scale.slot(times.ends_at()))
    });
    let column = match column {
        Some(column) => format!("col-{}", column.min(MOST_COLUMNS - 1) + 1),
        None => "col-all".to_owned(),
    };
    format!("slot-{start} span-{} {column}", (end - start).clamp(1, 288))
}

/// The names of the rooms, which stay in sight while a wide screen scrolls.
fn heads(columns: &[Lane], rooms: &[VenueRoom]) -> impl IntoView + use<> {
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let name = rooms.iter().find(|room| Some(room.id) == column.room);
            let name = name.map_or_else(|| "No room".to_owned(), |room| room.name.clone());
            let class = format!("day-room col-{}", index.min(MOST_COLUMNS - 1) + 1);
            view! {
                <li class=class aria-hidden="true" data-room=column.room.map_or_else(|| "none".to_owned(), |room| room.to_string())>
                    {name}
                </li>
            }
        })
        .collect_view()
}

/// A line with its time for each hour; each card says its own time too. Scripts read when each begins.
fn hours(scale: &TimeScale, end: OffsetDateTime, zone: &ShownZone, date: Date) -> impl IntoView + use<> {
    scale
        .hours(end)
        .into_iter()
        .map(|at| {
            let slot = scale.slot(at);
            let clock = clock_on(zone.local(at), date);
            let text = if scale.is_cut(at) { format!("{clock} …") } else { clock };
            view! {
                <li
                    class=format!("day-hour slot-{slot}") aria-hidden="true" data-at=at.unix_timestamp().to_string()
                    data-slot=slot.to_string()
                >
                    {text}
                </li>
            }
        })
        .collect_view()
}

/// The line of now across the grid, hidden outside its hours. `agenda.js` moves it.
fn now_mark(
    scale: &TimeScale,
    (base, end): (OffsetDateTime, OffsetDateTime),
    now: OffsetDateTime,
) -> impl IntoView + use<> {
    let class = format!("day-now slot-{}", scale.slot(now));
    let is_in = base <= now && now < end;
    view! {
        <li class=class aria-hidden="true" hidden=!is_in data-now-until=end.unix_timestamp().to_string()>
            <span class="day-now-word">"Now"</span>
        </li>
    }
}
