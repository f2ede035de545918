use domain::events::EventFormat;
use domain::paging::PageRequest;
use leptos::prelude::*;
use services::events::{self, EventCard, FilterFields};
use time::OffsetDateTime;

use super::today::{TodayBadge, is_today};
use crate::layouts::{Head, PublicLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{SelectField, TextField};
use crate::ui::pager::Pager;
use crate::ui::time::{DateLeaf, DateRange};

/// Public events that are not over, soonest first.
#[component]
pub fn PublicEventsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let fields = FilterFields {
            from: ssr::query("from"),
            to: ssr::query("to"),
            format: ssr::query("format"),
            city: ssr::query("city"),
            search: ssr::query("search"),
            status: None,
        };
        let filter = fields.parse()?;
        let (page, per_page) = (ssr::query("page"), ssr::query("per_page"));
        let request = PageRequest::parse(page.as_deref(), per_page.as_deref())?;
        let found = events::public_listing(&services, &filter, request).await?;
        let is_empty = found.items.is_empty();
        let (title, text) = if filter.is_empty() {
            ("No public events yet", "Private events are found through their invitation.")
        } else {
            ("Nothing found", "Try other days, another city or fewer words.")
        };
        let now = services.clock.now();
        let rows = found.items.into_iter().map(|card| row(card, now)).collect_view();
        let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let base = filter_path("/events", &fields);
        Ok(view! {
            <PublicLayout
                head=Head::new("Events", "/events").describe("Public events that are live or coming up.")
                viewer=viewer
            >
                <div class="wrap page-body">
                    <header class="page-head"><h1>"Find your event"</h1></header>
                    <Filter fields=fields/>
                    {is_empty.then(|| view! { <EmptyState title=title text=text icon="calendar"/> })}
                    <ul class="rows" role="list">{rows}</ul>
                    <Pager base=base page=number(found.page) pages=number(found.total_pages)/>
                </div>
            </PublicLayout>
        }
        .into_any())
    })
}

/// The path of a list with its filters, for the pages around.
#[must_use]
pub fn filter_path(path: &str, fields: &FilterFields) -> String {
    let pairs = [
        ("from", &fields.from),
        ("to", &fields.to),
        ("format", &fields.format),
        ("city", &fields.city),
        ("status", &fields.status),
        ("search", &fields.search),
    ];
    let query: Vec<String> = pairs
        .into_iter()
        .filter_map(|(name, value)| {
            value.as_deref().filter(|value| !value.is_empty()).map(|value| (name, value))
        })
        .map(|(name, value)| format!("{name}={}", ssr::encoded(value)))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[component]
fn Filter(fields: FilterFields) -> impl IntoView {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let formats = std::iter::once((String::new(), "All".to_owned()))
        .chain(EventFormat::ALL.iter().map(|format| (format.as_str().to_owned(), format.label().to_owned())))
        .collect();
    view! {
        <form class="event-filter" method="get" action="/events" role="search" autocomplete="off" aria-label="Events">
            <TextField name="search" label="Title or host" input_type="search" essential=true value=text(&fields.search) maxlength=200/>
            <TextField name="city" label="City" essential=true value=text(&fields.city) maxlength=100/>
            <SelectField name="format" label="Format" options=formats value=text(&fields.format)/>
            <TextField name="from" label="From" input_type="date" essential=true value=text(&fields.from)/>
            <TextField name="to" label="To" input_type="date" essential=true value=text(&fields.to)/>
            <Button kind=ButtonKind::Secondary>"Filter"</Button>
        </form>
    }
}

fn row(card: EventCard, now: OffsetDateTime) -> impl IntoView {
    let is_today = is_today(&card, now);
    let place = card.place.unwrap_or_else(|| card.format.label().to_owned());
    view! {
        <li class="row">
            <DateLeaf date=card.start_date/>
            <div class="row-body">
                <a class="row-title" href=format!("/events/{}", card.slug)>{card.title}</a>
                <p class="meta"><DateRange start=card.start_date end=card.end_date/>" · "{place}</p>
                <p class="meta">{card.host_name}</p>
            </div>
            <div class="row-end"><TodayBadge is_today=is_today/></div>
        </li>
    }
}
