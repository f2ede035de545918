use domain::chat::{DeletedBy, Emoji, MessageView};
use domain::ids::ChatMessageId;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::act::Act;
use super::composer::hidden_fields;
use super::message_list::Setting;
use super::{Place, RoomModel};
use crate::ui::icon::Icon;

/// The way to everything one may do to a message: a page of its own, and in the live room a menu in place.
pub(super) fn opener_view(message: &MessageView, setting: Setting) -> impl IntoView + use<> {
    let (id, seq) = (message.id, message.seq);
    let place = setting.place();
    let href = format!("{}/messages/{id}", place.path());
    let page = href.clone();
    let label = format!("Actions for the message of {}", message.author.full_name);
    let (is_own, is_gone) = (message.author.id == setting.reader, message.body.is_none());
    let report = (!is_own).then(|| place.report_path(id));
    let leads_somewhere = message.deleted_by != Some(DeletedBy::Author);
    leads_somewhere.then(|| {
        view! {
            <a
                class="icon-button message-more"
                href=href
                aria-label=label
                on:click=move |event| {
                    if !is_gone {
                        event.prevent_default();
                        Act::Menu(id).perform();
                    }
                }
            >
                <Icon name="ellipsis" size=16/>
            </a>
            {setting.live.map(|model| move || {
                let ways = (page.clone(), report.clone());
                (model.menu.get() == Some(id)).then(|| menu_view(model, (id, seq), is_own, ways))
            })}
        }
    })
}

fn menu_view(
    model: RoomModel,
    (id, seq): (ChatMessageId, i64),
    is_own: bool,
    (page, report): (String, Option<String>),
) -> impl IntoView {
    let may_post = model.refusal.with_untracked(Option::is_none);
    let deletes = is_own || model.is_moderator;
    let button = |words: &'static str, act: Act| {
        view! { <button class="text-button" type="button" on:click=move |_| act.clone().perform()>{words}</button> }
    };
    let close_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            Act::Menu(id).perform();
        }
    };
    let quick = Emoji::QUICK.map(|emoji| {
        let act = Act::React(id, emoji.to_owned());
        view! { <button class="reaction" type="button" on:click=move |_| act.clone().perform()>{emoji}</button> }
    });
    view! {
        <div class="message-menu" role="group" aria-label="Actions" on:keydown=close_on_escape>
            {may_post.then_some(quick)}
            {may_post.then(|| any_emoji(model, id))}
            {may_post.then(|| button("Reply", Act::Reply(seq)))}
            {(may_post && is_own).then(|| button("Edit", Act::Edit(Some(seq))))}
            // Two steps in its own place: neither a slip of the finger nor a box of the browser is in the way.
            {deletes.then(|| view! {
                <details class="message-delete">
                    <summary class="text-button">"Delete"</summary>
                    {button("Delete for everybody", Act::Delete(id))}
                </details>
            })}
            {room_ways(model, (id, seq))}
            {report.map(|href| view! { <a class="text-button" href=href>"Report"</a> })}
            <a class="text-button" href=page>"More"</a>
        </div>
    }
}

/// What `page/reactions.js` opens: every other emoji.
fn any_emoji(model: RoomModel, message: ChatMessageId) -> impl IntoView {
    let place = model.opening.with_value(|opening| opening.place.clone());
    view! {
        <form method="post" action=place.call("react")>
            {hidden_fields(&place)}
            <input type="hidden" name="message" value=message.to_string()/>
            <button class="reaction" type="button" data-emoji="" aria-haspopup="dialog" aria-label="Another emoji">
                <Icon name="plus" size=16/>
            </button>
        </form>
    }
}

/// Plain elements: the page script copies, and the form leads out of the room. Conversations have no such things.
fn room_ways(model: RoomModel, (message, seq): (ChatMessageId, i64)) -> Option<impl IntoView> {
    let place = model.opening.with_value(|opening| opening.place.clone());
    matches!(place, Place::Room { .. }).then(|| {
        view! {
            <a class="text-button" href=place.around(message, seq) data-copy-link="" aria-live="polite">
                "Copy link"
            </a>
            <form method="post" action=place.call("mark_unread")>
                {hidden_fields(&place)}
                <input type="hidden" name="message" value=message.to_string()/>
                <button class="text-button" type="submit">"Mark unread from here"</button>
            </form>
        }
    })
}
