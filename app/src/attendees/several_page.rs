use domain::accounts::tint;
use domain::attendees::{BulkLine, BulkOutcome, EventRole};
use domain::ids::UserId;
use leptos::prelude::*;
use services::attendees::{self, PersonInTable};
use services::uploads::AvatarPixels;

use super::people_rows::states;
use super::place::{member_id, people_path, several_path};
use super::words::role_options;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, SelectField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::table::Table;

/// What shall become of the people that were ticked in the table; afterwards what became of each.
#[component]
pub fn SeveralPeoplePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let chosen: Vec<UserId> = ssr::all_of_query("member").iter().filter_map(|id| member_id(id)).collect();
        let page = attendees::several(&services, viewer.signed_in()?, &slug, &chosen).await?;
        let flash = ssr::take_flash().await?;
        let lines = lines_of(&flash.value("result"));
        let errors = flash.errors().cloned().unwrap_or_default();
        let title = match (lines.len(), page.people.len()) {
            (0, 1) => "1 person chosen".to_owned(),
            (0, count) => format!("{count} people chosen"),
            _ => "What became of each".to_owned(),
        };
        let content = if !lines.is_empty() {
            view! { <Results lines=lines path=people_path(&slug)/> }.into_any()
        } else if page.people.is_empty() {
            nobody(&slug)
        } else {
            view! { <Choices slug=slug.clone() people=page.people grantable=page.grantable/> }.into_any()
        };
        Ok(view! {
            <EventLayout
                head=Head::new(format!("{title} · People · {}", page.head.title), several_path(&slug))
                viewer=viewer
                flash=flash
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=people_path(&slug)>"People"</a></p>
                    <h1>{title}</h1>
                </header>
                <FormErrors errors=errors labels=vec![("role", "Role"), ("members", "People")]/>
                {content}
            </EventLayout>
        }
        .into_any())
    })
}

fn nobody(slug: &str) -> AnyView {
    let path = people_path(slug);
    view! {
        <EmptyState title="Nobody is chosen" text="Tick people in the table, then press “Change several”." icon="users">
            <LinkButton href=path kind=ButtonKind::Secondary>"Show the table"</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Choices(slug: String, people: Vec<PersonInTable>, grantable: Vec<EventRole>) -> impl IntoView {
    let count = people.len();
    let them = if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
    let ids = people.iter().map(|person| person.user.to_string()).collect::<Vec<_>>().join(",");
    let rows = people.into_iter().map(row).collect_view();
    let forms = if grantable.is_empty() {
        view! { <Notice>"Nothing can be changed here any more."</Notice> }.into_any()
    } else {
        forms(slug, ids, &them, &grantable)
    };
    view! {
        <ul class="rows" role="list">{rows}</ul>
        {forms}
    }
}

fn forms(slug: String, ids: String, them: &str, grantable: &[EventRole]) -> AnyView {
    let options = role_options(grantable);
    let usual = EventRole::Attendee.as_str();
    let (give, remove) = (format!("Give {them} this role"), format!("Remove {them}"));
    let summary = remove.clone();
    let (slug_again, ids_again) = (slug.clone(), ids.clone());
    view! {
        <section class="settings" aria-labelledby="role">
            <h2 id="role">"Role"</h2>
            <Form action="/api/attendees/change_roles">
                <HiddenField name="event" value=slug/>
                <HiddenField name="members" value=ids/>
                <SelectField
                    name="role" label="Role of all" options=options value=usual required=true
                    hint="Attendees need free seats, and leave the sessions they speak in."
                />
                <Button kind=ButtonKind::Secondary>{give}</Button>
            </Form>
        </section>
        <section class="settings" aria-labelledby="remove">
            <h2 id="remove">"Remove"</h2>
            <details class="disclosure">
                <summary>{summary}</summary>
                <Form action="/api/attendees/remove_several">
                    <HiddenField name="event" value=slug_again/>
                    <HiddenField name="members" value=ids_again/>
                    <p>"Their roles, sign-ups and talks here end at once, and seats go to those who wait. You can bring each of them back."</p>
                    <Button kind=ButtonKind::Danger>{remove}</Button>
                </Form>
            </details>
        </section>
    }
    .into_any()
}

fn row(person: PersonInTable) -> impl IntoView {
    view! {
        <li class="row">
            <Avatar name=person.full_name.clone() tint=tint(person.user) picture=ssr::avatar(person.avatar, AvatarPixels::Small)/>
            <div class="row-body"><p><strong>{person.full_name.clone()}</strong></p></div>
            <div class="row-end"><Badge text=person.role.label()/>{states(&person)}</div>
        </li>
    }
}

#[component]
fn Results(lines: Vec<BulkLine>, path: String) -> impl IntoView {
    let done = lines.iter().filter(|line| line.outcome == BulkOutcome::Done).count();
    let (kind, summary) = match done {
        0 => (NoticeKind::Warn, format!("Nothing was changed for {} people.", lines.len())),
        done if done == lines.len() => (NoticeKind::Ok, format!("Done for all {done}.")),
        done => (NoticeKind::Warn, format!("Done for {done} of {}.", lines.len())),
    };
    let rows = lines
        .into_iter()
        .map(|line| {
            let href = format!("{path}/{}", line.user);
            let (text, kind) = match line.outcome {
                BulkOutcome::Done => ("Done".to_owned(), Some(NoticeKind::Ok)),
                BulkOutcome::Unchanged => ("It was so already".to_owned(), None),
                BulkOutcome::Refused(refusal) => (refusal.to_string(), Some(NoticeKind::Danger)),
            };
            let outcome = match kind {
                Some(NoticeKind::Danger) => view! { <span class="people-refusal">{text}</span> }.into_any(),
                kind => view! { <Badge text=text kind=kind/> }.into_any(),
            };
            view! { <tr><td><a href=href>{line.full_name}</a></td><td>{outcome}</td></tr> }
        })
        .collect_view();
    view! {
        <Notice kind=kind>{summary}</Notice>
        <Table caption="People and what became of each" columns=&["Person", "Outcome"]>{rows}</Table>
        <p><LinkButton href=path.clone() kind=ButtonKind::Secondary>"Show the table"</LinkButton></p>
    }
}

/// Lines as one text, for the page after the step; kept in the server-side session like every flash.
pub(super) fn as_text(lines: &[BulkLine]) -> String {
    serde_json::to_string(lines).unwrap_or_default()
}

fn lines_of(text: &str) -> Vec<BulkLine> {
    serde_json::from_str(text).unwrap_or_default()
}
