use domain::accounts::tint;
use domain::organizations::OrganizationSummary;
use leptos::prelude::*;
use services::events::{self, MyEvent};
use services::uploads::AvatarPixels;
use services::{invitations, organizations};

use crate::invitations::OwnInvitations;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::badge::Badge;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::notice::NoticeKind;
use crate::ui::time::{DateLeaf, DateRange};

/// The person's start page: their events, then their organizations.
#[component]
pub fn HomePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let invitations = invitations::pending_for(&services, &person).await?;
        let mine = events::mine(&services, &person).await?;
        let organizations = organizations::mine(&services, &person).await?;
        let deleted = organizations::deleted(&services, &person).await?;
        let flash = ssr::take_flash().await?;
        Ok(view! {
            <SignedInLayout head=Head::new("Home", "/home") viewer=viewer flash=flash>
                <header class="page-head page-head-person">
                    <Avatar name=person.full_name.clone() tint=tint(person.user) size=AvatarSize::Large picture=ssr::avatar(person.avatar, AvatarPixels::Medium)/>
                    <div>
                        <h1>{format!("Hello {}", person.full_name)}</h1>
                        <p><a href="/settings/profile">"Your profile"</a></p>
                    </div>
                </header>
                <OwnInvitations invitations=invitations/>
                <section class="section" aria-labelledby="my-events">
                    <div class="section-head"><h2 id="my-events">"My events"</h2></div>
                    <MyEvents events=mine/>
                </section>
                <section class="section" aria-labelledby="my-organizations">
                    <div class="section-head">
                        <h2 id="my-organizations">"My organizations"</h2>
                        {(!organizations.is_empty()).then(|| view! {
                            <LinkButton href="/organizations/new" kind=ButtonKind::Secondary icon="plus">
                                "New organization"
                            </LinkButton>
                        })}
                    </div>
                    <Organizations organizations=organizations/>
                    {(!deleted.is_empty()).then(|| view! {
                        <p class="meta"><a href="/organizations/deleted">"Deleted organizations"</a>" can be brought back for 30 days."</p>
                    })}
                </section>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn MyEvents(events: Vec<MyEvent>) -> impl IntoView {
    if events.is_empty() {
        return view! {
            <EmptyState title="You haven't joined an event yet" text="Find one that interests you." icon="calendar">
                <LinkButton href="/events">"Find an event"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let (past, current): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.is_past);
    let (ongoing, upcoming): (Vec<_>, Vec<_>) = current.into_iter().partition(|event| event.is_ongoing);
    view! {
        <EventGroup title="Happening now" events=ongoing/>
        <EventGroup title="Coming up" events=upcoming/>
        <EventGroup title="Past" events=past/>
    }
    .into_any()
}

/// One group with its heading; nothing without events.
#[component]
fn EventGroup(title: &'static str, events: Vec<MyEvent>) -> impl IntoView {
    (!events.is_empty()).then(|| {
        let rows = events.into_iter().map(event_row).collect_view();
        view! {
            <h3 class="group-title">{title}</h3>
            <ul class="rows" role="list">{rows}</ul>
        }
    })
}

fn event_row(event: MyEvent) -> impl IntoView {
    let path = if event.waitlisted { "" } else { "/now" };
    let standing = if event.waitlisted { "On the waitlist" } else { event.role.label() };
    let is_published = event.status == domain::events::EventStatus::Published;
    view! {
        <li class="row">
            <DateLeaf date=event.start_date/>
            <div class="row-body">
                <a class="row-title" href=format!("/events/{}{path}", event.slug)>{event.title}</a>
                <p class="meta"><DateRange start=event.start_date end=event.end_date/>" · "{standing}</p>
            </div>
            <div class="row-end">
                {event.is_ongoing.then(|| view! { <Badge text="Today" kind=NoticeKind::Ok/> })}
                {(!is_published).then(|| view! { <Badge text=event.status.label() kind=NoticeKind::Warn/> })}
            </div>
        </li>
    }
}

#[component]
fn Organizations(organizations: Vec<OrganizationSummary>) -> impl IntoView {
    if organizations.is_empty() {
        return view! {
            <EmptyState
                title="Running an event yourself?"
                text="An organization owns your events and the people who help you with them."
                icon="users"
            >
                <LinkButton href="/organizations/new" kind=ButtonKind::Secondary>"Create organization"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let rows = organizations
        .into_iter()
        .map(|organization| {
            let events = match organization.event_count {
                1 => "1 event".to_owned(),
                count => format!("{count} events"),
            };
            view! {
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=format!("/organizations/{}", organization.slug)>
                            {organization.name}
                        </a>
                        <p class="meta">{format!("{} · {events}", organization.role.label())}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
}
