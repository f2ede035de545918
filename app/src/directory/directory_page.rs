use domain::accounts::ConnectionRequestPermission;
use domain::attendees::EventRole;
use domain::paging::PageSize;
use leptos::prelude::*;
use services::directory::{self, DirectoryFilter, OwnVisibility};

use super::rows::row;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::pager::CursorPager;

/// Who takes part in an event, for its members.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let filter = DirectoryFilter::parse(ssr::query("search").as_deref(), ssr::query("role").as_deref())?;
        let cursor = ssr::query("cursor").filter(|cursor| !cursor.is_empty());
        let limit = PageSize::parse_limit(ssr::query("limit").as_deref(), PageSize::ENTRIES)?;
        let from = (cursor.as_deref(), limit);
        let found = directory::directory(&services, viewer.signed_in()?, &slug, &filter, from).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/people");
        let base = format!(
            "{path}?search={}&role={}&limit={}",
            ssr::encoded(filter.text.as_str()),
            filter.role.map_or("", EventRole::as_str),
            limit.get()
        );
        let is_empty = found.people.items.is_empty();
        let rows = found.people.items.into_iter().map(|entry| row(&slug, entry)).collect_view();
        let own = found.own.map(|own| view! { <OwnLine slug=slug.clone() own=own/> });
        Ok(view! {
            <EventLayout
                head=Head::new(format!("People · {}", found.head.title), path.clone())
                viewer=viewer
                flash=flash
                event=frame(&found.head, found.role, &[])
                current=EventTab::People
            >
                <header class="page-head">
                    <h1>"People"</h1>
                    {own}
                </header>
                <Filter filter=filter path=path.clone()/>
                <div id="found" data-live-part="" data-live=format!("event:{}", found.head.id) data-live-on="members_changed">
                {is_empty.then(|| view! {
                    <EmptyState title="Nobody fits" text="Search for other words, or look at everybody." icon="users">
                        <LinkButton href=path kind=ButtonKind::Secondary>"Show everybody"</LinkButton>
                    </EmptyState>
                })}
                <ul class="rows directory" role="list">{rows}</ul>
                <CursorPager base=base newer=found.people.newer older=found.people.older labels=["Previous", "Next"]/>
                </div>
            </EventLayout>
        }
        .into_any())
    })
}

/// The own visibility in one line.
#[component]
fn OwnLine(slug: String, own: OwnVisibility) -> impl IntoView {
    let listed = if own.is_listed { "You are listed here" } else { "You are not listed here" };
    let requests = match own.requests {
        ConnectionRequestPermission::EventAttendees => "everybody here may ask to connect",
        ConnectionRequestPermission::SpeakersOrganizers => "speakers and organizers may ask to connect",
        ConnectionRequestPermission::None => "nobody may ask to connect",
    };
    let email = own.email.label().to_lowercase();
    view! {
        <p class="meta" id="own-visibility">
            {format!("{listed}; your address is for: {email}; {requests}. ")}
            <a href=format!("/events/{slug}/me")>"Change"</a>
        </p>
    }
}

#[component]
fn Filter(filter: DirectoryFilter, path: String) -> impl IntoView {
    let roles = EventRole::ALL
        .into_iter()
        .rev()
        .map(|role| {
            let is_chosen = Some(role) == filter.role;
            view! { <option value=role.as_str() selected=is_chosen>{role.label()}</option> }
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action=path role="search" autocomplete="off" aria-label="People">
            <label class="visually-hidden" for="search">"Name, company, title or what they say of themselves"</label>
            <input
                class="input" id="search" type="search" name="search" value=filter.text.as_str().to_owned()
                placeholder="Name, company, title, words" minlength="2" maxlength="200"
            />
            <label class="visually-hidden" for="role">"Role"</label>
            <select class="input" id="role" name="role"><option value="">"All roles"</option>{roles}</select>
            <Button kind=ButtonKind::Secondary icon="search">"Search"</Button>
        </form>
    }
}
