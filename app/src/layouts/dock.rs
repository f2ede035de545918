use domain::ids::UserId;
use domain::notifications::Waiting;
use leptos::prelude::*;

use crate::ssr;
use crate::ui::badge::LiveCount;
use crate::ui::icon::Icon;

/// The way to the direct messages from any page of somebody signed in: a link to the inbox, which `page/dock.js` makes a
/// button that opens them over the page. Narrow screens have the link in the head only.
#[component]
pub(crate) fn Dock(person: UserId) -> impl IntoView {
    let Waiting { messages, .. } = ssr::extension::<Waiting>().unwrap_or_default();
    view! {
        <aside class="dock" aria-label="Direct messages" data-dock=person.to_string()>
            <a class="dock-opener" href="/inbox">
                <Icon name="message-circle"/>
                <span class="dock-label">"Messages"</span>
                <LiveCount of="messages" words="unread" count=messages/>
            </a>
        </aside>
    }
}

/// The inbox has them all already.
pub(crate) fn dock_stands_at(path: &str) -> bool {
    path != "/inbox" && !path.starts_with("/inbox/")
}
