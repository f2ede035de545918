use domain::chat::{RoomKind, RoomSummary};
use domain::ids::ChatRoomId;
use leptos::prelude::*;

use crate::ui::badge::UnreadCount;
use crate::ui::icon::Icon;

/// The rooms a member may read, each with its audience and unread messages.
#[component]
pub(super) fn RoomList(
    event: String,
    rooms: Vec<RoomSummary>,
    /// The room that is open beside the list.
    #[prop(optional_no_strip)]
    current: Option<ChatRoomId>,
) -> impl IntoView {
    let items = rooms
        .into_iter()
        .map(move |room| {
            let icon = match room.kind {
                RoomKind::Global | RoomKind::Public => "hash",
                RoomKind::GreenRoom | RoomKind::Admin | RoomKind::Backstage => "lock",
            };
            // Without scripts the fragment is what opens a room at the first unread message, else at the end.
            let place = if room.unread > 0 { "unread" } else { "latest" };
            let hint = if room.is_enabled { room.kind.audience() } else { "Closed" };
            let is_current = current == Some(room.id);
            view! {
                <li>
                    <a
                        class="room-link"
                        href=format!("/events/{event}/rooms/{}#{place}", room.id)
                        aria-current=is_current.then_some("page")
                        data-unread=(room.unread > 0 && !is_current).then_some("")
                    >
                        <Icon name=icon/>
                        <span class="room-name">{room.name}</span>
                        <span class="room-hint">{hint}</span>
                        {(!is_current).then(|| view! { <UnreadCount count=room.unread/> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="room-list" role="list">{items}</ul> }
}
