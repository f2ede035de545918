use leptos::prelude::*;

use super::button::ButtonKind;
use super::icon::Icon;

/// A link to a page that does the same as the dialog `dialog`; `page.js` opens the dialog instead.
#[component]
pub fn DialogOpener(
    #[prop(into)] href: String,
    /// Id of the [`Dialog`] on this page.
    #[prop(into)]
    dialog: String,
    #[prop(default = ButtonKind::Secondary)] kind: ButtonKind,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href data-dialog=dialog>
            <span class="button-text">{children()}</span>
        </a>
    }
}

/// A decision over the page; takes the focus and gives it back. Closed until a [`DialogOpener`] opens it.
#[component]
pub fn Dialog(#[prop(into)] id: String, #[prop(into)] title: String, children: Children) -> impl IntoView {
    let heading = format!("{id}-title");
    view! {
        <dialog class="dialog" id=id aria-labelledby=heading.clone()>
            <header class="dialog-head">
                <h2 id=heading.clone()>{title}</h2>
                <form method="dialog">
                    <button class="icon-button" type="submit" aria-label="Close">
                        <Icon name="x"/>
                    </button>
                </form>
            </header>
            {children()}
        </dialog>
    }
}
