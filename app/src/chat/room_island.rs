use domain::realtime::client::Ended;
use leptos::either::Either;
use leptos::ev::MouseEvent;
use leptos::html;
#[cfg(feature = "hydrate")]
use leptos::mount::mount_to;
use leptos::prelude::*;

use super::act::{Act, bring_to_life};
use super::composer::{Composer, hidden_fields};
use super::message_list::LiveMessages;
use super::room_model::Connection;
use super::{Place, RoomModel, RoomOpening};
use crate::ui::icon::Icon;

/// A room on its page: history and form as served, then live. Sets `data-hydrated` on its root once it is.
///
/// Only the outermost element is hydrated. What is in it the browser builds anew in one step, with what was typed
/// meanwhile, from the opening in the element: neither the code that finds every served node again nor that which reads
/// an island's properties is in the WASM.
#[cfg(feature = "ssr")]
#[component]
pub fn ChatRoom(opening: RoomOpening) -> impl IntoView {
    provide_context(opening);
    view! { <RoomIsland/> }
}

/// See [`ChatRoom`].
#[island]
pub fn RoomIsland() -> impl IntoView {
    let place: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move |_| take_over(place));
    let served = Served::here();
    view! { <div class="chat-place" data-opening=served.packed node_ref=place>{served.room}</div> }
}

/// What the island is before it is alive.
struct Served<V> {
    packed: Option<String>,
    room: V,
}

#[cfg(not(feature = "hydrate"))]
impl Served<Option<AnyView>> {
    fn here() -> Self {
        let opening = use_context::<RoomOpening>();
        Self {
            packed: opening.as_ref().map(RoomOpening::pack),
            room: opening.map(|opening| view! { <Room opening=opening/> }.into_any()),
        }
    }
}

#[cfg(feature = "hydrate")]
impl Served<()> {
    /// What the server put there is not looked at while hydrating.
    const fn here() -> Self {
        Self { packed: None, room: () }
    }
}

#[cfg(not(feature = "hydrate"))]
fn take_over(_place: NodeRef<html::Div>) {}

#[cfg(feature = "hydrate")]
fn take_over(place: NodeRef<html::Div>) {
    let Some(place) = place.get_untracked() else { return };
    let Some(opening) = place.dataset().get("opening").and_then(|packed| RoomOpening::unpack(&packed)) else {
        return;
    };
    crate::live::browser::keeping_typed(&place, || {
        place.replace_children_with_node_0();
        mount_to(place.clone().into(), move || view! { <Room opening=opening/> }).forget();
    });
}

#[component]
fn Room(opening: RoomOpening) -> impl IntoView {
    let model = RoomModel::new(opening.clone());
    Effect::new(move |_| bring_to_life(model));
    view! {
        <section class="chat-room" aria-labelledby="room-name" node_ref=model.root>
            <RoomHead model=model opening=opening.clone()/>
            <ConnectionLine model=model opening=opening.clone()/>
            <div
                class="chat-log"
                role="log"
                aria-live=move || if model.loading_older.get() { "off" } else { "polite" }
                aria-relevant="additions"
                aria-label=format!("Messages in {}", opening.name)
                tabindex="0"
                node_ref=model.scroller
                on:scroll=move |_| Act::Scroll.perform()
                on:keydown=move |event| if event.key() == "Escape" { Act::Leave.perform() }
            >
                <Beginning model=model opening=opening.clone()/>
                <LiveMessages model=model opening=opening.clone()/>
                <div id="latest"></div>
            </div>
            <div class="chat-foot">
                <button
                    class="chat-jump"
                    type="button"
                    hidden=move || model.below.get() == 0
                    on:click=move |_| Act::JumpToNewest.perform()
                >
                    {move || match (model.own_below.get(), model.below.get()) {
                        (true, 1) => "Your message is below".to_owned(),
                        (true, new) => format!("{new} new, with yours"),
                        (false, new) => format!("{new} new"),
                    }}
                    <Icon name="arrow-down" size=16/>
                </button>
                <p class="chat-typing">
                    {move || model.typists.with(|typists| typists.sentence().map(|line| format!("{line}…")))}
                </p>
                <ComposerOrReason model=model opening=opening/>
            </div>
        </section>
    }
}

#[component]
fn RoomHead(model: RoomModel, opening: RoomOpening) -> impl IntoView {
    // Without a live connection of their own, nobody is counted.
    let here = move || match model.partner.get() {
        Some(partner) => partner.is_online.then(|| "Online".to_owned()),
        None => model.presence.get().filter(|count| *count > 0).map(|count| format!("{count} here")),
    };
    let unread_up_to =
        model.opened_with_unread().then(|| opening.messages.last().map(|last| last.seq)).flatten();
    let is_room = matches!(opening.place, Place::Room { .. });
    let settings = match &opening.place {
        Place::Room { event, room } if opening.is_moderator => {
            Some(format!("/events/{event}/manage/rooms/{room}"))
        }
        Place::Room { .. } | Place::Conversation { .. } => None,
    };
    view! {
        <header class="chat-head">
            <a class="icon-button chat-back" href=opening.place.list_path() aria-label=opening.place.list_label()>
                <Icon name="arrow-left"/>
            </a>
            <div class="chat-title">
                <h1 id="room-name">{opening.name.clone()}</h1>
                <p aria-live="polite">{move || model.audience.get()}</p>
            </div>
            {unread_up_to.map(|seq| view! {
                <form
                    class="without-scripts"
                    method="post"
                    action=opening.place.mark_read_call()
                    hidden=move || model.alive.get()
                >
                    {hidden_fields(&opening.place)}
                    <input type="hidden" name="seq" value=seq.to_string()/>
                    <button class="button button-quiet button-small" type="submit">"Mark as read"</button>
                </form>
            })}
            {is_room.then(|| view! {
                <a
                    class="icon-button"
                    href=format!("{}/follow", opening.place.path())
                    data-dialog="follow"
                    aria-label="What you hear of this room"
                >
                    <Icon name="bell"/>
                </a>
            })}
            {settings.map(|href| view! {
                <a class="icon-button" href=href aria-label="Room settings"><Icon name="settings"/></a>
            })}
            <p class="chat-presence" hidden=move || here().is_none()>{here}</p>
        </header>
    }
}

/// Empty while all is well; a lost connection shows after a while, an ended one at once with the way on.
#[component]
fn ConnectionLine(model: RoomModel, opening: RoomOpening) -> impl IntoView {
    let here = opening.place.path();
    let sign_in = format!("/signin?next={here}");
    let way_on = move || match model.connection.get() {
        Connection::Fine | Connection::Reconnecting => None,
        Connection::Ended(Ended::SignedOut) => Some((sign_in.clone(), "Sign in")),
        Connection::Ended(Ended::NoAccess) => Some(("/notifications".to_owned(), "Open notifications")),
        Connection::Ended(Ended::Outdated) => Some((here.clone(), "Load the page again")),
    };
    let words = move || match model.connection.get() {
        Connection::Fine => "",
        Connection::Reconnecting => "Reconnecting… You can go on writing.",
        Connection::Ended(Ended::SignedOut) => "You're signed out. What you wrote is kept on this device. ",
        Connection::Ended(Ended::NoAccess) => {
            "You have no access here any more. If a moderator decided so, your notifications say why. "
        }
        Connection::Ended(Ended::Outdated) => "Atria was updated. ",
    };
    let state = move || match model.connection.get() {
        Connection::Fine => None,
        Connection::Reconnecting => Some("reconnecting"),
        Connection::Ended(Ended::NoAccess) => Some("shut"),
        Connection::Ended(_) => Some("ended"),
    };
    view! {
        <p
            class="chat-connection"
            role="status"
            data-state=state
            hidden=move || model.connection.get() == Connection::Fine
        >
            {words}
            {move || way_on().map(|(href, text)| view! { <a href=href>{text}</a> })}
        </p>
    }
}

/// What is above the first message: the way to earlier ones, or the beginning.
#[component]
fn Beginning(model: RoomModel, opening: RoomOpening) -> impl IntoView {
    let load = move |event: MouseEvent| {
        event.prevent_default();
        Act::LoadOlder.perform();
    };
    let path = opening.place.path();
    let above = {
        let (path, place) = (path.clone(), opening.place.clone());
        move || model.unread_above().map(|after| unread_above_view(&path, &place, after, model))
    };
    let older = move || {
        let before = model.log.with_untracked(|log| log.first_seq().unwrap_or(1));
        let href = format!("{path}?before={before}");
        view! {
            <p class="chat-older">
                <a class="button button-quiet button-small" href=href on:click=load>"Earlier messages"</a>
            </p>
        }
    };
    let is_room = matches!(opening.place, Place::Room { .. });
    let invites = is_room && opening.messages.is_empty() && opening.refusal.is_none();
    let beginning = match opening.place {
        Place::Room { .. } => format!("This is the beginning of {}.", opening.name),
        Place::Conversation { .. } => format!("This is the beginning, with {}.", opening.name),
    };
    let start = move || {
        view! {
            <p class="chat-start">
                {beginning.clone()}
                {invites.then(|| view! {
                    <span hidden=move || model.log.with(|log| log.last_seq().is_some())>
                        <br/>
                        {format!("Say hello; {} can read along.", opening.audience.to_ascii_lowercase())}
                    </span>
                })}
            </p>
        }
    };
    view! {
        {move || model.has_older.get().then(&older)}
        {above}
        {move || (!model.has_older.get()).then(&start)}
    }
}

/// More is unread than the room opened with: reading the end of it doesn't read what is above.
fn unread_above_view(path: &str, place: &Place, after: i64, model: RoomModel) -> impl IntoView + use<> {
    let last = model.log.with_untracked(|log| log.last_seq().unwrap_or(after));
    // Only rooms show their history from any place.
    let from_there = matches!(place, Place::Room { .. }).then(|| format!("{path}?after={after}"));
    view! {
        <div class="chat-above">
            <p>"There is more above that you haven't read."</p>
            {from_there.map(|href| view! { <a href=href>"Go to where you left off"</a> })}
            <form method="post" action=place.mark_read_call()>
                {hidden_fields(place)}
                <input type="hidden" name="seq" value=last.to_string()/>
                <button class="text-button" type="submit">"Mark all as read"</button>
            </form>
        </div>
    }
}

#[component]
fn ComposerOrReason(model: RoomModel, opening: RoomOpening) -> impl IntoView {
    let opening = StoredValue::new(opening);
    move || match model.refusal.get() {
        Some(reason) => Either::Left(view! { <p class="composer-closed">{reason}</p> }),
        None => Either::Right(view! { <Composer model=model opening=opening.get_value()/> }),
    }
}
