use domain::agenda::{SessionKind, SessionTimes};
use domain::ids::VenueRoomId;
use leptos::prelude::*;
use services::agenda::{AgendaSession, VenueRoom};
use time::{Date, Duration, OffsetDateTime};

use super::session_card::{Placement, SessionCard};
use super::time_scale::{FIRST_SLOT, TimeScale};
use super::zone::{ShownZone, clock_on};
use crate::ui::time::long_date;

/// Where the cards lead, and what else they offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GridLink {
    /// To the sessions' own pages.
    Pages { slug: String },
    /// Into the editor; there cards can be dragged.
    Editor { slug: String, can_change: bool },
}

impl GridLink {
    pub(super) fn to(&self, session: &AgendaSession) -> String {
        match self {
            Self::Pages { slug } => format!("/events/{slug}/sessions/{}", session.id),
            Self::Editor { slug, .. } => format!("/events/{slug}/manage/agenda/{}", session.id),
        }
    }

    fn event_to_drag_in(&self) -> Option<String> {
        match self {
            Self::Pages { .. } => None,
            Self::Editor { slug, can_change } => can_change.then(|| slug.clone()),
        }
    }

    const fn can_drag(&self) -> bool {
        match self {
            Self::Pages { .. } => false,
            Self::Editor { can_change, .. } => *can_change,
        }
    }
}

/// A column of the grid: a venue room, or none, and which of several side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    room: Option<VenueRoomId>,
    free_from: OffsetDateTime,
}

/// One day: a list by start time, and on wide screens the same list as a grid of rooms and times.
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
    let base = sessions.iter().filter_map(|session| session.times).map(|times| times.starts_at()).min();
    let base = base.map(|first| first - Duration::minutes(i64::from(zone.local(first).minute())));
    let (columns, places) = arrange(&sessions, &rooms);
    let grid = base.map(|base| {
        let end = sessions.iter().filter_map(|session| session.times).map(|times| times.ends_at()).max();
        let taken: Vec<SessionTimes> = sessions.iter().filter_map(|session| session.times).collect();
        let scale = match link {
            GridLink::Pages { .. } => TimeScale::cut(base, &taken),
            // Where something is dropped says when it begins.
            GridLink::Editor { .. } => TimeScale::even(base),
        };
        let hours = hours(&scale, end.unwrap_or(base), &zone, date);
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
            <ol
                class=class role="list" data-day-grid=link.can_drag().then_some("")
                data-event=link.event_to_drag_in()
                data-day=link.can_drag().then(|| format!("{}T{:02}:00", local_base.date(), local_base.hour()))
            >
                {heads}{hours}{cards}
            </ol>
        }
    });
    view! {
        <section class="section agenda-day" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{long_date(date)}" "<span class="meta">{format!("Day {number}")}</span></h2>
            {grid.is_none().then(|| view! { <p class="meta">"Nothing on this day."</p> })}
            {grid}
        </section>
    }
}

/// As many as `style/agenda.css` has.
const MOST_COLUMNS: usize = 24;

/// The columns a day needs, and the one of each session: breaks without a room have none and span all. What overlaps in
/// one room stands side by side.
fn arrange(sessions: &[AgendaSession], rooms: &[VenueRoom]) -> (Vec<Column>, Vec<Option<usize>>) {
    let mut lanes: Vec<Column> = Vec::new();
    let mut lane_of: Vec<Option<usize>> = Vec::new();
    for session in sessions {
        let room = session.room.as_ref().map(|room| room.id);
        let Some(times) = session.times.filter(|_| session.kind != SessionKind::Break || room.is_some())
        else {
            lane_of.push(None);
            continue;
        };
        let free = |column: &Column| column.room == room && column.free_from <= times.starts_at();
        let lane = lanes.iter().position(free).unwrap_or_else(|| {
            lanes.push(Column { room, free_from: times.starts_at() });
            lanes.len() - 1
        });
        lanes[lane].free_from = times.ends_at();
        lane_of.push(Some(lane));
    }
    // In the order of the rooms, those without one last.
    let rank =
        |column: &Column| rooms.iter().position(|room| Some(room.id) == column.room).unwrap_or(rooms.len());
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_key(|lane| (rank(&lanes[*lane]), *lane));
    let columns = order.iter().map(|lane| lanes[*lane]).collect();
    let places = lane_of
        .into_iter()
        .map(|lane| lane.and_then(|lane| order.iter().position(|other| *other == lane)))
        .collect();
    (columns, places)
}

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
fn heads(columns: &[Column], rooms: &[VenueRoom]) -> impl IntoView + use<> {
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

/// A line with its time for each hour; each card says its own time too.
fn hours(scale: &TimeScale, end: OffsetDateTime, zone: &ShownZone, date: Date) -> impl IntoView + use<> {
    scale
        .hours(end)
        .into_iter()
        .map(|at| {
            let class = format!("day-hour slot-{}", scale.slot(at));
            let clock = clock_on(zone.local(at), date);
            let text = if scale.is_cut(at) { format!("{clock} …") } else { clock };
            view! { <li class=class aria-hidden="true">{text}</li> }
        })
        .collect_view()
}
