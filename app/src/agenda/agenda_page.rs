use domain::agenda::EventDays;
use leptos::prelude::*;
use services::agenda::{self, AgendaSession};
use time::Date;

use super::day_grid::{DayGrid, GridLink};
use super::filter_form::{Choices, DayLinks, FilterForm};
use super::public_frame::AgendaFrame;
use super::zone::{ShownZone, ZoneSwitch};
use crate::layouts::{EventTab, Head};
use crate::ssr;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;

/// The agenda for everybody who sees the event: day by day, filtered by its address.
#[component]
pub fn AgendaPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = agenda::open(&services, &viewer, &slug).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/agenda");
        let now = services.clock.now();
        let zone = ShownZone::chosen(&page.zone, page.head.start_date, page.opens_in_viewers_zone());
        let mut choices = Choices::read();
        choices.zone = ssr::query("zone").and(zone.choice());
        let days = days(&page);
        let by_day = by_day(&page, &choices);
        let is_bare = page.agenda.sessions.is_empty();
        let finds_nothing =
            !is_bare && !choices.is_empty() && by_day.iter().all(|(.., sessions)| sessions.is_empty());
        let grids = by_day
            .into_iter()
            .map(|(number, date, sessions)| {
                view! {
                    <DayGrid
                        number=number date=date sessions=sessions rooms=page.agenda.rooms.clone() zone=zone.clone()
                        now=now link=GridLink::Pages { slug: slug.clone() }
                    />
                }
            })
            .collect_view();
        let meta = Head::new(format!("Agenda · {}", page.head.title), path.clone())
            .describe(format!("All sessions of {}.", page.head.title));
        let zone_link = {
            let (choices, path) = (choices.clone(), path.clone());
            move |choice: super::zone::ZoneChoice| choices.link(&path, "zone", Some(choice.as_str()))
        };
        Ok(view! {
            <AgendaFrame
                meta=meta viewer=viewer flash=flash head=page.head.clone() role=page.role current=EventTab::Agenda
            >
                <header class="page-head page-head-split">
                    <h1>"Agenda"</h1>
                    {(!is_bare).then(|| view! { <Ways slug=slug.clone()/> })}
                </header>
                {is_bare.then(|| view! {
                    <EmptyState title="No sessions yet" text="They will stand here day by day." icon="calendar-days"/>
                })}
                {(!is_bare).then(|| view! {
                    <ZoneSwitch zone=zone link=Box::new(zone_link)/>
                    <DayLinks path=path.clone() choices=choices.clone() days=days/>
                    <FilterForm path=path.clone() choices=choices agenda=page.agenda.clone()/>
                })}
                {finds_nothing.then(|| view! {
                    <EmptyState title="No session fits" text="Take a filter off, or all of them." icon="search">
                        <LinkButton href=path.clone() kind=ButtonKind::Secondary>"Clear filters"</LinkButton>
                    </EmptyState>
                })}
                {(!is_bare && !finds_nothing).then_some(grids)}
            </AgendaFrame>
        }
        .into_any())
    })
}

/// Other ways to keep up with the agenda.
#[component]
fn Ways(slug: String) -> impl IntoView {
    let (changes, calendar) = (format!("/events/{slug}/changes"), format!("/events/{slug}/calendar"));
    view! {
        <div class="form-actions">
            <LinkButton href=calendar kind=ButtonKind::Secondary icon="calendar">"Calendar"</LinkButton>
            <LinkButton href=changes kind=ButtonKind::Secondary icon="clock">"Changes"</LinkButton>
        </div>
    }
}

fn days(page: &agenda::AgendaPage) -> EventDays {
    EventDays { first: page.head.start_date, last: page.head.end_date }
}

/// The sessions that are wanted, by the day each starts on where the event is, whatever zone shows its times.
fn by_day(page: &agenda::AgendaPage, choices: &Choices) -> Vec<(i64, Date, Vec<AgendaSession>)> {
    let starts_on = |session: &AgendaSession, date| {
        session.times.is_some_and(|times| page.zone.local_at(times.starts_at()).date() == date)
    };
    let wanted = days(page).all().filter(|(number, _)| choices.day.is_none_or(|day| day == *number));
    wanted
        .map(|(number, date)| {
            let all = page.agenda.sessions.iter();
            let kept = all.filter(|session| choices.filter.keeps(session) && starts_on(session, date));
            (number, date, kept.cloned().collect())
        })
        .collect()
}
