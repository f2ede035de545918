use leptos::prelude::*;
use services::agenda::{self, AgendaSession, Meanwhile};
use services::events::EventHead;
use services::time_zones::TimeZoneName;
use services::{ServiceError, Services};
use time::Date;

use super::session_card::SessionTime;
use super::zone::ShownZone;

/// What is on now and next, with the ways to the agenda and the speakers, for an event's public page; nothing where there
/// are no sessions to see.
///
/// # Errors
/// As [`agenda::meanwhile`].
pub async fn sessions_in_brief(
    services: &Services,
    head: &EventHead,
    not_open_yet: bool,
) -> Result<Option<AnyView>, ServiceError> {
    if not_open_yet || !head.has_sessions {
        return Ok(None);
    }
    let meanwhile = agenda::meanwhile(services, head.id).await?;
    let zone = agenda::zone_of(head)?;
    let today = zone.date_at(services.clock.now());
    let slug = head.slug.clone();
    let view = view! {
        <div class="wrap">
            <HappeningNow slug=slug.clone() meanwhile=meanwhile zone=zone today=today/>
            <p class="form-actions">
                <a href=format!("/events/{slug}/agenda")>"Agenda"</a>
                <a href=format!("/events/{slug}/speakers")>"Speakers"</a>
            </p>
        </div>
    };
    Ok(Some(view.into_any()))
}

/// What is on now and next, for the pages of an event; nothing where there is neither.
#[component]
pub fn HappeningNow(slug: String, meanwhile: Meanwhile, zone: TimeZoneName, today: Date) -> impl IntoView {
    let zone = ShownZone::of_event(&zone, today);
    let is_any = !meanwhile.now.is_empty() || !meanwhile.next.is_empty();
    let list = |heading: &'static str, id: &'static str, sessions: Vec<AgendaSession>| {
        (!sessions.is_empty()).then(|| {
            let rows = sessions
                .into_iter()
                .map(|session| {
                    let href = format!("/events/{slug}/sessions/{}", session.id);
                    let room = session.room.clone().map(|room| format!(" · {}", room.name));
                    view! {
                        <li class="row">
                            <div class="row-body">
                                <a class="row-title" href=href>{session.title.clone()}</a>
                                <p class="meta"><SessionTime session=session day=today zone=zone.clone()/>{room}</p>
                            </div>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="meanwhile-part">
                    <h3 id=id>{heading}</h3>
                    <ul class="rows" role="list" aria-labelledby=id>{rows}</ul>
                </div>
            }
        })
    };
    let now = list("On now", "on-now", meanwhile.now);
    let next = list("Next", "on-next", meanwhile.next);
    is_any.then(|| {
        view! {
            <section class="section meanwhile" aria-labelledby="meanwhile">
                <h2 id="meanwhile">"Sessions"</h2>
                {now}{next}
                <p><a href=format!("/events/{slug}/agenda")>"The whole agenda"</a></p>
            </section>
        }
    })
}
