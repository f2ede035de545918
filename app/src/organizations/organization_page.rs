use domain::organizations::OrganizationRole;
use leptos::prelude::*;
use services::events::EventListItem;
use services::invitations::TargetPath;
use services::organizations;

use crate::invitations::waiting_link;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::LinkButton;
use crate::ui::empty::EmptyState;
use crate::ui::time::{DateLeaf, DateRange};
use crate::ui::user_text::Paragraphs;

/// An organization as its members see it: who they are and its events.
#[component]
pub fn OrganizationPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let page = organizations::open(&services, viewer.signed_in()?, &slug).await?;
        let waiting = waiting_link(&services, viewer.signed_in()?, &TargetPath::organization(&slug)).await?;
        let flash = ssr::take_flash().await?;
        let organization = page.organization;
        let may_create = organization.role >= OrganizationRole::Admin;
        let new_event = format!("/organizations/{slug}/events/new");
        let members = match organization.member_count {
            1 => "1 member".to_owned(),
            count => format!("{count} members"),
        };
        Ok(view! {
            <SignedInLayout
                head=Head::new(organization.name.clone(), format!("/organizations/{slug}"))
                viewer=viewer
                flash=flash
            >
                <header class="page-head">
                    <p class="page-kicker"><a href="/home">"Home"</a></p>
                    <h1>{organization.name}</h1>
                    <p class="meta">
                        {format!("You are {} · ", article(organization.role))}
                        <a href=format!("/organizations/{slug}/members")>{members}</a>
                        {waiting.map(|link| view! { " · "{link} })}
                    </p>
                </header>
                {organization.description.map(|text| view! { <Paragraphs text=text/> })}
                <section class="section" aria-labelledby="events">
                    <div class="section-head">
                        <h2 id="events">"Events"</h2>
                        {may_create.then(|| view! {
                            <LinkButton href=new_event.clone() icon="plus">"Create event"</LinkButton>
                        })}
                    </div>
                    <EventRows events=page.events may_create=may_create/>
                </section>
            </SignedInLayout>
        }
        .into_any())
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
