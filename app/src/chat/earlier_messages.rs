use domain::ids::UserId;
use leptos::prelude::*;
use services::chat::RoomPage;

use super::message_list::{Zone, row_view};
use super::rows::{NewToReader, rows};
use crate::ui::icon::Icon;

/// A page of a room's history before the newest messages: not live, for reading without scripts.
#[component]
pub(super) fn EarlierMessages(
    /// Path of the list of rooms.
    rooms: String,
    reader: UserId,
    page: RoomPage,
) -> impl IntoView {
    let path = format!("{rooms}/{}", page.room.id);
    let messages = page.messages.items;
    let new = NewToReader { reader, after_seq: page.last_read_seq, up_to_seq: 0 };
    let older = page.messages.has_older.then(|| messages.first().map(|first| first.seq)).flatten();
    let rows =
        rows(&messages, new, |_| 0).into_iter().map(|row| row_view(row, reader, Zone::Page)).collect_view();
    view! {
        <section class="chat-room" aria-labelledby="room-name">
            <header class="chat-head">
                <a class="icon-button chat-back" href=rooms aria-label="All rooms">
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
                <p class="composer-closed"><a href=format!("{path}#latest")>"To the newest messages"</a></p>
            </div>
        </section>
    }
}
