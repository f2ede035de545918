use domain::chat::MessageBody;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::act::Act;
use super::room_model::Composing;
use super::{Place, RoomModel, RoomOpening};
use crate::ui::icon::Icon;

/// From here on the composer counts what is left.
const COUNT_FROM: usize = MessageBody::MAX_CHARS - 200;

/// The form that posts: plain as served, taken over by the live room.
#[component]
pub(super) fn Composer(model: RoomModel, opening: RoomOpening) -> impl IntoView {
    let RoomOpening { place, name, client_message_id, draft, reply_to, .. } = opening;
    let label = format!("Message to {name}");
    let is_room = matches!(place, Place::Room { .. });
    view! {
        <p class="composer-mode" hidden=move || model.composing.with(|mode| *mode == Composing::Message)>
            <span>{move || model.composing.with(in_words)}</span>
            <button class="text-button" type="button" on:click=|_| Act::Leave.perform()>"Cancel"</button>
        </p>
        <form
            class="composer"
            method="post"
            action=place.call("post_message")
            on:submit=move |event| {
                event.prevent_default();
                Act::Send.perform();
            }
        >
            {hidden_fields(&place)}
            // Some browsers put old values back on reload; an old id would be another message's.
            <input
                type="hidden"
                name="client_message_id"
                value=client_message_id.to_string()
                autocomplete="off"
            />
            <input type="hidden" name="reply_to" value=reply_to autocomplete="off"/>
            <label class="visually-hidden" for="composer-body">{label.clone()}</label>
            <textarea
                class="composer-input"
                id="composer-body"
                name="body"
                rows="1"
                required=true
                placeholder=label
                autocomplete="off"
                data-mentions=is_room.then_some("")
                aria-describedby="composer-hint"
                node_ref=model.input
                on:input=move |_| Act::Type.perform()
                on:keydown=move |event| follow_keys(&event, model)
                inner_html=as_served(&draft)
            ></textarea>
            <button
                class="button button-primary composer-send"
                type="submit"
                disabled=move || model.connection.get().forbids_posts()
            >
                <Icon name="send"/>
                <span class="button-text">"Send"</span>
            </button>
        </form>
        <p class="composer-hint" id="composer-hint" hidden=move || model.typed_chars.get() <= COUNT_FROM>
            {move || room_left(model.typed_chars.get())}
        </p>
        <p class="composer-error" role="alert" hidden=move || model.problem.with(Option::is_none)>
            {move || model.problem.get()}
        </p>
    }
}

fn in_words(mode: &Composing) -> String {
    match mode {
        Composing::Message => String::new(),
        Composing::Answer { author, .. } => format!("Replying to {author}"),
        Composing::Edit(_) => "Editing your message".to_owned(),
    }
}

/// What names the room or conversation in its forms.
pub(super) fn hidden_fields(place: &Place) -> impl IntoView + use<> {
    let fields = place.fields().into_iter();
    fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// Enter sends, Shift+Enter breaks the line, as Enter alone does where there is no Shift to hold; the Enter that ends a composition (Japanese, Chinese) does neither. In an
/// empty line the arrow up changes the last message; Escape leaves an answer or a change, or else reads all.
fn follow_keys(event: &KeyboardEvent, model: RoomModel) {
    let act = match event.key().as_str() {
        "Enter" if !event.shift_key() && !event.is_composing() && !writes_by_touch() => Act::Send,
        "ArrowUp" if model.typed_chars.get_untracked() == 0 => Act::Edit(None),
        "Escape" if !event.is_composing() => Act::Leave,
        _ => return,
    };
    // The arrow would go on to the beginning of what it brought back.
    if matches!(act, Act::Send | Act::Edit(_)) {
        event.prevent_default();
    }
    act.perform();
}

fn room_left(chars: usize) -> String {
    match MessageBody::MAX_CHARS.checked_sub(chars) {
        Some(1) => "1 character left".to_owned(),
        Some(left) => format!("{left} characters left"),
        None if chars == MessageBody::MAX_CHARS + 1 => "1 character too many".to_owned(),
        None => format!("{} characters too many", chars - MessageBody::MAX_CHARS),
    }
}

#[cfg(feature = "hydrate")]
fn writes_by_touch() -> bool {
    crate::live::browser::is_touched()
}

#[cfg(not(feature = "hydrate"))]
fn writes_by_touch() -> bool {
    false
}

#[cfg(feature = "ssr")]
fn as_served(draft: &str) -> String {
    crate::ui::user_text::textarea_text(draft)
}

/// Hydration leaves the served text alone.
#[cfg(not(feature = "ssr"))]
fn as_served(_draft: &str) -> String {
    String::new()
}
