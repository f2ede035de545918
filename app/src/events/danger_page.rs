use domain::events::{EventStatus, Transition};
use leptos::prelude::*;
use services::events::{self, Step};

use super::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

/// The steps an event takes as a whole; each says what it means before it is taken.
#[component]
pub fn EventDangerPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::danger(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let manage = format!("/events/{slug}/manage");
        let title = page.head.title.clone();
        let is_empty = page.steps.is_empty() && !page.may_duplicate;
        let fresh_key = services.rng.id(services.clock.now()).to_string();
        let duplicate = page.may_duplicate.then(|| {
            view! { <Duplicate slug=slug.clone() title=title.clone() key=fresh_key form=form.clone()/> }
        });
        let steps = page
            .steps
            .into_iter()
            .map(|step| view! { <StepSection step=step slug=slug.clone() title=title.clone() form=form.clone()/> })
            .collect_view();
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Danger zone · {}", page.head.title), format!("{manage}/danger"))
                viewer=viewer
                flash=form.clone()
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=manage>"Manage"</a></p>
                    <h1>"Danger zone"</h1>
                    <p class="lead">{state(page.head.status)}</p>
                </header>
                <FormErrors errors=errors labels=vec![("title", "Title of the new event"), ("start_date", "Its first day"), ("reason", "Why"), ("name", "Confirmation")]/>
                {is_empty.then(|| view! {
                    <EmptyState title="Nothing to decide here" text="Owners of the organization delete events." icon="info"/>
                })}
                {duplicate}
                {steps}
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Duplicate(slug: String, title: String, key: String, form: Flash) -> impl IntoView {
    view! {
        <section class="section settings" aria-labelledby="duplicate">
            <h2 id="duplicate">"Duplicate the event"</h2>
            <p class="meta">
                "A new draft with the same settings, texts, pictures, rooms, sponsors and agenda, on other days at the same times. People, speakers, messages and streams stay behind."
            </p>
            <Form action="/api/events/duplicate">
                <HiddenField name="event" value=slug/>
                <HiddenField name="form_key" value=form.value_or("form_key", &key)/>
                <TextField
                    name="title" label="Title of the new event" required=true minlength=3 maxlength=150
                    value=form.value_or("title", &title) error=form.error("title")
                />
                <TextField
                    name="start_date" label="Its first day" input_type="date" required=true
                    value=form.value("start_date") error=form.error("start_date")
                />
                <Button kind=ButtonKind::Secondary>"Duplicate"</Button>
            </Form>
        </section>
    }
}

const fn state(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Draft => "This event is a draft.",
        EventStatus::Published => "This event is published.",
        EventStatus::Cancelled => "This event is cancelled.",
        EventStatus::Archived => "This event is archived.",
        EventStatus::Deleted => "This event is deleted.",
    }
}

/// Heading, what it means, the function that does it, the verb on the button.
const fn words(step: Transition) -> (&'static str, &'static str, &'static str, &'static str) {
    match step {
        Transition::Publish => ("Publish", "", "publish", "Publish"),
        Transition::Unpublish => (
            "Back to a draft",
            "Its page disappears for visitors. Possible until it begins or somebody registers.",
            "unpublish",
            "Take back to draft",
        ),
        Transition::Cancel => (
            "Cancel the event",
            "Members and everybody on the waitlist get a mail with your reason, registration closes, and sessions that are to come are cancelled. The page stays, marked as cancelled, and people can still talk. You can reinstate it, but nobody takes the mails back.",
            "cancel",
            "Cancel event",
        ),
        Transition::Reinstate => (
            "Reinstate the event",
            "It takes place after all. Sessions that were cancelled with it come back.",
            "reinstate",
            "Reinstate",
        ),
        Transition::Archive => (
            "Archive the event",
            "From then on everything can only be read. You can reopen it. Possible from the day after its last.",
            "archive",
            "Archive",
        ),
        Transition::Reopen => (
            "Reopen the event",
            "People can write again, and it is not archived by itself any more.",
            "reopen",
            "Reopen",
        ),
        Transition::Delete => (
            "Delete the event",
            "It disappears for everybody at once, with its sessions, rooms and pictures, and open invitations stop working. For 30 days owners of the organization can bring it back; then only its title, its days and who was there remain.",
            "delete",
            "Delete event",
        ),
        Transition::Restore => ("Bring back", "", "restore", "Bring back"),
    }
}

#[component]
fn StepSection(step: Step, slug: String, title: String, form: Flash) -> impl IntoView {
    let Step { what: step, refusal } = step;
    let (heading, meaning, function, verb) = words(step);
    let kind = match step {
        Transition::Cancel | Transition::Delete => ButtonKind::Danger,
        Transition::Publish
        | Transition::Unpublish
        | Transition::Reinstate
        | Transition::Archive
        | Transition::Reopen
        | Transition::Restore => ButtonKind::Secondary,
    };
    let is_refused = form.error("reason").is_some();
    let fields = view! {
        <Form action=format!("/api/events/{function}")>
            <HiddenField name="event" value=slug/>
            {(step == Transition::Cancel).then(|| view! {
                <TextArea
                    name="reason" label="Why" rows=3 required=true maxlength=500
                    hint="These words stand in the mail and on the event's page."
                    value=form.value("reason") error=form.error("reason")
                />
            })}
            {(step == Transition::Delete).then(|| view! {
                <TextField
                    name="name" label=format!("Type “{title}” to confirm") autocomplete="off" required=true maxlength=150
                    value=form.value("name") error=form.error("name")
                />
            })}
            <Button kind=kind>{verb}</Button>
        </Form>
    };
    // What can't be taken back takes two steps: deleting by the typed title, cancelling by opening it first.
    let body = if let Some(refusal) = refusal {
        view! { <p class="step-refusal">{refusal}</p> }.into_any()
    } else if step == Transition::Cancel {
        view! {
            <details class="disclosure" open=is_refused>
                <summary>"Cancel this event and tell everybody"</summary>
                {fields}
            </details>
        }
        .into_any()
    } else {
        fields.into_any()
    };
    view! {
        <section class="section settings" aria-labelledby=function>
            <h2 id=function>{heading}</h2>
            <p class="meta">{meaning}</p>
            {body}
        </section>
    }
}
