use domain::agenda::LocalTimes;
use leptos::prelude::*;
use services::attending::OwnSignUp;
use services::dates;
use services::time_zones::TimeZoneName;

use crate::ui::button::{ButtonKind, LinkButton};

/// On a member's own page: the sessions they have a place in, and the ways to their schedule and calendar.
#[component]
pub fn OwnSessionsSection(slug: String, sign_ups: Vec<OwnSignUp>, zone: TimeZoneName) -> impl IntoView {
    let is_empty = sign_ups.is_empty();
    let rows = sign_ups.into_iter().map(|own| row(&slug, &zone, own)).collect_view();
    view! {
        <section class="section" aria-labelledby="own-sessions">
            <h2 id="own-sessions">"Your sessions"</h2>
            {is_empty.then(|| view! {
                <p class="meta">"You have signed up for none. Many sessions take no sign-ups: stars put them into your schedule."</p>
            })}
            <ul class="rows" role="list">{rows}</ul>
            <p class="form-actions">
                <LinkButton href=format!("/events/{slug}/agenda?mine=yes") kind=ButtonKind::Secondary icon="star">"My schedule"</LinkButton>
                <LinkButton href=format!("/events/{slug}/calendar") kind=ButtonKind::Secondary icon="calendar">"Calendar"</LinkButton>
            </p>
        </section>
    }
}

fn row(slug: &str, zone: &TimeZoneName, own: OwnSignUp) -> impl IntoView + use<> {
    let href = format!("/events/{slug}/sessions/{}", own.session);
    let local = own.times.map(|times| LocalTimes {
        start: zone.local_at(times.starts_at()),
        end: zone.local_at(times.ends_at()),
    });
    let when = local.map_or_else(|| "Without a time".to_owned(), dates::times);
    let room = own.room.map(|room| format!(" · {room}"));
    view! {
        <li class="row">
            <div class="row-body">
                <a class="row-title" href=href>{own.title}</a>
                <p class="meta">{when}{room}{own.is_cancelled.then_some(" · cancelled")}</p>
            </div>
        </li>
    }
}
