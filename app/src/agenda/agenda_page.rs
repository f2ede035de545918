use domain::agenda::EventDays;
use leptos::prelude::*;
use services::agenda::{self, AgendaSession, VenueRoom};
use services::attending::{self, OwnChoices};
use time::{Date, OffsetDateTime};

use super::day_grid::{DayGrid, GridLink};
use super::filter_form::{Choices, DayLinks, FilterForm, MineLink};
use super::own_marks::OwnMarks;
use super::public_frame::AgendaFrame;
use super::zone::{ShownZone, ZoneSwitch};
use crate::attending::kept_stars;
use crate::layouts::{EventTab, Head};
use crate::ssr;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::qr::QrCode;

/// The agenda for everybody who sees the event: day by day, filtered by its address.
#[component]
pub fn AgendaPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = agenda::open(&services, &viewer, &slug).await?;
        let own = attending::own_choices(&services, &viewer, page.head.id, &kept_stars(&services)).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/agenda");
        let now = services.clock.now();
        let days = days(&page);
        let zone = ShownZone::chosen(&page.zone, days, page.opens_in_viewers_zone());
        let mut choices = Choices::read();
        choices.zone = ssr::query("zone").and(zone.choice());
        let by_day = by_day(&page, &choices, &own);
        let mine = page.agenda.sessions.iter().filter(|session| own.holds(session.id)).count();
        let is_mine = choices.filter.only_mine;
        let is_today = (days.first..=days.last).contains(&page.zone.date_at(now));
        let link = GridLink::Pages {
            slug: slug.clone(),
            own: OwnMarks::of(&page.agenda, own, choices.address(&path)),
        };
        let is_bare = page.agenda.sessions.is_empty();
        let finds_nothing =
            !is_bare && !choices.is_empty() && by_day.iter().all(|(.., sessions)| sessions.is_empty());
        let grids = grids(by_day, &page.agenda.rooms, &zone, now, &link);
        let title = if is_mine { "My schedule" } else { "Agenda" };
        let meta = Head::new(format!("{title} · {}", page.head.title), path.clone())
            .describe(format!("All sessions of {}.", page.head.title));
        let words = zone.words();
        let zone_link = {
            let (choices, path) = (choices.clone(), path.clone());
            move |choice: super::zone::ZoneChoice| choices.link(&path, "zone", Some(choice.as_str()))
        };
        Ok(view! {
            <AgendaFrame
                meta=meta viewer=viewer flash=flash head=page.head.clone() role=page.role
                current=if is_mine { EventTab::Schedule } else { EventTab::Agenda } wide=true
            >
                <PageHead title=title event=page.head.title.clone() ways=(!is_bare).then(|| slug.clone())/>
                {is_bare.then(|| view! {
                    <EmptyState title="No sessions yet" text="They will stand here day by day." icon="calendar-days"/>
                })}
                {(!is_bare).then(|| view! {
                    <ZoneSwitch zone=zone link=Box::new(zone_link)/>
                    <div class="agenda-bar">
                        <DayLinks path=path.clone() choices=choices.clone() days=days/>
                        <MineLink path=path.clone() choices=choices.clone() count=mine/>
                    </div>
                    <FilterForm path=path.clone() choices=choices agenda=page.agenda.clone()/>
                })}
                {finds_nothing.then(|| view! { <NothingFound path=path.clone() has_none=is_mine && mine == 0/> })}
                {(!is_bare && !finds_nothing).then_some(grids)}
                {(is_today && !finds_nothing).then(|| view! { <JumpToNow/> })}
                <PrintFoot path=path zone=words/>
            </AgendaFrame>
        }
        .into_any())
    })
}

/// Each day with its sessions.
fn grids(
    by_day: Vec<(i64, Date, Vec<AgendaSession>)>,
    rooms: &[VenueRoom],
    zone: &ShownZone,
    now: OffsetDateTime,
    link: &GridLink,
) -> AnyView {
    by_day
        .into_iter()
        .map(|(number, date, sessions)| {
            view! {
                <DayGrid
                    number=number date=date sessions=sessions rooms=rooms.to_vec() zone=zone.clone() now=now
                    link=link.clone()
                />
            }
        })
        .collect_view()
        .into_any()
}

/// Why there is nothing: nothing was chosen yet, or nothing fits the filters.
#[component]
fn NothingFound(path: String, has_none: bool) -> impl IntoView {
    if has_none {
        return view! {
            <EmptyState title="Nothing chosen yet" text="Star a session of the agenda, and it stands here." icon="star">
                <LinkButton href=path kind=ButtonKind::Secondary>"The whole agenda"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState title="No session fits" text="Take a filter off, or all of them." icon="search">
            <LinkButton href=path kind=ButtonKind::Secondary>"Clear filters"</LinkButton>
        </EmptyState>
    }
    .into_any()
}

/// Other ways to keep up with the agenda.
#[component]
fn Ways(slug: String) -> impl IntoView {
    let (changes, calendar) = (format!("/events/{slug}/changes"), format!("/events/{slug}/calendar"));
    view! {
        <div class="form-actions">
            <button class="button button-quiet" type="button" data-print="" data-needs-script="" hidden=true>
                <span class="button-text">"Print"</span>
            </button>
            <LinkButton href=calendar kind=ButtonKind::Secondary icon="calendar">"Calendar"</LinkButton>
            <LinkButton href=changes kind=ButtonKind::Secondary icon="clock">"Changes"</LinkButton>
        </div>
    }
}

/// Leads to what is on, where scripts run; it stays away once it was closed.
#[component]
fn JumpToNow() -> impl IntoView {
    view! {
        <div class="jump-now" data-jump-now="" hidden=true>
            <button class="button button-primary" type="button" data-jump="">
                <span class="button-text">"Jump to now"</span>
            </button>
            <button class="button button-secondary" type="button" data-jump-close="" aria-label="Hide “Jump to now”">
                <span class="button-text">"×"</span>
            </button>
        </div>
    }
}

/// On paper nothing else names the event.
#[component]
fn PageHead(
    title: &'static str,
    event: String,
    /// The event's address, where there is something to lead to.
    ways: Option<String>,
) -> impl IntoView {
    view! {
        <header class="page-head page-head-split">
            <div>
                <p class="print-only">{event}</p>
                <h1>{title}</h1>
            </div>
            {ways.map(|slug| view! { <Ways slug=slug/> })}
        </header>
    }
}

/// Under the agenda on paper: whose times these are, and where the newest agenda is.
#[component]
fn PrintFoot(path: String, zone: String) -> impl IntoView {
    let address = format!("{}{path}", ssr::public_url());
    view! {
        <footer class="print-only print-foot">
            <QrCode text=address.clone() label="The address of this agenda as a QR code"/>
            <p>{format!("Times of {zone}. What changed since stands at {address}")}</p>
        </footer>
    }
}

fn days(page: &agenda::AgendaPage) -> EventDays {
    EventDays { first: page.head.start_date, last: page.head.end_date }
}

/// The sessions that are wanted, by the day each starts on where the event is, whatever zone shows its times.
fn by_day(
    page: &agenda::AgendaPage,
    choices: &Choices,
    own: &OwnChoices,
) -> Vec<(i64, Date, Vec<AgendaSession>)> {
    let starts_on = |session: &AgendaSession, date| {
        session.times.is_some_and(|times| page.zone.local_at(times.starts_at()).date() == date)
    };
    let wanted = days(page).all().filter(|(number, _)| choices.day.is_none_or(|day| day == *number));
    wanted
        .map(|(number, date)| {
            let all = page.agenda.sessions.iter();
            let kept = all.filter(|session| choices.filter.keeps(session, own) && starts_on(session, date));
            (number, date, kept.cloned().collect())
        })
        .collect()
}
