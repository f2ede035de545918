use domain::accounts::tint;
use domain::paging::PageRequest;
use domain::search::SearchText;
use leptos::prelude::*;
use services::attendees::{self, Arrival, CheckInPage as Found};
use services::uploads::AvatarPixels;

use super::place::people_path;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::notice::NoticeKind;
use crate::ui::pager::Pager;
use crate::ui::time::LocalTime;

/// Who has arrived, found by name; for moderators and organizers at the door.
#[component]
pub fn CheckInPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let search = SearchText::parse(ssr::query("search").as_deref())?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let page = attendees::arrivals(&services, viewer.signed_in()?, &slug, &search, request).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/check-in");
        let back = page.role.is_organizer().then(|| people_path(&slug));
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Check-in · {}", page.head.title), path.clone())
                viewer=viewer
                flash=flash
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    {back.map(|back| view! { <p class="page-kicker"><a href=back>"People"</a></p> })}
                    <h1>"Check-in"</h1>
                    <p class="lead">{format!("{} of {} have arrived.", page.checked_in, page.taking_part)}</p>
                </header>
                <progress class="check-in-progress" max=page.taking_part.max(1).to_string() value=page.checked_in.to_string() aria-label="Arrived"></progress>
                {(!page.is_open).then(|| view! { <p class="meta">"This event is archived. Nobody is checked in any more."</p> })}
                <Arrivals slug=slug path=path search=search.as_str().to_owned() page=page/>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Arrivals(slug: String, path: String, search: String, page: Found) -> impl IntoView {
    let is_empty = page.people.items.is_empty();
    let base =
        if search.is_empty() { path.clone() } else { format!("{path}?search={}", ssr::encoded(&search)) };
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let (current, pages) = (number(page.people.page), number(page.people.total_pages));
    let is_open = page.is_open;
    let rows = page
        .people
        .items
        .into_iter()
        .map(|arrival| {
            let form = is_open.then(|| mark(&slug, &arrival));
            row(arrival, form.into_any())
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action=path.clone() role="search" autocomplete="off" aria-label="People">
            <label class="visually-hidden" for="search">"Name"</label>
            <input class="input" id="search" type="search" name="search" value=search.clone() placeholder="Name" minlength="2" maxlength="200" autocomplete="off"/>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
        {is_empty.then(|| view! {
            <EmptyState title="Nobody of this name" text="Only people who take part are checked in: nobody who waits, left or is banned." icon="users"/>
            <p><a href=path>"Show all"</a></p>
        })}
        <ul class="rows" role="list">{rows}</ul>
        <Pager base=base page=current pages=pages/>
    }
}

fn row(arrival: Arrival, form: AnyView) -> impl IntoView {
    view! {
        <li class="row check-in-row">
            <Avatar name=arrival.full_name.clone() tint=tint(arrival.user) picture=ssr::avatar(arrival.avatar, AvatarPixels::Small)/>
            <div class="row-body">
                <p><strong>{arrival.full_name}</strong>" "<span class="meta">{arrival.role.label()}</span></p>
                {arrival.checked_in.map(|(at, by)| view! {
                    <p class="meta">
                        <Badge text="Checked in" kind=NoticeKind::Ok/>" "<LocalTime at=at/>{by.map(|by| format!(" by {by}"))}
                    </p>
                })}
            </div>
            {form}
        </li>
    }
}

fn mark(slug: &str, arrival: &Arrival) -> impl IntoView + use<> {
    let (value, label, kind) = if arrival.checked_in.is_some() {
        ("no", "Undo", ButtonKind::Quiet)
    } else {
        ("yes", "Check in", ButtonKind::Secondary)
    };
    let name = format!(": {}", arrival.full_name);
    view! {
        <form class="row-end" method="post" action="/api/attendees/check_in">
            <HiddenField name="event" value=slug.to_owned()/>
            <HiddenField name="member" value=arrival.user.to_string()/>
            <Button kind=kind name="present" value=value>
                {label}<span class="visually-hidden">{name}</span>
            </Button>
        </form>
    }
}
