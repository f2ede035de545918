use domain::notifications::{NotificationKind, NotificationView};
use domain::paging::PageSize;
use domain::realtime::Topic;
use leptos::prelude::*;
use services::notifications;

use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::icon::Icon;
use crate::ui::pager::CursorPager;
use crate::ui::time::LocalTime;

const PATH: &str = "/notifications";

/// What a person was told, newest first; opening one marks it as read.
#[component]
pub fn NotificationCentrePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let (cursor, limit) = (ssr::query("cursor"), ssr::query("limit"));
        let limit = PageSize::parse_limit(limit.as_deref(), PageSize::ENTRIES)?;
        let centre = notifications::centre(&services, viewer.signed_in()?, cursor.as_deref(), limit).await?;
        let topic = Topic::User(viewer.signed_in()?.user).to_string();
        let flash = ssr::take_flash().await?;
        let lead = match centre.unread {
            0 => "You have read all of it.".to_owned(),
            1 => "1 is new.".to_owned(),
            100.. => "More than 99 are new.".to_owned(),
            unread => format!("{unread} are new."),
        };
        let is_empty = centre.items.items.is_empty();
        let rows = centre.items.items.into_iter().map(row).collect_view();
        Ok(view! {
            <SignedInLayout head=Head::new("Notifications", PATH) viewer=viewer flash=flash>
                <header class="page-head page-head-split" id="notifications-head" data-live-part="">
                    <div><h1>"Notifications"</h1><p class="lead">{lead}</p></div>
                    <div class="form-actions">
                        {(centre.unread > 0).then(|| view! {
                            <form method="post" action="/api/notifications/mark_all_read">
                                <HiddenField name="up_to" value=centre.newest.to_string()/>
                                <Button kind=ButtonKind::Secondary icon="check">"Mark all as read"</Button>
                            </form>
                        })}
                        <LinkButton href="/settings/notifications" kind=ButtonKind::Quiet icon="settings">"What we tell you"</LinkButton>
                    </div>
                </header>
                <div id="notifications-none" data-live-part="">
                    {is_empty.then(|| view! {
                        <EmptyState title="Nothing new" text="Requests, replies and changes that concern you will stand here for 90 days." icon="bell"/>
                    })}
                </div>
                <ul
                    class="notifications" role="list" id="notifications" data-live-part="" data-live=topic
                    data-live-on="notification waiting_changed"
                >{rows}</ul>
                <CursorPager base=PATH newer=centre.items.newer older=centre.items.older/>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn row(item: NotificationView) -> impl IntoView {
    let class = if item.is_read { "notification" } else { "notification notification-new" };
    let is_new = !item.is_read;
    let sentence = item.sentence();
    let detail = item.detail.filter(|_| item.news.kind() != NotificationKind::DirectMessage);
    view! {
        <li class=class>
            <form method="post" action="/api/notifications/open">
                <HiddenField name="notification" value=item.id.to_string()/>
                <button class="notification-open" type="submit">
                    <span class="notification-sign"><Icon name=item.news.icon()/></span>
                    <span class="notification-text">
                        <span class="notification-sentence">
                            {is_new.then(|| view! { <span class="visually-hidden">"New: "</span> })}{sentence}
                        </span>
                        {detail.map(|detail| view! { <span class="notification-detail">{detail}</span> })}
                        <span class="meta"><LocalTime at=item.at/></span>
                    </span>
                </button>
            </form>
        </li>
    }
}
