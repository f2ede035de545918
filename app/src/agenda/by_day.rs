use domain::agenda::SessionStatus;
use leptos::prelude::*;
use services::agenda::{AgendaSession, BriefDay};
use services::time_zones::TimeZoneName;
use time::{Date, OffsetDateTime};

use super::session_card::{SessionTime, StateBadge};
use super::zone::ShownZone;
use crate::ui::time::long_date;

/// The programme on the page of an event: days and what is on, in the event's zone.
#[component]
pub(super) fn AgendaByDay(
    slug: String,
    days: Vec<BriefDay>,
    /// Sessions that are left out.
    more: usize,
    zone: TimeZoneName,
    now: OffsetDateTime,
) -> impl IntoView {
    let path = format!("/events/{slug}/agenda");
    let days = days
        .into_iter()
        .map(|day| view! { <Day slug=slug.clone() day=day zone=zone.clone() now=now/> })
        .collect_view();
    let all = match more {
        0 => "The whole agenda".to_owned(),
        1 => "The whole agenda, with one more session".to_owned(),
        more => format!("The whole agenda, with {more} more sessions"),
    };
    view! {
        <section class="section programme" aria-labelledby="programme">
            <h2 id="programme">"Agenda"</h2>
            {days}
            <p><a href=path>{all}</a></p>
        </section>
    }
}

#[component]
fn Day(slug: String, day: BriefDay, zone: TimeZoneName, now: OffsetDateTime) -> impl IntoView {
    let id = format!("programme-{}", day.number);
    let shown = ShownZone::of_event(&zone, day.date);
    let rows =
        day.sessions.into_iter().map(|session| row(&slug, session, day.date, &shown, now)).collect_view();
    view! {
        <div class="programme-day">
            <h3 id=id.clone()>{long_date(day.date)}</h3>
            <ul class="rows" role="list" aria-labelledby=id>{rows}</ul>
        </div>
    }
}

fn row(
    slug: &str,
    session: AgendaSession,
    day: Date,
    zone: &ShownZone,
    now: OffsetDateTime,
) -> impl IntoView + use<> {
    let href = format!("/events/{slug}/sessions/{}", session.id);
    let who: Vec<String> = session.speakers.iter().map(|speaker| speaker.full_name.clone()).collect();
    let where_and_who: Vec<String> = session.room.iter().map(|room| room.name.clone()).chain(who).collect();
    let is_over = session.status == SessionStatus::Completed;
    view! {
        <li class="row">
            <div class="row-body">
                <a class="row-title" href=href>{session.title.clone()}</a>
                <p class="meta">
                    <SessionTime session=session.clone() day=day zone=zone.clone()/>
                    {(!where_and_who.is_empty()).then(|| format!(" · {}", where_and_who.join(", ")))}
                    {is_over.then_some(" · over")}
                </p>
            </div>
            <div class="row-end"><StateBadge session=session now=now/></div>
        </li>
    }
}
