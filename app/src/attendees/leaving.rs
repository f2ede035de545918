use domain::attendees::EventRole;
use leptos::prelude::*;

use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;

/// Says what ends before the button that ends it.
#[component]
pub fn LeaveEventSection(slug: String, role: EventRole) -> impl IntoView {
    view! {
        <section class="settings" aria-labelledby="leave">
            <h2 id="leave">"Leave"</h2>
            <details class="disclosure">
                <summary>"Leave this event"</summary>
                <p>{what_ends(role)}</p>
                <LeaveForm slug=slug label="Leave event"/>
            </details>
        </section>
    }
}

/// The way off the waitlist, on the page of the event.
#[component]
pub fn LeaveWaitlistSection(slug: String) -> impl IntoView {
    view! {
        <details class="disclosure">
            <summary>"Leave the waitlist"</summary>
            <p>"Your place goes to whoever waits behind you. If you join again, you start at the end."</p>
            <LeaveForm slug=slug label="Leave waitlist"/>
        </details>
    }
}

#[component]
fn LeaveForm(slug: String, label: &'static str) -> impl IntoView {
    view! {
        <form class="form" method="post" action="/api/attendees/leave">
            <HiddenField name="event" value=slug/>
            <HiddenField name="confirmed" value="yes"/>
            <Button kind=ButtonKind::Danger>{label}</Button>
        </form>
    }
}

const fn what_ends(role: EventRole) -> &'static str {
    match role {
        EventRole::Attendee => {
            "Your seat goes to the next on the waitlist, and your sign-ups for sessions end. You can register again \
             while seats are free."
        }
        EventRole::Speaker | EventRole::Moderator => {
            "Your role ends, you speak in no session any more, and your sign-ups for sessions end."
        }
        EventRole::Organizer | EventRole::Admin => {
            "You can't manage this event any more, and your sign-ups for sessions end. The last admin can't leave."
        }
    }
}
