use domain::accounts::PersonCard;
use domain::chat::RoomSummary;
use domain::ids::{ChatRoomId, ClientMessageId};
use domain::paging::Window;
use domain::realtime::Topic;
use domain::{AppError, Conflict, SignedIn};
use leptos::prelude::*;
use services::{Services, chat, events};

use super::earlier_messages::EarlierMessages;
use super::room_list::RoomList;
use super::{ChatRoom, Place, RoomOpening};
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;

/// A room with its newest messages and the composer; with `?before=SEQ` a page of earlier ones, for reading.
#[component]
pub fn RoomPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let room: ChatRoomId = ssr::param("room")?;
        let before = ssr::query("before").and_then(|text| text.parse::<i64>().ok());
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let window = before.map_or(Window::Newest, Window::Before);
        let page = chat::open_room(&services, &person, &slug, room, window).await?;
        let rooms = chat::rooms_of(&services, &person, head.id, head.status, role).await?;
        // What is on the screen is not counted as waiting.
        let elsewhere: Vec<_> = rooms.iter().filter(|other| other.id != room).cloned().collect();
        let flash = ssr::take_flash().await?;
        let above = Flash { notice: flash.notice, ..Flash::default() };
        let title = format!("{} · {}", page.room.name, head.title);
        let content = match before {
            None => {
                let opening = opening(&services, &person, &slug, page, &flash).await;
                view! { <ChatRoom opening=opening.pack()>""</ChatRoom> }.into_any()
            }
            Some(_) => {
                let list = format!("/events/{slug}/rooms");
                view! { <EarlierMessages rooms=list reader=person.user page=page/> }.into_any()
            }
        };
        Ok(view! {
            <EventLayout
                head=Head::new(title, format!("/events/{slug}/rooms/{room}"))
                viewer=viewer
                flash=above
                event=frame(&head, role, &elsewhere)
                current=EventTab::Chat
                fill=true
            >
                <Chat event=slug rooms=rooms room=room>{content}</Chat>
            </EventLayout>
        }
        .into_any())
    })
}

/// The list of rooms beside the open one.
#[component]
fn Chat(event: String, rooms: Vec<RoomSummary>, room: ChatRoomId, children: Children) -> impl IntoView {
    view! {
        <div class="chat">
            <nav class="chat-rooms" aria-label="Rooms">
                <RoomList event=event rooms=rooms current=Some(room)/>
            </nav>
            {children()}
        </div>
    }
}

async fn opening(
    services: &Services,
    person: &SignedIn,
    event: &str,
    page: chat::RoomPage,
    flash: &Flash,
) -> RoomOpening {
    RoomOpening {
        place: Place::Room { event: event.to_owned(), room: page.room.id },
        partner: None,
        name: page.room.name,
        audience: page.room.kind.audience().to_owned(),
        me: PersonCard { id: person.user, full_name: person.full_name.clone() },
        has_older: page.messages.has_older,
        messages: page.messages.items,
        cursor: page.cursor,
        last_read_seq: page.last_read_seq,
        refusal: page.may_post.err().map(|error| error.to_string()),
        client_message_id: client_message_id(services, flash),
        draft: flash.value("body"),
        problem: flash.error("body").or_else(|| flash.message()),
        presence: services.bus.presence(Topic::Room(page.room.id)).await,
    }
}

/// A refused post keeps its id: if it did arrive after all, posting again doesn't double it.
fn client_message_id(services: &Services, flash: &Flash) -> ClientMessageId {
    let kept = flash.values.get("client_message_id").and_then(|text| text.parse().ok());
    match &flash.problem {
        Some(AppError::Conflict(Conflict::MessageIdReused)) => None,
        _ => kept,
    }
    .unwrap_or_else(|| ClientMessageId::new(services.rng.id(services.clock.now())))
}
