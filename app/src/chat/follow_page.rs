use domain::chat::Follow;
use domain::ids::ChatRoomId;
use leptos::prelude::*;
use services::{chat, events};

use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::HiddenField;
use crate::ui::form::Form;

/// How much of a room its reader wants to hear. The room's page has the same in a dialog.
#[component]
pub fn FollowPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let room: ChatRoomId = ssr::param("room")?;
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let followed = chat::followed_room(&services, &person, &slug, room).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/rooms/{room}");
        Ok(view! {
            <EventLayout
                head=Head::new(format!("What you hear of {} · {}", followed.name, head.title), format!("{path}/follow"))
                viewer=viewer
                flash=flash
                event=frame(&head, role, &[])
                current=EventTab::Chat
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=path>{followed.name}</a></p>
                    <h1>"What you hear of this room"</h1>
                </header>
                <FollowForm event=slug room=room follow=followed.follow/>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
pub(super) fn FollowForm(event: String, room: ChatRoomId, follow: Follow) -> impl IntoView {
    let choices = Follow::ALL.map(|follow| {
        let (label, hint) = follow.in_words();
        Choice::new(follow.as_str(), label).with_hint(hint)
    });
    view! {
        <Form action="/api/chat/follow_room">
            <HiddenField name="event" value=event/>
            <HiddenField name="room" value=room.to_string()/>
            <Choices name="follow" label="You hear of it" choices=choices.to_vec() value=follow.as_str() required=true/>
            <Button>"Save"</Button>
        </Form>
    }
}
