use domain::accounts::ON;
use domain::chat::MessageBody;
use domain::ids::{ChatMessageId, ConversationId};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::Icon;
use crate::ui::user_text::textarea_text;

/// What somebody does with their own message; a disclosure that works without scripts.
#[component]
pub(super) fn MessageTools(
    conversation: ConversationId,
    message: ChatMessageId,
    may_edit: bool,
) -> impl IntoView {
    view! {
        <details class="menu message-tools" data-menu="">
            <summary class="icon-button" aria-label="What to do with this message"><Icon name="ellipsis" size=16/></summary>
            <div class="menu-sheet">
                {may_edit.then(|| view! {
                    <a class="menu-item" href=format!("/inbox/{conversation}?edit={message}#editing")>
                        <Icon name="pencil"/>"Edit"
                    </a>
                })}
                <form method="post" action="/api/conversations/delete_message">
                    <input type="hidden" name="conversation" value=conversation.to_string()/>
                    <input type="hidden" name="message" value=message.to_string()/>
                    <button class="menu-item" type="submit"><Icon name="trash-2"/>"Delete for both"</button>
                </form>
            </div>
        </details>
    }
}

/// The text of an own message, to be changed.
#[component]
pub(super) fn EditForm(
    conversation: ConversationId,
    message: ChatMessageId,
    text: String,
    flash: Flash,
) -> impl IntoView {
    let error = flash.error("body");
    let text = flash.value_or("body", &text);
    view! {
        <form class="message-edit" id="editing" method="post" action="/api/conversations/edit_message">
            <input type="hidden" name="conversation" value=conversation.to_string()/>
            <input type="hidden" name="message" value=message.to_string()/>
            <label class="visually-hidden" for="edited-body">"Your message"</label>
            <textarea
                class="input" id="edited-body" name="body" rows="3" required=true
                aria-invalid=error.is_some().then_some("true")
                inner_html=textarea_text(&text)
            ></textarea>
            {error.map(|error| view! { <p class="composer-error" role="alert">{error}</p> })}
            <p class="message-edit-end">
                <Button>"Save"</Button>
                <a class="button button-quiet" href=format!("/inbox/{conversation}#latest")>"Cancel"</a>
            </p>
        </form>
    }
}

/// What somebody does with the whole conversation.
#[component]
pub(super) fn ConversationTools(
    conversation: ConversationId,
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
                <form class="conversation-search" method="get" action=path role="search" aria-label="This conversation">
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
                <a class="menu-item" href=format!("/inbox/{conversation}?show=forms#latest")>
                    <Icon name="pencil"/>"Change or delete messages"
                </a>
                <a class="menu-item" href=format!("/inbox/{conversation}?clear=yes#clear")><Icon name="trash-2"/>"Clear …"</a>
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
            <form class="message-edit-end" method="post" action="/api/conversations/clear">
                <input type="hidden" name="conversation" value=conversation.to_string()/>
                <Button kind=ButtonKind::Danger>"Clear for me"</Button>
                <a class="button button-quiet" href=format!("/inbox/{conversation}#latest")>"Keep it"</a>
            </form>
        </section>
    }
}

/// The form that sends.
#[component]
pub(super) fn PlainComposer(
    conversation: ConversationId,
    name: String,
    client_message_id: String,
    flash: Flash,
) -> impl IntoView {
    let label = format!("Message to {name}");
    let error = flash.error("body").or_else(|| flash.error("client_message_id"));
    let text = flash.value("body");
    view! {
        <form class="composer" method="post" action="/api/conversations/post_message">
            <input type="hidden" name="conversation" value=conversation.to_string()/>
            // Some browsers put old values back on reload; an old id would be another message's.
            <input type="hidden" name="client_message_id" value=client_message_id autocomplete="off"/>
            <label class="visually-hidden" for="composer-body">{label.clone()}</label>
            <textarea
                class="composer-input" id="composer-body" name="body" rows="1" required=true placeholder=label
                autocomplete="off" enterkeyhint="send" aria-describedby="composer-hint"
                inner_html=textarea_text(&text)
            ></textarea>
            <button class="button button-primary composer-send" type="submit">
                <Icon name="send"/>
                <span class="button-text">"Send"</span>
            </button>
        </form>
        <p class="visually-hidden" id="composer-hint">{format!("Up to {} characters.", MessageBody::MAX_CHARS)}</p>
        {error.map(|error| view! { <p class="composer-error" role="alert">{error}</p> })}
    }
}
