use domain::Viewer;
use domain::paging::{Page, PageRequest};
use leptos::prelude::*;
use services::attending::{self, AgendaChange};

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head, PublicLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::pager::Pager;
use crate::ui::time::LocalTime;

/// What changed in the agenda since it was published, for everybody who sees it; organizers release what they held.
#[component]
pub fn ChangesPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let page = attending::changes(&services, &viewer, &slug, request).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/changes");
        let meta = Head::new(format!("Changes · {}", page.head.title), path.clone()).noindex();
        let release = (page.held > 0).then(|| release(&slug, page.held));
        let back = format!("/events/{slug}/agenda");
        let content = view! {
            <header class="page-head">
                <p class="page-kicker"><a href=back>"Agenda"</a></p>
                <h1>"Changes"</h1>
                <p class="lead">"What is different from what was published before. Sessions are told in the event's time, changes in yours."</p>
            </header>
            {release}
            {list(&slug, path, page.changes)}
        }
        .into_any();
        let Some(role) = page.role else { return Ok(public(meta, viewer, flash, content)) };
        Ok(view! {
            <EventLayout
                head=meta viewer=viewer flash=flash event=frame(&page.head, role, &[]) current=EventTab::Agenda
            >
                {content}
            </EventLayout>
        }
        .into_any())
    })
}

fn public(meta: Head, viewer: Viewer, flash: Flash, content: AnyView) -> AnyView {
    view! {
        <PublicLayout head=meta viewer=viewer flash=flash>
            <div class="wrap page-body">{content}</div>
        </PublicLayout>
    }
    .into_any()
}

fn release(slug: &str, held: i64) -> AnyView {
    let text = if held == 1 { "1 change is held.".to_owned() } else { format!("{held} changes are held.") };
    view! {
        <form class="form-line" method="post" action="/api/attending/release_changes">
            <HiddenField name="event" value=slug.to_owned()/>
            <p>{text}" Everybody else sees the agenda as it was."</p>
            <Button>"Release changes"</Button>
        </form>
    }
    .into_any()
}

fn list(slug: &str, path: String, changes: Page<AgendaChange>) -> AnyView {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let (page, pages, is_empty) = (changes.page, changes.total_pages, changes.items.is_empty());
    let rows = changes.items.into_iter().map(|change| row(slug, change)).collect_view();
    view! {
        {is_empty.then(|| view! {
            <EmptyState title="Nothing changed" text="The agenda is as it was published." icon="calendar-days"/>
        })}
        <ul class="rows" role="list">{rows}</ul>
        <Pager base=path page=number(page) pages=number(pages)/>
    }
    .into_any()
}

fn row(slug: &str, change: AgendaChange) -> impl IntoView + use<> {
    let none = || "none".to_owned();
    view! {
        <li class="row">
            <div class="row-body">
                <p><a href=format!("/events/{slug}/sessions/{}", change.session)>{change.title}</a></p>
                <p>
                    {change.field}": "<del>{change.old.unwrap_or_else(none)}</del>" → "
                    <ins>{change.new.unwrap_or_else(none)}</ins>
                </p>
                <p class="meta"><LocalTime at=change.at/></p>
            </div>
        </li>
    }
}
