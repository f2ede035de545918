use leptos::prelude::*;

use crate::ui::dialog::Dialog;

const KEYS: [(&str, &[&str]); 6] = [
    ("Send", &["Enter"]),
    ("New line", &["Shift", "Enter"]),
    ("Change your last message, from an empty line", &["↑"]),
    ("Leave an answer or a change; without one, mark all as read", &["Esc"]),
    ("Next room with something new, or the one before", &["Alt", "Shift", "↓ ↑"]),
    ("This list", &["?"]),
];

/// What the keyboard does in a room; `page/shortcuts.js` opens it.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let rows = KEYS.map(|(what, keys)| {
        let keys: Vec<_> = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect();
        view! { <dt>{what}</dt><dd>{keys}</dd> }
    });
    view! {
        <Dialog id="shortcuts" title="Keyboard">
            <dl class="shortcuts">{rows.into_iter().collect_view()}</dl>
        </Dialog>
    }
}

/// Shown by the script, which does it.
#[component]
pub(super) fn ShortcutsOpener() -> impl IntoView {
    view! { <button class="text-button shortcuts-opener" type="button" data-shortcuts="" hidden=true>"Keyboard shortcuts"</button> }
}
