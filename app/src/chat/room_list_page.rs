use leptos::prelude::*;
use services::{chat, events};

use super::room_list::RoomList;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::empty::EmptyState;

/// The rooms of an event that the member may read.
#[component]
pub fn RoomListPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let rooms = chat::rooms_of(&services, &person, head.id, head.status, role).await?;
        let flash = ssr::take_flash().await?;
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Chat · {}", head.title), format!("/events/{slug}/rooms"))
                viewer=viewer
                flash=flash
                event=frame(&head, role, &rooms)
                current=EventTab::Chat
            >
                <header class="page-head">
                    <h1>"Chat"</h1>
                </header>
                {if rooms.is_empty() {
                    view! {
                        <EmptyState
                            title="No rooms yet"
                            text="Organizers open rooms for this event."
                            icon="message-circle"
                        />
                    }
                    .into_any()
                } else {
                    view! { <RoomList event=slug rooms=rooms/> }.into_any()
                }}
            </EventLayout>
        }
        .into_any())
    })
}
