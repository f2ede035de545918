use domain::chat::{Follow, RoomKind, RoomSummary};
use domain::ids::ChatRoomId;
use leptos::prelude::*;

use crate::ui::badge::RoomCount;
use crate::ui::icon::Icon;

/// The rooms a member may read, each with its audience and what waits in it; those that they hid apart.
#[component]
pub(super) fn RoomList(
    event: String,
    rooms: Vec<RoomSummary>,
    /// The room that is open beside the list.
    #[prop(optional_no_strip)]
    current: Option<ChatRoomId>,
    /// The event's topic, on which the list learns of new and deleted rooms, and where it says which are closed, of that too.
    topic: Option<String>,
) -> impl IntoView {
    let is_hidden = |room: &RoomSummary| room.follow == Follow::Hidden && current != Some(room.id);
    let (hidden, shown): (Vec<_>, Vec<_>) = rooms.into_iter().partition(is_hidden);
    let items = |rooms: Vec<RoomSummary>| {
        rooms.into_iter().map(|room| room_item(&event, room, current)).collect_view()
    };
    // Beside an open room nothing says which others are closed, and whoever has one open would ask each time.
    let news = match current {
        Some(_) => "room_created room_deleted",
        None => "room_created room_changed room_closed room_deleted",
    };
    view! {
        <ul
            class="room-list"
            role="list"
            id="rooms"
            data-live-part=""
            data-live-on=topic.is_some().then_some(news)
            data-live=topic
        >
            {items(shown)}
        </ul>
        {(!hidden.is_empty()).then(|| view! {
            <details class="rooms-hidden">
                <summary>"Hidden rooms"</summary>
                <ul class="room-list" role="list">{items(hidden)}</ul>
            </details>
        })}
    }
}

fn room_item(event: &str, room: RoomSummary, current: Option<ChatRoomId>) -> impl IntoView + use<> {
    let icon = match room.kind {
        RoomKind::Global | RoomKind::Public => "hash",
        RoomKind::GreenRoom | RoomKind::Admin | RoomKind::Backstage => "lock",
    };
    let waits = room.unread > 0 || room.mentions > 0;
    // Without scripts the fragment is what opens a room at the first unread message, else at the end.
    let place = if waits { "unread" } else { "latest" };
    let hint = if room.is_enabled { room.kind.audience() } else { "Closed" };
    let is_current = current == Some(room.id);
    view! {
        <li>
            <a
                class="room-link"
                href=format!("/events/{event}/rooms/{}#{place}", room.id)
                aria-current=is_current.then_some("page")
                data-unread=(waits && !is_current).then_some("")
            >
                <Icon name=icon/>
                <span class="room-name">{room.name}</span>
                <span class="room-hint">{hint}</span>
                {(!is_current).then(|| view! {
                    <RoomCount of=room.id.to_string() unread=room.unread mentions=room.mentions/>
                })}
            </a>
        </li>
    }
}
