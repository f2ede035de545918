//! What the browser knows: clock, zone, chance, focus and storage. Whatever it refuses is answered by a default:
//! a panic would stop every island of the page.

use domain::ids::ClientMessageId;
use domain::time::Timestamp;
use gloo_timers::callback::Timeout;
use js_sys::{Date, Math};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    CustomEvent, CustomEventInit, HtmlElement, HtmlTextAreaElement, Storage, VisibilityState, window,
};

/// The reader's distance from UTC in minutes at an instant, daylight saving included.
pub(crate) fn offset_minutes(at: Timestamp) -> i64 {
    -(Date::new(&JsValue::from_f64(at.millis() as f64)).get_timezone_offset() as i64)
}

/// Milliseconds of this device's clock.
pub(super) fn now() -> i64 {
    Date::now() as i64
}

/// Evenly in `0.0..1.0`, for jitter.
pub(super) fn fraction() -> f64 {
    Math::random()
}

/// A random id. `crypto.randomUUID` is missing on plain `http` beyond localhost, `getRandomValues` is not.
pub(super) fn client_message_id() -> Option<ClientMessageId> {
    let mut bytes = [0_u8; 16];
    window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    let random = u128::from_be_bytes(bytes);
    // Version 4, variant 1.
    let id = random & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    format!("{id:032x}").parse().ok()
}

/// Somebody looks at this very page.
pub(super) fn is_looked_at() -> bool {
    let document = window().and_then(|window| window.document());
    document.is_some_and(|document| {
        document.visibility_state() == VisibilityState::Visible && document.has_focus().unwrap_or(false)
    })
}

pub(super) fn is_visible() -> bool {
    let document = window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// A finger writes, on a keyboard of the screen.
pub(crate) fn is_touched() -> bool {
    let touch =
        window().and_then(|window| window.match_media("(hover: none) and (pointer: coarse)").ok().flatten());
    touch.is_some_and(|touch| touch.matches())
}

/// The device knows that it has no network. Not knowing so means little.
pub(super) fn is_offline() -> bool {
    window().is_some_and(|window| !window.navigator().on_line())
}

/// Builds the insides of an element anew; the text, the selection and the focus of its text box stay.
pub(crate) fn keeping_typed(place: &HtmlElement, build: impl FnOnce()) {
    let input = || place.query_selector("textarea").ok().flatten()?.dyn_into::<HtmlTextAreaElement>().ok();
    let document = window().and_then(|window| window.document());
    let focused = document.and_then(|document| document.active_element());
    let before = input();
    build();
    let (Some(before), Some(after)) = (before, input()) else { return };
    after.set_value(&before.value());
    if focused.is_some_and(|focused| ***before == *focused) {
        let _ = after.focus();
        let (start, end) = (before.selection_start().ok().flatten(), before.selection_end().ok().flatten());
        if let (Some(start), Some(end)) = (start, end) {
            let _ = after.set_selection_range(start, end);
        }
    }
}

/// Gives the focus to what a selector finds, once the page has taken up what changed.
pub(super) fn focus_later(selector: String) {
    Timeout::new(0, move || {
        focus(&selector);
    })
    .forget();
}

/// The row that has the focus may be drawn anew: then the same thing in it gets the focus, or the way to its actions.
pub(super) fn keep_focus_in_row() {
    let held = window().and_then(|window| window.document()).and_then(|document| document.active_element());
    let Some((held, row)) = held.and_then(|held| Some((held.clone(), held.closest("li.message").ok()??)))
    else {
        return;
    };
    let row = row.id();
    Timeout::new(0, move || {
        if !held.is_connected() {
            // A reaction is told from the others by its emoji.
            let same = held.get_attribute("value").map(|emoji| format!("#{row} button[value='{emoji}']"));
            if !same.is_some_and(|same| focus(&same)) {
                focus(&format!("#{row} .message-more"));
            }
        }
    })
    .forget();
}

/// Whether there is such a thing.
fn focus(selector: &str) -> bool {
    let document = window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
}

/// Tells the page's script what the room's connection heard: it needs none of its own then.
pub(super) fn hand_on(text: &str) {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(text));
    if let Ok(event) = CustomEvent::new_with_event_init_dict("room:heard", &init) {
        let _ = document.dispatch_event(&event);
    }
}

/// Loads the page anew from the server.
pub(super) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// The part of the address after `#`, with it.
pub(super) fn fragment() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// `wss://host/ws`, or `ws://` where the page itself came in clear. Relative socket addresses need a browser of
/// 2024.
pub(super) fn socket_url() -> Option<String> {
    let location = window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/ws", location.host().ok()?))
}

fn storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}

/// What this tab kept under a key.
pub(super) fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text in this tab; an empty one is forgotten.
pub(super) fn keep(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
    }
}
