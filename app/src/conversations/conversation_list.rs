use std::collections::HashSet;

use domain::accounts::tint;
use domain::ids::{ConversationId, UserId};
use domain::realtime::Topic;
use leptos::prelude::*;
use services::Services;
use services::conversations::{ConversationList as Found, ListedConversation};
use services::uploads::AvatarPixels;

use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::badge::{Badge, UnreadCount};
use crate::ui::time::LocalTime;

/// Those in the list who are online and let it be seen.
pub(super) async fn online_in(services: &Services, list: &Found) -> HashSet<UserId> {
    let shown = list.items.iter().filter(|line| line.shows_presence).map(|line| line.other.id);
    services.bus.online(&shown.collect::<Vec<_>>()).await
}

/// The place of the list, which follows what happens in it.
#[component]
pub(super) fn LiveConversations(
    person: UserId,
    /// The one that is open beside the list: what is written there changes it too.
    #[prop(optional_no_strip)]
    current: Option<ConversationId>,
    children: Children,
) -> impl IntoView {
    let current = current.map(|id| format!(" {}", Topic::Conversation(id))).unwrap_or_default();
    view! {
        <div
            id="conversations"
            data-live-part=""
            data-live=format!("{}{current}", Topic::User(person))
            data-live-on="direct_message unread_changed conversation_opened message_posted message_deleted"
        >
            {children()}
        </div>
    }
}

/// Conversations by their last message, each with who it is with and what is unread.
#[component]
pub(super) fn ConversationList(
    conversations: Vec<ListedConversation>,
    online: HashSet<UserId>,
    /// The one that is open beside the list.
    #[prop(optional_no_strip)]
    current: Option<ConversationId>,
) -> impl IntoView {
    let items = conversations
        .into_iter()
        .map(move |line| {
            let is_online = online.contains(&line.other.id);
            line_view(line, is_online, current)
        })
        .collect_view();
    view! { <ul class="conversation-list" role="list">{items}</ul> }
}

fn line_view(line: ListedConversation, is_online: bool, current: Option<ConversationId>) -> impl IntoView {
    // Without scripts the fragment is what opens a conversation at the first unread message, else at the end.
    let place = if line.unread > 0 { "unread" } else { "latest" };
    let is_current = current == Some(line.id);
    let picture = ssr::avatar(line.avatar, AvatarPixels::Small);
    let (name, tint) = (line.other.full_name, tint(line.other.id));
    let said = line.snippet.unwrap_or_else(|| "Message deleted".to_owned());
    let said = if line.is_own { format!("You: {said}") } else { said };
    view! {
        <li>
            <a
                class="conversation-link"
                href=format!("/inbox/{}#{place}", line.id)
                aria-current=is_current.then_some("page")
                data-unread=(line.unread > 0 && !is_current).then_some("")
            >
                <span class="conversation-face" data-online=is_online.then_some("")>
                    <Avatar name=name.clone() tint=tint picture=picture/>
                </span>
                <span class="conversation-name">
                    {name}
                    {is_online.then(|| view! { <span class="visually-hidden">", online"</span> })}
                </span>
                <span class="conversation-time"><LocalTime at=line.last_message_at/></span>
                <span class="conversation-said">
                    {line.event.map(|title| view! { <Badge text=title/> " " })}
                    {line.is_muted.then(|| view! { <Badge text="Muted"/> " " })}
                    {said}
                </span>
                {(!is_current).then(|| view! { <UnreadCount count=line.unread/> })}
            </a>
        </li>
    }
}
