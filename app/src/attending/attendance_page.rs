use domain::accounts::tint;
use domain::ids::AgendaSessionId;
use domain::paging::PageRequest;
use domain::search::SearchText;
use leptos::prelude::*;
use services::attending::{self, AttendanceList, Attendee};
use services::uploads::AvatarPixels;

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

/// Who signed up for a session and who came; for organizers, moderators and its speakers. A search finds members who did
/// not sign up too.
#[component]
pub fn AttendancePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let session: AgendaSessionId = ssr::param("session")?;
        let search = SearchText::parse(ssr::query("search").as_deref())?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let person = viewer.signed_in()?;
        let list = attending::attendance(&services, person, &slug, session, &search, request).await?;
        let flash = ssr::take_flash().await?;
        let back = format!("/events/{slug}/sessions/{session}");
        let path = format!("{back}/sign-ups");
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Sign-ups · {} · {}", list.title, list.head.title), path.clone())
                viewer=viewer
                flash=flash
                event=frame(&list.head, list.role, &[])
                current=EventTab::Agenda
            >
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href=back.clone()>{list.title.clone()}</a></p>
                        <h1>"Sign-ups and attendance"</h1>
                        <p class="lead">{in_numbers(&list)}</p>
                    </div>
                    {list.can_export.then(|| view! {
                        <div class="form-actions">
                            <a class="button button-secondary" href=format!("{path}.csv") download="attendance.csv">
                                <span class="button-text">"Download as CSV"</span>
                            </a>
                        </div>
                    })}
                </header>
                {(!list.is_open).then(|| view! {
                    <p class="meta">"Attendance is marked from 15 minutes before the session starts."</p>
                })}
                <People slug=slug path=path search=search.as_str().to_owned() list=list/>
            </EventLayout>
        }
        .into_any())
    })
}

fn in_numbers(list: &AttendanceList) -> String {
    let signed_up = match list.capacity {
        Some(capacity) => format!("{} of {capacity} seats taken", list.sign_up_count),
        None => format!("{} signed up", list.sign_up_count),
    };
    format!("{signed_up}, {} marked as present.", list.attended_count)
}

#[component]
fn People(slug: String, path: String, search: String, list: AttendanceList) -> impl IntoView {
    let is_empty = list.people.items.is_empty();
    let base =
        if search.is_empty() { path.clone() } else { format!("{path}?search={}", ssr::encoded(&search)) };
    let (page, pages) = (list.people.page, list.people.total_pages);
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let (session, is_open) = (list.session, list.is_open);
    let rows = list
        .people
        .items
        .into_iter()
        .map(|attendee| {
            let mark = is_open.then(|| mark_form(&slug, session, &search, &attendee));
            row(attendee, mark.into_any())
        })
        .collect_view();
    view! {
        <form class="form-line" method="get" action=path role="search" autocomplete="off">
            <label for="field-search">"Find a member"</label>
            <input class="input" id="field-search" type="search" name="search" value=search.clone() maxlength="200"/>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
        {is_empty.then(|| {
            let title = if search.is_empty() { "Nobody signed up yet" } else { "Nobody of this name" };
            view! { <EmptyState title=title icon="users"/> }
        })}
        <ul class="rows" role="list">{rows}</ul>
        <Pager base=base page=number(page) pages=number(pages)/>
    }
}

fn row(attendee: Attendee, mark: AnyView) -> impl IntoView {
    let avatar = ssr::avatar(attendee.avatar, AvatarPixels::Small);
    view! {
        <li class="row">
            <Avatar name=attendee.full_name.clone() tint=tint(attendee.user) picture=avatar/>
            <div class="row-body">
                <p>{attendee.full_name.clone()}</p>
                <p class="meta">
                    {if attendee.is_signed_up { "Signed up" } else { "Not signed up" }}
                    {attendee.attended.clone().map(|(at, by)| view! {
                        " · "<Badge text="Present" kind=NoticeKind::Ok/>" since "<LocalTime at=at/>{format!(", marked by {by}")}
                    })}
                </p>
            </div>
            {mark}
        </li>
    }
}

fn mark_form(
    slug: &str,
    session: AgendaSessionId,
    search: &str,
    attendee: &Attendee,
) -> impl IntoView + use<> {
    let (value, label) =
        if attendee.attended.is_some() { ("no", "Take back") } else { ("yes", "Mark as present") };
    let name = format!(": {}", attendee.full_name);
    let (slug, search, user) = (slug.to_owned(), search.to_owned(), attendee.user.to_string());
    view! {
        <form class="row-end" method="post" action="/api/attending/mark">
            <HiddenField name="event" value=slug/>
            <HiddenField name="session" value=session.to_string()/>
            <HiddenField name="user" value=user/>
            <HiddenField name="search" value=search/>
            <Button kind=ButtonKind::Secondary name="present" value=value>
                {label}<span class="visually-hidden">{name}</span>
            </Button>
        </form>
    }
}
