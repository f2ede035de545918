use leptos::prelude::*;

/// A Lucide icon from the sprite `public/icons.svg`, drawn in the colour of the text around it.
///
/// Hidden from screen readers unless it has a `label`; an icon that stands alone in a control needs one there
/// or on the control.
#[component]
pub fn Icon(
    /// The id of the symbol in the sprite.
    name: &'static str,
    /// 16, 20 or 24 pixels.
    #[prop(default = 20)]
    size: u8,
    #[prop(optional)] label: Option<&'static str>,
) -> impl IntoView {
    view! {
        <svg
            class=format!("icon icon-{size}")
            width=size.to_string()
            height=size.to_string()
            role=label.map(|_| "img")
            aria-label=label
            aria-hidden=label.is_none().then_some("true")
            focusable="false"
        >
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
