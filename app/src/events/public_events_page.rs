use leptos::prelude::*;
use services::events::{self, EventCard};
use time::OffsetDateTime;

use super::today::{TodayBadge, is_today};
use crate::layouts::{Head, PublicLayout};
use crate::ssr;
use crate::ui::empty::EmptyState;
use crate::ui::time::{DateLeaf, DateRange};

/// Rows on one page of the listing.
const PAGE_ROWS: i64 = 24;
/// The listing ends here (specification 1.5: at most 10,000 rows deep).
const LAST_PAGE: i64 = 10_000 / PAGE_ROWS;

/// Public events that are not over, soonest first.
#[component]
pub fn PublicEventsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let page = page_number(ssr::query("page"))?;
        let mut cards = events::public_listing(&services, PAGE_ROWS + 1, (page - 1) * PAGE_ROWS).await?;
        let has_next = i64::try_from(cards.len()).is_ok_and(|count| count > PAGE_ROWS);
        cards.truncate(usize::try_from(PAGE_ROWS).unwrap_or_default());
        if page > 1 && cards.is_empty() {
            return Err(services::ServiceError::NOT_FOUND);
        }
        let is_empty = cards.is_empty();
        let now = services.clock.now();
        let rows = cards.into_iter().map(|card| row(card, now)).collect_view();
        Ok(view! {
            <PublicLayout
                head=Head::new("Events", "/events").describe("Public events that are live or coming up.")
                viewer=viewer
            >
                <div class="wrap page-body">
                    <header class="page-head"><h1>"Find your event"</h1></header>
                    {is_empty.then(|| view! {
                        <EmptyState
                            title="No public events yet"
                            text="Private events are found through their invitation."
                            icon="calendar"
                        />
                    })}
                    <ul class="rows" role="list">{rows}</ul>
                    <Neighbours page=page has_next=has_next/>
                </div>
            </PublicLayout>
        }
        .into_any())
    })
}

fn page_number(asked: Option<String>) -> Result<i64, services::ServiceError> {
    let Some(asked) = asked else { return Ok(1) };
    match asked.parse::<i64>() {
        Ok(page) if page > LAST_PAGE => Err(services::ServiceError::NOT_FOUND),
        Ok(page) if page >= 1 => Ok(page),
        Ok(_) | Err(_) => {
            Err(domain::FieldErrors::one("page", "The pages of this list are counted 1, 2, 3 and so on.")
                .into())
        }
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

#[component]
fn Neighbours(page: i64, has_next: bool) -> impl IntoView {
    (page > 1 || has_next).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {(page > 1).then(|| view! { <a class="button button-secondary" href=format!("/events?page={}", page - 1)>"Sooner"</a> })}
                {has_next.then(|| view! { <a class="button button-secondary" href=format!("/events?page={}", page + 1)>"Later"</a> })}
            </nav>
        }
    })
}
