use domain::accounts::{PersonCard, tint};
use domain::chat::MessageView;
use domain::ids::{ClientMessageId, UserId};
use domain::realtime::client::PendingState;
use domain::time::Timestamp;
use leptos::prelude::*;

use super::RoomModel;
use super::act::Act;
use super::clock::{Day, clock, machine};
use super::room_model::PendingRow;
use super::rows::Row;
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;

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

/// The live list: history, then own messages on their way.
#[component]
pub(super) fn LiveMessages(model: RoomModel, me: PersonCard) -> impl IntoView {
    let reader = me.id;
    view! {
        <ol class="chat-messages" role="list">
            <For
                each=move || model.rows()
                key=Row::key
                children=move |row| row_view(row, reader, model.zone())
            />
            <For
                each=move || model.pending_rows()
                key=PendingRow::key
                children=move |row| pending_view(row, &me)
            />
        </ol>
    }
}

/// One line of history, for the island and for plain pages alike.
pub(super) fn row_view(row: Row, reader: UserId, zone: Zone) -> AnyView {
    match row {
        Row::Day(day) => {
            view! { <li class="chat-day"><time datetime=day.iso()>{day.in_words()}</time></li> }.into_any()
        }
        Row::Unread => view! { <li class="chat-new" id="unread"><span>"New messages"</span></li> }.into_any(),
        Row::Message { message, starts_group } => message_view(message, starts_group, reader, zone),
    }
}

fn message_view(message: MessageView, starts_group: bool, reader: UserId, zone: Zone) -> AnyView {
    let mut class = String::from("message");
    if starts_group {
        class.push_str(" message-first");
    }
    if message.author.id == reader {
        class.push_str(" message-own");
    }
    if message.body.is_none() {
        class.push_str(" message-gone");
    }
    let body = message.body.unwrap_or_else(|| "This message was removed.".to_owned());
    let time = time_view(message.sent_at, zone);
    view! {
        <li class=class id=format!("message-{}", message.seq)>
            {if starts_group { head(&message.author, time).into_any() } else { time }}
            <div class="message-body">{body}</div>
        </li>
    }
    .into_any()
}

fn head(author: &PersonCard, time: AnyView) -> impl IntoView + use<> {
    view! {
        <Avatar name=author.full_name.clone() tint=tint(author.id)/>
        <p class="message-head">
            <span class="message-author">{author.full_name.clone()}</span>
            " "
            {time}
        </p>
    }
}

fn time_view(at: Timestamp, zone: Zone) -> AnyView {
    let exact = move || {
        let offset = zone.offset(at);
        format!("{}, {}", Day::of(at, offset).in_words(), clock(at, offset))
    };
    view! {
        <time class="message-time" datetime=machine(at) title=exact data-local=zone.mark()>
            {move || clock(at, zone.offset(at))}
        </time>
    }
    .into_any()
}

/// Silent for screen readers until it is in the room: its author knows what they wrote. Only a failure speaks.
fn pending_view(row: PendingRow, me: &PersonCard) -> AnyView {
    let PendingRow { pending, starts_group } = row;
    let class = if starts_group { "message message-own message-first" } else { "message message-own" };
    let id = pending.client_message_id;
    let (state, state_view) = match pending.state {
        PendingState::Sending => ("sending", view! { <p class="message-state">"Sending…"</p> }.into_any()),
        PendingState::Failed(reason) => ("failed", failed_view(id, reason)),
    };
    view! {
        <li class=class data-state=state aria-live="off">
            {starts_group.then(|| head(me, ().into_any()))}
            <div class="message-body">{pending.body}</div>
            {state_view}
        </li>
    }
    .into_any()
}

fn failed_view(id: ClientMessageId, reason: String) -> AnyView {
    view! {
        <div class="message-state" role="alert">
            <Icon name="circle-alert" size=16/>
            <span>"Not sent. "{reason}</span>
            <button class="text-button" type="button" on:click=move |_| Act::Retry(id).perform()>"Retry"</button>
            <button class="text-button" type="button" on:click=move |_| Act::Discard(id).perform()>"Discard"</button>
        </div>
    }
    .into_any()
}
