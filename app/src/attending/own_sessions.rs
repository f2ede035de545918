use leptos::prelude::*;

use crate::ui::button::{ButtonKind, LinkButton};

/// On a member's own page: the ways to the sessions they starred or have a place in, and to their calendar.
#[component]
pub fn OwnSessionsSection(slug: String) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="own-sessions">
            <h2 id="own-sessions">"Your sessions"</h2>
            <p class="meta">"What you starred or signed up for stands in your schedule, and in your calendar if you like."</p>
            <p class="form-actions">
                <LinkButton href=format!("/events/{slug}/agenda?mine=yes") kind=ButtonKind::Secondary icon="star">"My schedule"</LinkButton>
                <LinkButton href=format!("/events/{slug}/calendar") kind=ButtonKind::Secondary icon="calendar">"Calendar"</LinkButton>
            </p>
        </section>
    }
}
