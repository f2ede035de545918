use leptos::prelude::*;

use super::icon::Icon;
use crate::flash::Undo;

/// What the last action did, said once and politely. `page.js` takes it away after a while or on a click;
/// without scripts it stays above the page until the next one. One that offers to take the action back waits for a click.
#[component]
pub fn Toast(#[prop(into)] text: String, undo: Option<Undo>) -> impl IntoView {
    let stays = undo.is_some().then_some("");
    view! {
        <div class="toast" role="status" data-toast="" data-toast-stays=stays>
            <Icon name="circle-check"/>
            <p>{text}</p>
            {undo.map(|undo| view! {
                <form method="post" action=undo.action>
                    {undo.fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
                    <button class="toast-undo" type="submit">"Undo"</button>
                </form>
            })}
            <button class="toast-close" type="button" data-toast-close="" hidden=true aria-label="Dismiss">
                <Icon name="x" size=16/>
            </button>
        </div>
    }
}
