use domain::Viewer;
use domain::attendees::EventRole;
use domain::events::{EventStatus, EventVisibility};
use leptos::prelude::*;
use services::events::EventHead;

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head, PublicLayout};

/// A page of the agenda: members get it inside the event's own frame, everybody else on a public page.
#[component]
pub(super) fn AgendaFrame(
    meta: Head,
    viewer: Viewer,
    #[prop(optional)] flash: Flash,
    head: EventHead,
    role: Option<EventRole>,
    current: EventTab,
    /// As wide as the window allows.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let is_open = head.visibility == EventVisibility::Public && head.status == EventStatus::Published;
    let meta = if is_open { meta } else { meta.noindex() };
    match role {
        Some(role) => view! {
            <EventLayout head=meta viewer=viewer flash=flash event=frame(&head, role, &[]) current=current wide=wide>
                {children()}
            </EventLayout>
        }
        .into_any(),
        None => view! {
            <PublicLayout head=meta viewer=viewer flash=flash>
                <div class=if wide { "wrap wrap-wide page-body" } else { "wrap page-body" }>
                    <p class="page-kicker"><a href=format!("/events/{}", head.slug)>{head.title.clone()}</a></p>
                    {children()}
                </div>
            </PublicLayout>
        }
        .into_any(),
    }
}
