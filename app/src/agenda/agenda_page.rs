use domain::agenda::EventDays;
use leptos::prelude::*;
use services::agenda::{self, AgendaSession};

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
        let days = EventDays { first: page.head.start_date, last: page.head.end_date };
        let kept: Vec<&AgendaSession> =
            page.agenda.sessions.iter().filter(|session| choices.filter.keeps(session)).collect();
        let shown_days: Vec<_> =
            days.all().filter(|(number, _)| choices.day.is_none_or(|day| day == *number)).collect();
        // A session belongs to the day it starts on where the event is, whatever zone shows its times.
        let of_day = |date| -> Vec<AgendaSession> {
            let starts = |session: &&&AgendaSession| {
                session.times.is_some_and(|times| page.zone.local_at(times.starts_at()).date() == date)
            };
            kept.iter().filter(starts).map(|session| (*session).clone()).collect()
        };
        let by_day: Vec<_> =
            shown_days.into_iter().map(|(number, date)| (number, date, of_day(date))).collect();
        let is_bare = page.agenda.sessions.is_empty();
        let finds_nothing = !is_bare && by_day.iter().all(|(.., sessions)| sessions.is_empty());
        let filtered = !choices.is_empty();
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
                <header class="page-head"><h1>"Agenda"</h1></header>
                {is_bare.then(|| view! {
                    <EmptyState title="No sessions yet" text="They will stand here day by day." icon="calendar-days"/>
                })}
                {(!is_bare).then(|| view! {
                    <ZoneSwitch zone=zone link=Box::new(zone_link)/>
                    <DayLinks path=path.clone() choices=choices.clone() days=days/>
                    <FilterForm path=path.clone() choices=choices agenda=page.agenda.clone()/>
                })}
                {(finds_nothing && filtered).then(|| view! {
                    <EmptyState title="No session fits" text="Take a filter off, or all of them." icon="search">
                        <LinkButton href=path.clone() kind=ButtonKind::Secondary>"Clear filters"</LinkButton>
                    </EmptyState>
                })}
                {(!is_bare && !(finds_nothing && filtered)).then_some(grids)}
            </AgendaFrame>
        }
        .into_any())
    })
}
