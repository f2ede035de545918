use domain::events::EventStatus;
use domain::organizations::{OrganizationAction, OrganizationRole, OrganizationSummary, may};
use leptos::prelude::*;
use services::events::EventListItem;
use services::invitations::TargetPath;
use services::{invitations, organizations};
use time::{Date, Duration};

use super::frame::{OrganizationHead, OrganizationTab};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::LinkButton;
use crate::ui::empty::EmptyState;
use crate::ui::icon::Icon;
use crate::ui::time::{DateLeaf, DateRange};
use crate::ui::user_text::Paragraphs;

/// An organization as its members see it: who they are, what needs action, and its events.
#[component]
pub fn OrganizationPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let page = organizations::open(&services, viewer.signed_in()?, &slug).await?;
        let path = TargetPath::organization(&slug);
        let waiting = invitations::pending_count(&services, viewer.signed_in()?, &path).await?;
        let flash = ssr::take_flash().await?;
        let organization = page.organization;
        let may_create = may(OrganizationAction::CreateEvent, Some(organization.role)).is_ok();
        let new_event = format!("/organizations/{slug}/events/new");
        let today = services.clock.now().date();
        Ok(view! {
            <SignedInLayout
                head=Head::new(organization.name.clone(), OrganizationTab::Overview.path(&slug))
                viewer=viewer
                flash=flash
            >
                <OrganizationHead organization=organization.clone() current=OrganizationTab::Overview/>
                <About organization=organization.clone()/>
                <Figures organization=organization.clone() live=page.events.live drafts=page.events.drafts waiting=waiting/>
                {may_create.then(|| view! { <ToDo organization=organization events=page.events.items.clone() today=today/> })}
                <section class="section" aria-labelledby="events">
                    <div class="section-head">
                        <h2 id="events">"Events"</h2>
                        {may_create.then(|| view! {
                            <LinkButton href=new_event.clone() icon="plus">"Create event"</LinkButton>
                        })}
                    </div>
                    <EventRows events=page.events.items may_create=may_create/>
                </section>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn About(organization: OrganizationSummary) -> impl IntoView {
    let website = organization.website.map(|address| {
        let shown = address.trim_start_matches("https://").trim_end_matches('/').to_owned();
        view! { <li><Icon name="globe"/><a href=address rel="noopener nofollow ugc">{shown}</a></li> }
    });
    let contact = organization.contact_email.map(|email| {
        view! { <li><Icon name="mail"/><a href=format!("mailto:{email}")>{email.clone()}</a></li> }
    });
    let has_ways = website.is_some() || contact.is_some();
    view! {
        <p class="meta">{format!("You are {}.", article(organization.role))}</p>
        {organization.description.map(|text| view! { <Paragraphs text=text/> })}
        {has_ways.then(|| view! { <ul class="ways" role="list">{website}{contact}</ul> })}
    }
}

#[component]
fn Figures(
    organization: OrganizationSummary,
    live: i64,
    drafts: i64,
    /// Open invitations, for people who may see them.
    waiting: Option<i64>,
) -> impl IntoView {
    let invitations = OrganizationTab::Invitations.path(&organization.slug);
    let members = format!("/organizations/{}/members", organization.slug);
    view! {
        <section class="section" aria-label="Figures">
            <dl class="figures">
                <div class="figure"><dt><a href=members>"Members"</a></dt><dd>{organization.member_count}</dd></div>
                <div class="figure"><dt>"Owners"</dt><dd>{organization.owner_count}</dd></div>
                {waiting.map(|count| view! {
                    <div class="figure"><dt><a href=invitations>"Open invitations"</a></dt><dd>{count}</dd></div>
                })}
                <div class="figure"><dt>"Live events"</dt><dd>{live}</dd></div>
                <div class="figure"><dt>"Drafts"</dt><dd>{drafts}</dd></div>
            </dl>
        </section>
    }
}

/// How close a draft's first day is when it becomes something to act on.
const DRAFT_IS_DUE: Duration = Duration::days(14);

/// What an owner or admin had better not forget; nothing when there is nothing.
#[component]
fn ToDo(organization: OrganizationSummary, events: Vec<EventListItem>, today: Date) -> impl IntoView {
    let mut items = Vec::new();
    for event in &events {
        let is_due = event.start_date - today <= DRAFT_IS_DUE && event.end_date >= today;
        if event.status == EventStatus::Draft && is_due {
            let href = format!("/events/{}/manage", event.slug);
            items.push((href, format!("“{}” begins soon and is still a draft", event.title)));
        }
    }
    if organization.role == OrganizationRole::Owner
        && organization.owner_count == 1
        && organization.member_count > 1
    {
        let href = format!("/organizations/{}/members", organization.slug);
        items.push((href, "There is only one owner; a second one can step in".to_owned()));
    }
    (!items.is_empty()).then(|| {
        let rows = items
            .into_iter()
            .map(|(href, text)| view! { <li class="checklist-item"><Icon name="circle"/><a href=href>{text}</a></li> })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="to-do">
                <h2 id="to-do">"Needs action"</h2>
                <ul class="checklist" role="list">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn EventRows(events: Vec<EventListItem>, may_create: bool) -> impl IntoView {
    if events.is_empty() {
        let text = if may_create {
            "Give the first one a title and dates; you publish it when it is ready."
        } else {
            "Owners and admins of the organization create events."
        };
        return view! { <EmptyState title="No events yet" text=text icon="calendar"/> }.into_any();
    }
    let rows = events
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
    view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
}

const fn article(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Owner => "an owner",
        OrganizationRole::Admin => "an admin",
        OrganizationRole::Member => "a member",
    }
}
