use leptos::prelude::*;

use super::icon::Icon;

/// Copies what stands in the field of this id. Hidden until the page script, which does it, shows it.
#[component]
pub fn CopyButton(field: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <button class="button button-secondary" type="button" data-copy=field hidden=true>
            <Icon name="copy"/>
            <span class="button-text" aria-live="polite">{label}</span>
        </button>
    }
}
