use domain::events::EventStatus;
use domain::organizations::{OrganizationAction, may};
use domain::paging::{Page, PageRequest};
use leptos::prelude::*;
use services::events::{self, DeletedEvent, EventListItem, FilterFields};
use services::organizations;

use super::frame::{OrganizationHead, OrganizationTab};
use crate::events::filter_path;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, SelectField, TextField};
use crate::ui::pager::Pager;
use crate::ui::time::{DateLeaf, DateRange, LocalTime};

/// All events of an organization that this member may list; owners bring deleted ones back here.
#[component]
pub fn OrganizationEventsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let person = viewer.signed_in()?.clone();
        let fields = FilterFields {
            from: ssr::query("from"),
            to: ssr::query("to"),
            status: ssr::query("status"),
            search: ssr::query("search"),
            ..FilterFields::default()
        };
        let filter = fields.parse()?;
        let (page, per_page) = (ssr::query("page"), ssr::query("per_page"));
        let request = PageRequest::parse(page.as_deref(), per_page.as_deref())?;
        let organization = organizations::find(&services, &person, &slug).await?;
        let of = (organization.id, organization.role);
        let found = events::listed_of_organization(&services, &person, of, &filter, request).await?;
        let deleted = events::deleted_of(&services, organization.id, organization.role).await?;
        let flash = ssr::take_flash().await?;
        let may_create = may(OrganizationAction::CreateEvent, Some(organization.role)).is_ok();
        let path = OrganizationTab::Events.path(&slug);
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Events · {}", organization.name), path.clone())
                viewer=viewer
                flash=flash
            >
                <OrganizationHead organization=organization current=OrganizationTab::Events/>
                {may_create.then(|| view! {
                    <p><LinkButton href=format!("/organizations/{slug}/events/new") icon="plus">"Create an event"</LinkButton></p>
                })}
                <Filter path=path.clone() fields=fields.clone()/>
                <Events found=found path=filter_path(&path, &fields) is_filtered=!filter.is_empty()/>
                <Deleted deleted=deleted/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn Filter(path: String, fields: FilterFields) -> impl IntoView {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let shown = EventStatus::ALL.iter().filter(|status| **status != EventStatus::Deleted);
    let statuses = std::iter::once((String::new(), "All".to_owned()))
        .chain(shown.map(|status| (status.as_str().to_owned(), status.label().to_owned())))
        .collect();
    view! {
        <form class="event-filter" method="get" action=path role="search" autocomplete="off" aria-label="Events">
            <TextField name="search" label="Title" input_type="search" essential=true value=text(&fields.search) maxlength=200/>
            <SelectField name="status" label="Status" required=false options=statuses value=text(&fields.status)/>
            <TextField name="from" label="From" input_type="date" essential=true value=text(&fields.from)/>
            <TextField name="to" label="To" input_type="date" essential=true value=text(&fields.to)/>
            <Button kind=ButtonKind::Secondary>"Filter"</Button>
        </form>
    }
}

#[component]
fn Events(found: Page<EventListItem>, path: String, is_filtered: bool) -> impl IntoView {
    let is_empty = found.items.is_empty();
    let title = if is_filtered { "Nothing found" } else { "No events yet" };
    let (page, pages) = (found.page, found.total_pages);
    let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let rows = found
        .items
        .into_iter()
        .map(|event| {
            view! {
                <li class="row">
                    <DateLeaf date=event.start_date/>
                    <div class="row-body">
                        <a class="row-title" href=format!("/events/{}", event.slug)>{event.title}</a>
                        <p class="meta"><DateRange start=event.start_date end=event.end_date/></p>
                    </div>
                    <div class="row-end">
                        <Badge text=event.status.label()/>
                        <Badge text=event.visibility.label()/>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        {is_empty.then(|| view! { <EmptyState title=title icon="calendar"/> })}
        <ul class="rows" role="list">{rows}</ul>
        <Pager base=path page=number(page) pages=number(pages)/>
    }
}

/// Empty for everybody but owners.
#[component]
fn Deleted(deleted: Vec<DeletedEvent>) -> impl IntoView {
    (!deleted.is_empty()).then(|| {
        let rows = deleted
            .into_iter()
            .map(|event| {
                view! {
                    <li class="row">
                        <div class="row-body">
                            <p><strong>{event.title.clone()}</strong></p>
                            <p class="meta">
                                {format!("Deleted by {} · can be brought back until ", event.deleted_by)}
                                <LocalTime at=event.undo_until/>
                            </p>
                        </div>
                        <form class="row-end" method="post" action="/api/events/restore">
                            <HiddenField name="deleted" value=event.id.to_string()/>
                            <Button kind=ButtonKind::Secondary>
                                "Bring back"<span class="visually-hidden">{format!(" {}", event.title)}</span>
                            </Button>
                        </form>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="deleted">
                <h2 id="deleted">"Deleted events"</h2>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}
