use domain::ids::UserId;
use leptos::prelude::*;
use services::chat::RoomPage;

use super::Place;
use super::message_list::{Setting, row_view};
use super::rows::{NewToReader, rows};
use crate::ui::icon::Icon;

/// A part of a room's history that is not live, for reading: earlier messages, or those around one.
#[component]
pub(super) fn EarlierMessages(
    /// Address of the event.
    event: String,
    reader: UserId,
    page: RoomPage,
) -> impl IntoView {
    let list = format!("/events/{event}/rooms");
    let path = format!("{list}/{}", page.room.id);
    let messages = page.messages.items;
    let new = NewToReader { reader, after_seq: page.last_read_seq, up_to_seq: 0 };
    let older = page.messages.has_older.then(|| messages.first().map(|first| first.seq)).flatten();
    let newer = page.messages.has_newer.then(|| messages.last().map(|last| last.seq)).flatten();
    let setting = Setting::still(Place::Room { event, room: page.room.id }, reader, page.blocked);
    let rows = rows(&messages, new, |_| 0).into_iter().map(|row| row_view(row, setting)).collect_view();
    view! {
        <section class="chat-room" aria-labelledby="room-name">
            <header class="chat-head">
                <a class="icon-button chat-back" href=list aria-label="All rooms">
                    <Icon name="arrow-left"/>
                </a>
                <div class="chat-title">
                    <h1 id="room-name">{page.room.name.clone()}</h1>
                    <p>"Earlier messages"</p>
                </div>
            </header>
            <div class="chat-log" tabindex="0" role="region" aria-label=format!("Earlier messages in {}", page.room.name)>
                {match older {
                    Some(seq) => view! {
                        <p class="chat-older">
                            <a class="button button-quiet button-small" rel="prev" href=format!("{path}?before={seq}#latest")>
                                "Earlier messages"
                            </a>
                        </p>
                    }
                    .into_any(),
                    None => {
                        view! { <p class="chat-start">{format!("This is the beginning of {}.", page.room.name)}</p> }
                            .into_any()
                    }
                }}
                <ol class="chat-messages" role="list">{rows}</ol>
                <div id="latest"></div>
            </div>
            <div class="chat-foot">
                <p class="composer-closed">
                    {newer.map(|seq| view! { <a rel="next" href=format!("{path}?after={seq}")>"Later messages"</a>" · " })}
                    <a href=format!("{path}#latest")>"To the newest messages"</a>
                </p>
            </div>
        </section>
    }
}
