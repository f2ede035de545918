use domain::paging::PageSize;
use leptos::prelude::*;
use services::conversations::{self, ListRequest};

use super::conversation_list::{ConversationList, LiveConversations, online_in};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::LinkButton;
use crate::ui::empty::EmptyState;
use crate::ui::pager::CursorPager;

/// All conversations of the person, by their last message; with `?show=unread` those with something unread first.
#[component]
pub fn InboxPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let request = ListRequest {
            event: ssr::query("event").filter(|event| !event.is_empty()),
            unread_first: ssr::query("show").as_deref() == Some("unread"),
            cursor: ssr::query("cursor"),
        };
        let list = conversations::conversations_of(&services, &person, &request, PageSize::ENTRIES).await?;
        let online = online_in(&services, &list).await;
        let flash = ssr::take_flash().await?;
        let base = request
            .event
            .as_ref()
            .map_or_else(|| "/inbox".to_owned(), |event| format!("/inbox?event={}", ssr::encoded(event)));
        let (newer, older) = (list.newer, list.older);
        let is_empty = list.items.is_empty();
        Ok(view! {
            <SignedInLayout head=Head::new("Messages", "/inbox") viewer=viewer flash=flash>
                <header class="page-head"><h1>"Messages"</h1></header>
                {order_links(&base, request.unread_first)}
                <LiveConversations person=person.user>
                    {if is_empty {
                        view! {
                            <EmptyState
                                title="No messages"
                                text="You can write to everybody you are connected with."
                                icon="mail"
                            >
                                <LinkButton href="/connections">"Your connections"</LinkButton>
                            </EmptyState>
                        }
                        .into_any()
                    } else {
                        view! { <ConversationList conversations=list.items online=online/> }.into_any()
                    }}
                </LiveConversations>
                <CursorPager base=with_order(&base, request.unread_first) newer=newer older=older/>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn with_order(base: &str, unread_first: bool) -> String {
    match (unread_first, base.contains('?')) {
        (false, _) => base.to_owned(),
        (true, true) => format!("{base}&show=unread"),
        (true, false) => format!("{base}?show=unread"),
    }
}

fn order_links(base: &str, unread_first: bool) -> impl IntoView + use<> {
    let current = |is_current: bool| is_current.then_some("true");
    view! {
        <nav class="inbox-order" aria-label="Order">
            <a class="button button-quiet button-small" href=base.to_owned() aria-current=current(!unread_first)>
                "Newest first"
            </a>
            <a
                class="button button-quiet button-small"
                href=with_order(base, true)
                aria-current=current(unread_first)
            >
                "Unread first"
            </a>
        </nav>
    }
}
