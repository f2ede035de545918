use domain::accounts::tint;
use domain::attendees::EventRole;
use domain::search::SearchText;
use leptos::prelude::*;
use services::attendees::{self, Candidate, MOST_CANDIDATES};
use services::invitations::TargetPath;
use services::uploads::AvatarPixels;

use super::place::people_path;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::form::FormErrors;
use crate::ui::notice::Notice;

/// Members of the organization who don't take part yet, each with a role to add them with.
#[component]
pub fn AddPeoplePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let search = SearchText::parse(ssr::query("search").as_deref())?;
        let page = attendees::adding(&services, viewer.signed_in()?, &slug, &search).await?;
        let flash = ssr::take_flash().await?;
        let errors = flash.errors().cloned().unwrap_or_default();
        let path = format!("{}/add", people_path(&slug));
        let text = search.as_str().to_owned();
        let list = if page.grantable.is_empty() {
            view! { <Notice>"Nobody can be added any more."</Notice> }.into_any()
        } else {
            view! { <Candidates slug=slug.clone() candidates=page.candidates grantable=page.grantable/> }
                .into_any()
        };
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Add people · {}", page.head.title), path.clone())
                viewer=viewer
                flash=flash
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=people_path(&slug)>"People"</a></p>
                    <h1>"Add people"</h1>
                    <p class="lead">
                        "Members of the organization take part at once, and may leave. "
                        <a href=TargetPath::event(&slug).list()>"Invite everybody else"</a>"."
                    </p>
                </header>
                <FormErrors errors=errors labels=vec![("member", "Member"), ("role", "Role")]/>
                <form class="filter" method="get" action=path role="search" autocomplete="off" aria-label="Members of the organization">
                    <label class="visually-hidden" for="search">"Search by name"</label>
                    <input class="input" id="search" type="search" name="search" value=text placeholder="Search by name" minlength="2" maxlength="200"/>
                    <Button kind=ButtonKind::Secondary>"Search"</Button>
                </form>
                {list}
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Candidates(slug: String, candidates: Vec<Candidate>, grantable: Vec<EventRole>) -> impl IntoView {
    if candidates.is_empty() {
        return view! {
            <EmptyState title="Nobody to add" text="Everybody of this name takes part already, or is no member of the organization." icon="users">
                <LinkButton href=TargetPath::event(&slug).list() kind=ButtonKind::Secondary>"Invite people"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let is_cut = i64::try_from(candidates.len()).unwrap_or(i64::MAX) >= MOST_CANDIDATES;
    let rows = candidates.into_iter().map(|candidate| row(candidate, &slug, &grantable)).collect_view();
    view! {
        <ul class="rows" role="list">{rows}</ul>
        {is_cut.then(|| view! { <p class="meta">"These are the first by name. Search for the others."</p> })}
    }
    .into_any()
}

fn row(candidate: Candidate, slug: &str, grantable: &[EventRole]) -> impl IntoView + use<> {
    let name = candidate.full_name.clone();
    let field = format!("role-{}", candidate.user);
    let options = grantable
        .iter()
        .map(|role| {
            let is_usual = *role == EventRole::Attendee;
            view! { <option value=role.as_str() selected=is_usual>{role.label()}</option> }
        })
        .collect_view();
    view! {
        <li class="row people-candidate">
            <Avatar name=name.clone() tint=tint(candidate.user) picture=ssr::avatar(candidate.avatar, AvatarPixels::Small)/>
            <div class="row-body">
                <p><strong>{name.clone()}</strong></p>
            </div>
            <form class="row-end form-line" method="post" action="/api/attendees/add">
                <HiddenField name="event" value=slug.to_owned()/>
                <HiddenField name="member" value=candidate.user.to_string()/>
                <label class="visually-hidden" for=field.clone()>{format!("Role of {name}")}</label>
                <select class="input" id=field name="role">{options}</select>
                <Button kind=ButtonKind::Secondary>"Add"<span class="visually-hidden">{format!(" {name}")}</span></Button>
            </form>
        </li>
    }
}
