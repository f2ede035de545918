use domain::moderation::ModerationAction;
use domain::paging::PageSize;
use leptos::prelude::*;
use services::moderation::{self, LogFilter, LoggedModeration};

use super::place::{log_path, moderated_path, queue_path};
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::pager::CursorPager;
use crate::ui::time::LocalTime;

/// What moderators did in an event, newest first; for its moderators and organizers.
#[component]
pub fn ModerationLogPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let asked = ["action", "person", "search"].map(ssr::query);
        let [action, about, search] = asked.each_ref().map(Option::as_deref);
        let filter = LogFilter::parse(action, about, search)?;
        let (cursor, limit) = (ssr::query("cursor"), ssr::query("limit"));
        let limit = PageSize::parse_limit(limit.as_deref(), PageSize::ENTRIES)?;
        let person = viewer.signed_in()?;
        let log =
            moderation::moderation_log(&services, person, &slug, &filter, cursor.as_deref(), limit).await?;
        let flash = ssr::take_flash().await?;
        let (path, queue) = (log_path(&slug), queue_path(&slug));
        let action = filter.action.map_or("", ModerationAction::as_str);
        let about = filter.person.map(|person| person.to_string()).unwrap_or_default();
        let query = format!("?action={action}&person={about}&search={}", ssr::encoded(filter.text.as_str()));
        let of_person = filter.person.map(|_| of_person(&slug, &about));
        let csv = format!("{path}.csv{query}");
        let is_empty = log.entries.items.is_empty();
        let rows = log.entries.items.into_iter().map(row).collect_view();
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Moderation log · {}", log.head.title), path.clone())
                viewer=viewer
                flash=flash
                event=frame(&log.head, log.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href=queue>"Moderation"</a></p>
                        <h1>"Moderation log"</h1>
                        <p class="lead">"Nobody can change or remove what stands here. Names are as they were at the time."</p>
                    </div>
                    <div class="form-actions">
                        <a class="button button-secondary" href=csv download="moderation.csv"><span class="button-text">"Download as CSV"</span></a>
                    </div>
                </header>
                {of_person}
                <Filter path=path.clone() filter=filter.clone()/>
                {is_empty.then(|| nothing(&filter))}
                <ol class="rows" role="list">{rows}</ol>
                <CursorPager base=format!("{path}{query}") newer=log.entries.newer older=log.entries.older/>
            </EventLayout>
        }
        .into_any())
    })
}

/// Whose log it is, and the way to everybody's.
fn of_person(slug: &str, person: &str) -> impl IntoView + use<> {
    view! {
        <p class="meta">
            "Only what was done to "<a href=moderated_path(slug, person)>"one person"</a>". "
            <a href=log_path(slug)>"Show everything"</a>
        </p>
    }
}

fn nothing(filter: &LogFilter) -> impl IntoView + use<> {
    let (title, text) = if *filter == LogFilter::default() {
        ("Nothing yet", "Mutes, bans, deleted messages and answered reports will stand here.")
    } else {
        ("Nothing found", "Nothing that moderators did fits this.")
    };
    view! { <EmptyState title=title text=text icon="clock"/> }
}

#[component]
fn Filter(path: String, filter: LogFilter) -> impl IntoView {
    let actions = ModerationAction::ALL
        .into_iter()
        .map(|action| {
            let is_chosen = filter.action == Some(action);
            view! { <option value=action.as_str() selected=is_chosen>{action.name()}</option> }
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action=path role="search" autocomplete="off" aria-label="Log">
            {filter.person.map(|person| view! { <HiddenField name="person" value=person.to_string()/> })}
            <label class="visually-hidden" for="search">"Name"</label>
            <input class="input" id="search" type="search" name="search" value=filter.text.as_str().to_owned() placeholder="Name" minlength="2" maxlength="200" autocomplete="off"/>
            <label class="visually-hidden" for="action">"What was done"</label>
            <select class="input" id="action" name="action">
                <option value="">"Everything"</option>
                {actions}
            </select>
            <Button kind=ButtonKind::Secondary>"Filter"</Button>
        </form>
    }
}

fn row(entry: LoggedModeration) -> impl IntoView {
    let duration = entry.duration.map(|duration| format!(" for {}", duration.label()));
    view! {
        <li class="row">
            <div class="row-body">
                <p><strong>{entry.actor_name}</strong>" "{entry.action.label()}" "<strong>{entry.subject}</strong>{duration}</p>
                <p class="meta"><LocalTime at=entry.at/>{entry.reason.map(|reason| format!(" · {reason}"))}</p>
                {entry.note.map(|note| view! { <p class="meta">"Note: "{note}</p> })}
            </div>
        </li>
    }
}
