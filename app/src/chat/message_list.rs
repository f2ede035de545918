use domain::Conflict;
use domain::accounts::{PersonCard, tint};
use domain::chat::MessageView;
use domain::ids::{ClientMessageId, UserId};
use domain::realtime::client::PendingState;
use domain::time::Timestamp;
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use super::act::Act;
use super::clock::{Day, clock, machine};
use super::composer::hidden_fields;
use super::message_menu::opener_view;
use super::message_parts::{quote_view, reactions_view, words_of};
use super::room_model::PendingRow;
use super::rows::Row;
use super::{Place, RoomModel, RoomOpening};
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;
use crate::ui::links::linked;

/// Whose clock times are told by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Zone {
    /// UTC as served; `page.js` changes it to the reader's own.
    #[cfg(feature = "ssr")]
    Page,
    /// UTC until the island is alive, then the reader's own.
    Island(RwSignal<bool>),
}

impl Zone {
    /// The reader's distance from UTC in minutes at an instant.
    pub(super) fn offset(self, at: Timestamp) -> i64 {
        match self {
            #[cfg(feature = "ssr")]
            Self::Page => 0,
            Self::Island(alive) => {
                if alive.get() {
                    offset_here(at)
                } else {
                    0
                }
            }
        }
    }

    fn mark(self) -> Option<&'static str> {
        match self {
            #[cfg(feature = "ssr")]
            Self::Page => Some("time"),
            Self::Island(_) => None,
        }
    }
}

#[cfg(feature = "hydrate")]
fn offset_here(at: Timestamp) -> i64 {
    crate::live::browser::offset_minutes(at)
}

/// The server has no zone of its own to tell times by.
#[cfg(not(feature = "hydrate"))]
fn offset_here(_at: Timestamp) -> i64 {
    0
}

/// Whose room it is that a message is shown in, and whether acts are carried out at once.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    place: StoredValue<Place>,
    pub(super) reader: UserId,
    blocked: StoredValue<Vec<UserId>>,
    zone: Zone,
    pub(super) live: Option<RoomModel>,
}

impl Setting {
    /// A page for reading.
    #[cfg(feature = "ssr")]
    pub(crate) fn still(place: Place, reader: UserId, blocked: Vec<UserId>) -> Self {
        let (place, blocked) = (StoredValue::new(place), StoredValue::new(blocked));
        Self { place, reader, blocked, zone: Zone::Page, live: None }
    }

    fn live(model: RoomModel, opening: &RoomOpening) -> Self {
        let place = StoredValue::new(opening.place.clone());
        let blocked = StoredValue::new(opening.blocked.clone());
        Self { place, reader: opening.me.id, blocked, zone: model.zone(), live: Some(model) }
    }

    /// What names the place in a form.
    pub(super) fn fields(self) -> impl IntoView + use<> {
        self.place.with_value(hidden_fields)
    }

    fn is_folded(self, author: UserId) -> bool {
        self.blocked.with_value(|blocked| blocked.contains(&author))
    }

    pub(super) fn place(self) -> Place {
        self.place.get_value()
    }
}

/// The live list: history with the receipt of its last message, then own messages on their way.
#[component]
pub(super) fn LiveMessages(model: RoomModel, opening: RoomOpening) -> impl IntoView {
    let setting = Setting::live(model, &opening);
    view! {
        <ol class="chat-messages" role="list">
            <For each=move || model.rows() key=Row::key children=move |row| row_view(row, setting)/>
            {move || model.receipt().map(|state| view! { <li class="message-receipt" aria-live="off">{state}</li> })}
            <For
                each=move || model.pending_rows()
                key=PendingRow::key
                children=move |row| pending_view(row, &opening.me)
            />
        </ol>
    }
}

/// One line of history, for the island and for plain pages alike.
pub(crate) fn row_view(row: Row, setting: Setting) -> impl IntoView {
    match row {
        Row::Day(day) => {
            EitherOf3::A(view! { <li class="chat-day"><time datetime=day.iso()>{day.in_words()}</time></li> })
        }
        Row::Unread => {
            EitherOf3::B(view! { <li class="chat-new" id="unread"><span>"New messages"</span></li> })
        }
        Row::Message { message, starts_group } => EitherOf3::C(message_view(&message, starts_group, setting)),
    }
}

/// A message by itself.
#[cfg(feature = "ssr")]
pub(crate) fn still_view(message: MessageView, setting: Setting) -> impl IntoView {
    message_view(&message, true, setting)
}

fn message_view(message: &MessageView, starts_group: bool, setting: Setting) -> impl IntoView + use<> {
    let mut class = String::from("message");
    if starts_group {
        class.push_str(" message-first");
    }
    if message.author.id == setting.reader {
        class.push_str(" message-own");
    }
    if message.body.is_none() {
        class.push_str(" message-gone");
    }
    let sent_at = message.sent_at;
    view! {
        <li class=class id=format!("message-{}", message.seq)>
            {starts_group.then(|| {
                let profile = setting.place.with_value(|place| place.person_path(message.author.id));
                head(&message.author, Some(profile), Some((sent_at, setting.zone)))
            })}
            {(!starts_group).then(|| time_view(sent_at, setting.zone))}
            {message.reply_to.as_ref().map(|quote| quote_view(quote, setting))}
            <div class="message-body">
                {if setting.is_folded(message.author.id) {
                    Either::Left(view! {
                        <details><summary>"From somebody you blocked"</summary>{words_of(message)}</details>
                    })
                } else {
                    Either::Right(words_of(message))
                }}
            </div>
            {reactions_view(message, setting)}
            {opener_view(message, setting)}
        </li>
    }
}

fn head(
    author: &PersonCard,
    profile: Option<String>,
    sent: Option<(Timestamp, Zone)>,
) -> impl IntoView + use<> {
    view! {
        <Avatar name=author.full_name.clone() tint=tint(author.id)/>
        <p class="message-head">
            // Without an address it is plain text.
            <a class="message-author" href=profile>{author.full_name.clone()}</a>
            " "
            {sent.map(|(at, zone)| time_view(at, zone))}
        </p>
    }
}

fn time_view(at: Timestamp, zone: Zone) -> impl IntoView {
    let exact = move || {
        let offset = zone.offset(at);
        format!("{}, {}", Day::of(at, offset).in_words(), clock(at, offset))
    };
    view! {
        <time class="message-time" datetime=machine(at) title=exact data-local=zone.mark()>
            {move || clock(at, zone.offset(at))}
        </time>
    }
}

/// Silent for screen readers until it is in the room: its author knows what they wrote. Only a failure speaks.
fn pending_view(row: PendingRow, me: &PersonCard) -> impl IntoView + use<> {
    let PendingRow { pending, starts_group } = row;
    let class = if starts_group { "message message-own message-first" } else { "message message-own" };
    let id = pending.client_message_id;
    let (state, word) = match pending.state {
        PendingState::Sending => ("sending", EitherOf3::A(view! { <p class="message-state">"Sending…"</p> })),
        PendingState::Held => ("held", EitherOf3::B(held_view(id))),
        PendingState::Failed(reason) => ("failed", EitherOf3::C(failed_view(id, reason))),
    };
    view! {
        <li class=class data-state=state aria-live="off">
            {starts_group.then(|| head(me, None, None))}
            <div class="message-body">{linked(&pending.body)}</div>
            {word}
        </li>
    }
}

fn held_view(id: ClientMessageId) -> impl IntoView {
    view! {
        <div class="message-state" role="status">
            <Icon name="clock" size=16/>
            <span>{Conflict::HeldForReview.to_string()}</span>
            <button class="text-button" type="button" on:click=move |_| Act::Discard(id).perform()>"Hide"</button>
        </div>
    }
}

fn failed_view(id: ClientMessageId, reason: String) -> impl IntoView {
    view! {
        <div class="message-state" role="alert">
            <Icon name="circle-alert" size=16/>
            <span>"Not sent. "{reason}</span>
            <button class="text-button" type="button" on:click=move |_| Act::Retry(id).perform()>"Retry"</button>
            <button class="text-button" type="button" on:click=move |_| Act::Discard(id).perform()>"Discard"</button>
        </div>
    }
}
