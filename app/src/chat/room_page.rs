use domain::accounts::PersonCard;
use domain::chat::{Follow, RoomSummary};
use domain::ids::{ChatMessageId, ChatRoomId, ClientMessageId};
use domain::paging::Window;
use domain::realtime::Topic;
use domain::{AppError, Conflict, Denied, SignedIn};
use leptos::prelude::*;
use services::chat::OwnHeld;
use services::events::EventHead;
use services::{ServiceError, Services, chat, events};

use super::earlier_messages::EarlierMessages;
use super::follow_page::FollowForm;
use super::room_list::RoomList;
use super::room_model::audience;
use super::shortcuts::{Shortcuts, ShortcutsOpener};
use super::{ChatRoom, Place, RoomOpening};
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{Banner, EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::dialog::Dialog;
use crate::ui::notice::NoticeKind;

/// A room with its newest messages and the composer; with `?before=SEQ`, `?after=SEQ` or `?message=ID` another part of
/// its history, for reading.
#[component]
pub fn RoomPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let room: ChatRoomId = ssr::param("room")?;
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let (page, is_newest) = match Part::asked()? {
            Part::Newest => (chat::open_room(&services, &person, &slug, room, Window::Newest).await?, true),
            Part::Window(window) => (chat::open_room(&services, &person, &slug, room, window).await?, false),
            Part::Around(message) => {
                let page = chat::open_room_around(&services, &person, &slug, room, message).await?.page;
                // A message near the end is shown in the room as it goes on.
                let is_newest = !page.messages.has_newer;
                (page, is_newest)
            }
        };
        let rooms = chat::rooms_of(&services, &person, head.id, head.status, role).await?;
        // What is on the screen is not counted as waiting.
        let elsewhere: Vec<_> = rooms.iter().filter(|other| other.id != room).cloned().collect();
        let held = chat::own_held(&services, &person, room).await?;
        let flash = ssr::take_flash().await?;
        let above = Flash { notice: flash.notice, ..Flash::default() };
        let title = format!("{} · {}", page.room.name, head.title);
        let follow = page.room.follow;
        let hears = is_newest.then(|| Topic::Event(head.id).to_string());
        let writes = is_newest && page.may_post.is_ok();
        let content = if is_newest {
            let opening = opening(&services, &person, &head, (page, &held), &flash).await;
            view! { <ChatRoom opening=opening/> }.into_any()
        } else {
            view! { <EarlierMessages event=slug.clone() reader=person.user page=page/> }.into_any()
        };
        Ok(view! {
            <EventLayout
                head=Head::new(title, format!("/events/{slug}/rooms/{room}"))
                viewer=viewer
                flash=above
                event=frame(&head, role, &elsewhere)
                current=EventTab::Chat
                banner=waiting(&held)
                fill=true
            >
                <Chat event=slug hears=hears follow=follow rooms=rooms room=room writes=writes>{content}</Chat>
            </EventLayout>
        }
        .into_any())
    })
}

/// What a moderator looks at before the others see it.
fn waiting(held: &[OwnHeld]) -> Option<Banner> {
    let text = match held {
        [] => return None,
        [one] => format!("Waiting for a moderator: “{}”", one.text.chars().take(100).collect::<String>()),
        many => format!("{} messages of yours wait for a moderator.", many.len()),
    };
    Some(Banner { kind: NoticeKind::Info, text })
}

/// Which part of the history an address asks for.
enum Part {
    Newest,
    Window(Window),
    Around(ChatMessageId),
}

impl Part {
    fn asked() -> Result<Self, ServiceError> {
        if let Some(message) = ssr::query("message") {
            return message.parse().map(Self::Around).map_err(|_| ServiceError::NOT_FOUND);
        }
        let number = |name| ssr::query(name).and_then(|text| text.parse::<i64>().ok());
        Ok(match (number("before"), number("after")) {
            (Some(seq), _) => Self::Window(Window::Before(seq)),
            (None, Some(seq)) => Self::Window(Window::After(seq)),
            (None, None) => Self::Newest,
        })
    }
}

/// The list of rooms beside the open one.
#[component]
fn Chat(
    event: String,
    /// The topic that the live room listens to for the page.
    hears: Option<String>,
    follow: Follow,
    rooms: Vec<RoomSummary>,
    room: ChatRoomId,
    /// The page has a composer.
    writes: bool,
    children: Children,
) -> impl IntoView {
    let topic = hears.clone();
    view! {
        <div class="chat" data-open-room=room.to_string() data-hears=hears>
            // Past the rooms and a way into each message.
            {writes.then(|| view! { <a class="skip-link" href="#composer-body">"Skip to writing"</a> })}
            <nav class="chat-rooms" aria-label="Rooms">
                <RoomList event=event.clone() rooms=rooms current=Some(room) topic=topic/>
                <ShortcutsOpener/>
            </nav>
            {children()}
            <Shortcuts/>
            <Dialog id="follow" title="What you hear of this room">
                <FollowForm event=event room=room follow=follow/>
            </Dialog>
        </div>
    }
}

async fn opening(
    services: &Services,
    person: &SignedIn,
    event: &EventHead,
    (page, held): (chat::RoomPage, &[OwnHeld]),
    flash: &Flash,
) -> RoomOpening {
    RoomOpening {
        place: Place::Room { event: event.slug.clone(), room: page.room.id },
        event_id: Some(event.id),
        partner: None,
        audience: audience(page.room.kind, page.room.slow_mode_seconds),
        name: page.room.name,
        me: PersonCard { id: person.user, full_name: person.full_name.clone() },
        has_older: page.messages.has_older,
        messages: page.messages.items,
        cursor: page.cursor,
        last_read_seq: page.last_read_seq,
        refusal: page.may_post.err().map(|error| match error {
            AppError::Denied(Denied::Muted) => page.muted.unwrap_or_else(|| error.to_string()),
            _ => error.to_string(),
        }),
        is_moderator: page.is_moderator,
        blocked: page.blocked,
        writes_when_closed: page.writes_when_closed,
        held: held.iter().map(|own| own.client_message_id).collect(),
        client_message_id: client_message_id(services, flash),
        draft: if is_held(flash) { String::new() } else { flash.value("body") },
        reply_to: flash.value("reply_to"),
        problem: flash.error("body").or_else(|| flash.message()),
        presence: services.bus.presence(Topic::Room(page.room.id)).await,
    }
}

/// Kept for a moderator: it is not to be sent again.
fn is_held(flash: &Flash) -> bool {
    flash.problem == Some(AppError::Conflict(Conflict::HeldForReview))
}

/// A refused post keeps its id: if it did arrive after all, posting again doesn't double it.
fn client_message_id(services: &Services, flash: &Flash) -> ClientMessageId {
    let kept = flash.values.get("client_message_id").and_then(|text| text.parse().ok());
    match &flash.problem {
        Some(AppError::Conflict(Conflict::MessageIdReused | Conflict::HeldForReview)) => None,
        _ => kept,
    }
    .unwrap_or_else(|| ClientMessageId::new(services.rng.id(services.clock.now())))
}
