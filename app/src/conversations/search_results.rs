use domain::chat::MessageView;
use domain::ids::ConversationId;
use domain::paging::Slice;
use leptos::prelude::*;

use crate::chat::Place;
use crate::ssr;
use crate::ui::empty::EmptyState;
use crate::ui::links::linked;
use crate::ui::time::LocalTime;

/// The messages of one conversation that hold a text, newest first, each with the way to its place.
#[component]
pub(super) fn SearchResults(
    conversation: ConversationId,
    text: String,
    found: Slice<MessageView>,
) -> impl IntoView {
    let path = format!("/inbox/{conversation}");
    let older = found.has_older.then(|| found.items.last().map(|last| last.seq)).flatten();
    let older = older.map(|seq| format!("{path}?search={}&before={seq}", ssr::encoded(&text)));
    let is_empty = found.items.is_empty();
    let items = found
        .items
        .into_iter()
        .map(|message| {
            let place = Place::Conversation { conversation }.around(message.id, message.seq);
            view! {
                <li class="search-result">
                    <p class="message-head">
                        <span class="message-author">{message.author.full_name.clone()}</span>
                        " "
                        <a class="message-time" href=place><LocalTime at=message.sent_at/></a>
                    </p>
                    <div class="message-body">{linked(&message.body.unwrap_or_default())}</div>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="chat-log" tabindex="0" role="region" aria-label="Messages found">
            <p class="search-head">
                {format!("Messages with “{text}”. ")}
                <a href=format!("{path}#latest")>"Back to the conversation"</a>
            </p>
            {if is_empty {
                view! { <EmptyState title="Nothing found" text="No message here holds these words." icon="search"/> }.into_any()
            } else {
                view! { <ol class="search-results" role="list">{items}</ol> }.into_any()
            }}
            {older.map(|href| view! {
                <p class="chat-older"><a class="button button-quiet button-small" rel="next" href=href>"Earlier ones"</a></p>
            })}
        </div>
    }
}
