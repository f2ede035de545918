use domain::Viewer;
use leptos::prelude::*;

use super::event::{EventFrame, EventTab, WaitingInRooms};
use super::header::{PersonMenu, Wordmark};
use crate::ui::badge::{Badge, RoomCount};
use crate::ui::icon::Icon;
use crate::ui::notice::NoticeKind;

/// One way into a part of the event.
struct Entry {
    tab: EventTab,
    label: &'static str,
    icon: &'static str,
    href: String,
    waiting: Option<WaitingInRooms>,
}

/// What the viewer may open, in the same order on the rail and on the tabs.
fn entries(event: &EventFrame) -> Vec<Entry> {
    let entry = |tab, label, icon, suffix: &str| Entry {
        tab,
        label,
        icon,
        href: format!("/events/{}{suffix}", event.slug),
        waiting: (tab == EventTab::Chat).then(|| event.waiting.unwrap_or_default()),
    };
    let mut entries = vec![
        entry(EventTab::Now, "Now", "clock", "/now"),
        entry(EventTab::People, "People", "users", "/people"),
        entry(EventTab::Chat, "Chat", "message-circle", "/rooms"),
        entry(EventTab::Page, "Event page", "calendar-days", ""),
        entry(EventTab::Me, "You", "user", "/me"),
    ];
    if event.has_sessions {
        entries.insert(1, entry(EventTab::Agenda, "Agenda", "calendar", "/agenda"));
        entries.insert(2, entry(EventTab::Schedule, "My schedule", "star", "/agenda?mine=yes"));
        entries.insert(3, entry(EventTab::Speakers, "Speakers", "mic", "/speakers"));
    }
    if event.has_sponsors {
        entries.insert(entries.len() - 1, entry(EventTab::Sponsors, "Sponsors", "gem", "/sponsors"));
    }
    if event.can_manage {
        entries.push(entry(EventTab::Manage, "Manage", "sliders-horizontal", "/manage"));
    } else if event.can_moderate {
        entries.push(entry(EventTab::Manage, "Moderation", "shield", "/manage/moderation"));
    }
    entries
}

fn items(entries: Vec<Entry>, current: EventTab, class: &'static str) -> impl IntoView + use<> {
    entries
        .into_iter()
        .map(|entry| {
            view! {
                <li>
                    <a class=class href=entry.href aria-current=(entry.tab == current).then_some("page")>
                        <Icon name=entry.icon/>
                        <span>{entry.label}</span>
                        {entry.waiting.map(|WaitingInRooms { unread, mentions }| view! {
                            <RoomCount of="all" unread=unread mentions=mentions/>
                        })}
                    </a>
                </li>
            }
        })
        .collect_view()
}

/// The left rail of wide screens: event, its parts, the person.
#[component]
pub(super) fn EventRail(viewer: Viewer, event: EventFrame, current: EventTab) -> impl IntoView {
    let person = match viewer {
        Viewer::SignedIn(person) => Some(person),
        Viewer::Anonymous => None,
    };
    view! {
        <aside class="rail">
            <Wordmark href="/home"/>
            <a class="rail-event" href=format!("/events/{}/now", event.slug)>
                <strong class="rail-title">{event.title.clone()}</strong>
                <span class="rail-when">{event.when.clone()}</span>
            </a>
            {event.notable_status().map(|status| view! {
                <p class="rail-status"><Badge text=status kind=NoticeKind::Warn/></p>
            })}
            <nav aria-label="Event">
                <ul class="rail-list">{items(entries(&event), current, "rail-link")}</ul>
            </nav>
            {person.map(|person| view! {
                <div class="rail-person">
                    <PersonMenu person=person/>
                    <span class="rail-role">{event.role}</span>
                </div>
            })}
        </aside>
    }
}

/// The bottom tabs of phones, which have room for five: speakers, sponsors and the own schedule are reached from other
/// pages, the event's public page too once there is an agenda, and the directory for organizers.
#[component]
pub(super) fn EventTabs(event: EventFrame, current: EventTab) -> impl IntoView {
    let mut entries = entries(&event);
    entries.retain(|entry| match entry.tab {
        EventTab::Sponsors | EventTab::Speakers | EventTab::Schedule => false,
        EventTab::Page => !event.has_sessions,
        EventTab::People => !event.can_manage,
        EventTab::Now | EventTab::Agenda | EventTab::Chat | EventTab::Me | EventTab::Manage => true,
    });
    view! {
        <nav class="tabs" aria-label="Event">
            <ul class="tabs-list">{items(entries, current, "tabs-link")}</ul>
        </nav>
    }
}
