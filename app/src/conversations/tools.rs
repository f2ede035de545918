use domain::accounts::{ON, PersonCard};
use domain::ids::ConversationId;
use leptos::prelude::*;

use crate::connections::BlockForm;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::Icon;

/// What somebody does with the whole conversation.
#[component]
pub(super) fn ConversationTools(
    conversation: ConversationId,
    /// With whom it is.
    other: PersonCard,
    is_muted: bool,
    /// What is looked for now.
    #[prop(into)]
    search: String,
) -> impl IntoView {
    let path = format!("/inbox/{conversation}");
    let (mute, value) = if is_muted { ("Notify me again", "") } else { ("Mute", ON) };
    view! {
        <details class="menu" data-menu="">
            <summary class="icon-button" aria-label="What to do with this conversation"><Icon name="ellipsis"/></summary>
            <div class="menu-sheet">
                <form class="conversation-search" method="get" action=path role="search" autocomplete="off" aria-label="This conversation">
                    <label class="visually-hidden" for="conversation-search">"Search this conversation"</label>
                    <input
                        class="input" id="conversation-search" type="search" name="search" value=search
                        placeholder="Search" minlength="2" maxlength="200" required=true
                    />
                    <Button kind=ButtonKind::Secondary>"Search"</Button>
                </form>
                <form method="post" action="/api/conversations/set_muted">
                    <input type="hidden" name="conversation" value=conversation.to_string()/>
                    <input type="hidden" name="muted" value=value/>
                    <button class="menu-item" type="submit"><Icon name="megaphone"/>{mute}</button>
                </form>
                <a class="menu-item" href=format!("/inbox/{conversation}?clear=yes#clear")><Icon name="trash-2"/>"Clear …"</a>
                <BlockForm person=other.id name=other.full_name/>
            </div>
        </details>
    }
}

/// Asks once more, because there is no way back.
#[component]
pub(super) fn ClearConfirmation(conversation: ConversationId, name: String) -> impl IntoView {
    view! {
        <section class="conversation-clear" id="clear" aria-labelledby="clear-title">
            <h2 id="clear-title">"Clear this conversation?"</h2>
            <p>{format!("All messages up to now disappear for you, for good. {name} keeps them.")}</p>
            <form class="conversation-clear-end" method="post" action="/api/conversations/clear">
                <input type="hidden" name="conversation" value=conversation.to_string()/>
                <Button kind=ButtonKind::Danger>"Clear for me"</Button>
                <a class="button button-quiet" href=format!("/inbox/{conversation}#latest")>"Keep it"</a>
            </form>
        </section>
    }
}
