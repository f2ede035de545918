use domain::paging::PageSize;
use leptos::prelude::*;
use services::organizations::audit::{self, LoggedEntry};

use super::frame::{OrganizationHead, OrganizationTab};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::empty::EmptyState;
use crate::ui::pager::CursorPager;
use crate::ui::time::LocalTime;

/// Who did what in an organization, newest first; for its owners and admins.
#[component]
pub fn AuditPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let (cursor, limit) = (ssr::query("cursor"), ssr::query("limit"));
        let limit = PageSize::parse_limit(limit.as_deref(), PageSize::ENTRIES)?;
        let log = audit::log(&services, viewer.signed_in()?, &slug, cursor.as_deref(), limit).await?;
        let flash = ssr::take_flash().await?;
        let organization = log.organization;
        let path = OrganizationTab::Log.path(&slug);
        let is_empty = log.entries.items.is_empty();
        let rows = log.entries.items.into_iter().map(row).collect_view();
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Log · {}", organization.name), path.clone())
                viewer=viewer
                flash=flash
            >
                <OrganizationHead organization=organization current=OrganizationTab::Log/>
                <p class="meta">"Nobody can change or remove what stands here. Names are as they were at the time."</p>
                {is_empty.then(|| view! {
                    <EmptyState title="Nothing yet" text="Changes of roles, settings and events will stand here." icon="clock"/>
                })}
                <ol class="rows" role="list">{rows}</ol>
                <CursorPager base=path newer=log.entries.newer older=log.entries.older/>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn row(entry: LoggedEntry) -> impl IntoView {
    // Events are the subject of their own entries.
    let event = entry.event.filter(|event| entry.subject.as_ref() != Some(event));
    let before_event = format!(" {} ", entry.action.before_event());
    let (before, after) = (entry.before.map(in_words), entry.after.map(in_words));
    let change = match (before, after) {
        (Some(before), Some(after)) if before != after => Some(format!("{before} → {after}")),
        (None, Some(after)) => Some(after),
        (Some(before), None) => Some(before),
        (Some(_), Some(_)) | (None, None) => None,
    };
    view! {
        <li class="row">
            <div class="row-body">
                <p>
                    <strong>{entry.actor_name}</strong>" "{entry.action.label()}
                    {entry.subject.map(|subject| view! { " "<strong>{subject}</strong> })}
                    {event.map(|event| view! { {before_event}<strong>{event}</strong> })}
                </p>
                <p class="meta"><LocalTime at=entry.at/>{change.map(|change| format!(" · {change}"))}</p>
            </div>
        </li>
    }
}

/// Roles stand in the log as they are stored.
pub(crate) fn in_words(value: String) -> String {
    let is_stored = !value.is_empty() && value.chars().all(|c| c.is_ascii_uppercase());
    let mut letters = value.chars();
    match letters.next().filter(|_| is_stored) {
        Some(first) => format!("{first}{}", letters.as_str().to_lowercase()),
        None => value,
    }
}
