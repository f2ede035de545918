use domain::attendees::{EventRole, PeopleSort, PeopleView};
use domain::paging::PageRequest;
use leptos::prelude::*;
use services::attendees::{self, PeopleCounts, PeopleFilter, PeopleTable};
use services::invitations::TargetPath;

use super::people_rows::PeopleRows;
use super::place::people_path;
use super::saved_views::SavedViews;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::pager::Pager;

/// Who takes part in an event, waits, left or is banned; its organizers look at one person from here.
#[component]
pub fn PeoplePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let filter = PeopleFilter::parse(
            ssr::query("search").as_deref(),
            ssr::query("role").as_deref(),
            ssr::query("view").as_deref(),
            ssr::query("sort").as_deref(),
        )?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let table = attendees::people(&services, viewer.signed_in()?, &slug, &filter, request).await?;
        let flash = ssr::take_flash().await?;
        let flash_of_views = flash.clone();
        let path = people_path(&slug);
        let invitations = TargetPath::event(&slug).list();
        let can_add = !table.grantable.is_empty();
        let csv = address(&format!("{path}.csv"), &filter, filter.view, filter.role);
        Ok(view! {
            <EventLayout
                head=Head::new(format!("People · {}", table.head.title), path.clone())
                viewer=viewer
                flash=flash
                event=frame(&table.head, table.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href=format!("/events/{slug}/manage")>"Manage"</a></p>
                        <h1>"People"</h1>
                        <p class="lead">{in_numbers(&table)}</p>
                    </div>
                    <div class="form-actions">
                        <a class="button button-secondary" href=csv download="people.csv"><span class="button-text">"Download as CSV"</span></a>
                        {can_add.then(|| view! {
                            <LinkButton href=format!("{invitations}/many") kind=ButtonKind::Secondary>"Import"</LinkButton>
                            <LinkButton href=format!("{path}/add") kind=ButtonKind::Secondary icon="plus">"Add members"</LinkButton>
                            <LinkButton href=invitations icon="mail">"Invite people"</LinkButton>
                        })}
                    </div>
                </header>
                {table.may_join_as_admin.then(|| join_as_admin(&slug))}
                <Views counts=table.counts.clone() filter=filter.clone() path=path.clone()/>
                <Roles counts=table.counts.clone() filter=filter.clone() path=path.clone()/>
                <SavedViews slug=slug saved=table.saved.clone() filter=filter.clone() path=path.clone() form=flash_of_views/>
                <Found table=table filter=filter path=path/>
            </EventLayout>
        }
        .into_any())
    })
}

fn in_numbers(table: &PeopleTable) -> String {
    let here = match table.counts.of(PeopleView::TakingPart) {
        1 => "1 person takes part".to_owned(),
        count => format!("{count} people take part"),
    };
    let seats = match table.head.max_attendees {
        Some(max) => format!(", {} of {max} seats are taken", table.head.seats_taken),
        None => String::new(),
    };
    let waiting = match table.counts.of(PeopleView::Waitlisted) {
        0 => String::new(),
        1 => ", 1 waits".to_owned(),
        count => format!(", {count} wait"),
    };
    format!("{here}{seats}{waiting}.")
}

fn join_as_admin(slug: &str) -> impl IntoView + use<> {
    view! {
        <form class="form-line people-join" method="post" action="/api/attendees/join_as_admin">
            <HiddenField name="event" value=slug.to_owned()/>
            <p class="meta">"You manage this event because you own its organization. As a member you also stand among its admins."</p>
            <Button kind=ButtonKind::Secondary icon="shield">"Join as admin"</Button>
        </form>
    }
}

/// The address of the table with another view or role; the search and the order stay.
pub(super) fn address(
    path: &str,
    filter: &PeopleFilter,
    view: PeopleView,
    role: Option<EventRole>,
) -> String {
    let role = role.map_or("", EventRole::as_str);
    let search = ssr::encoded(filter.text.as_str());
    format!("{path}?view={}&role={role}&search={search}&sort={}", view.as_str(), filter.sort.as_str())
}

/// One tap each, with how many there are; empty ones are left out.
#[component]
fn Views(counts: PeopleCounts, filter: PeopleFilter, path: String) -> impl IntoView {
    let items = counts
        .views
        .iter()
        .filter(|(view, count)| *count > 0 || *view == filter.view || *view == PeopleView::TakingPart)
        .map(|(view, count)| {
            let href = address(&path, &filter, *view, filter.role);
            let is_current = *view == filter.view;
            view! {
                <li>
                    <a class="pill" href=href aria-current=is_current.then_some("page")>
                        {view.label()}<span class="pill-count">{*count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav aria-label="Views"><ul class="pills" role="list">{items}</ul></nav> }
}

/// Those who take part, by role.
#[component]
fn Roles(counts: PeopleCounts, filter: PeopleFilter, path: String) -> impl IntoView {
    let items = counts
        .roles
        .iter()
        .filter(|(role, count)| *count > 0 || Some(*role) == filter.role)
        .map(|(role, count)| {
            let is_current = Some(*role) == filter.role;
            let other = if is_current { None } else { Some(*role) };
            let href = address(&path, &filter, filter.view, other);
            view! {
                <li>
                    <a class="pill pill-quiet" href=href aria-current=is_current.then_some("true")>
                        {super::words::plural(*role)}<span class="pill-count">{*count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav aria-label="Roles"><ul class="pills" role="list">{items}</ul></nav> }
}

#[component]
fn Found(table: PeopleTable, filter: PeopleFilter, path: String) -> impl IntoView {
    let people = table.people;
    let text = filter.text.as_str().to_owned();
    let role = filter.role.map_or("", EventRole::as_str);
    let sorts = PeopleSort::ALL
        .into_iter()
        .map(|sort| {
            view! { <option value=sort.as_str() selected=sort == filter.sort>{sort.label()}</option> }
        })
        .collect_view();
    let count = match people.total_items {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let base = format!("{}&per_page={}", address(&path, &filter, filter.view, filter.role), people.per_page);
    let pages = (u32::try_from(people.page).unwrap_or(1), u32::try_from(people.total_pages).unwrap_or(1));
    let is_empty = people.items.is_empty();
    view! {
        <form class="filter" method="get" action=path.clone() role="search" autocomplete="off" aria-label="People">
            <input type="hidden" name="view" value=filter.view.as_str()/>
            <input type="hidden" name="role" value=role/>
            <label class="visually-hidden" for="search">"Name, address or company"</label>
            <input class="input" id="search" type="search" name="search" value=text placeholder="Name, address or company" minlength="2" maxlength="200"/>
            <label class="visually-hidden" for="sort">"Order"</label>
            <select class="input" id="sort" name="sort">{sorts}</select>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
        <p class="meta" role="status">{count}</p>
        {if is_empty {
            view! {
                <EmptyState title="Nobody here" text="Nobody fits this view, role and search." icon="users">
                    <LinkButton href=path kind=ButtonKind::Secondary>"Show who takes part"</LinkButton>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <PeopleRows people=people.items path=path.clone() sort=filter.sort/>
                <form class="form-line people-several" id="several" method="get" action=format!("{path}/several")>
                    <p class="meta">"With those you ticked:"</p>
                    <Button kind=ButtonKind::Secondary>"Change several"</Button>
                </form>
            }
            .into_any()
        }}
        <Pager base=base page=pages.0 pages=pages.1/>
    }
}
