use leptos::prelude::*;

use super::icon::Icon;

/// What the last action did, said once and politely. `page.js` takes it away after a while or on a click;
/// without scripts it stays above the page until the next one.
#[component]
pub fn Toast(#[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class="toast" role="status" data-toast="">
            <Icon name="circle-check"/>
            <p>{text}</p>
            <button class="toast-close" type="button" data-toast-close="" hidden=true aria-label="Dismiss">
                <Icon name="x" size=16/>
            </button>
        </div>
    }
}
