use leptos::prelude::*;
use services::events::{self, ContentList, EventContent};

use super::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{HiddenField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

const LABELS: [(&str, &str); 5] = [
    ("hero_text", "In one line"),
    ("welcome_title", "Heading of the welcome"),
    ("welcome_content", "Welcome"),
    ("conduct", "Code of conduct"),
    ("contact_email", "Contact"),
];

pub(super) const MARKDOWN: &str =
    "**bold**, *emphasis*, lists with -, [links](https://…) and headings with ##.";

/// What an event's page says beside its details.
#[component]
pub fn EventContentPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let (head, role, content) = events::content_to_edit(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let manage = format!("/events/{slug}/manage");
        let lists = view! { <Lists manage=manage.clone() content=content.clone()/> };
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Content · {}", head.title), format!("{manage}/content"))
                viewer=viewer
                flash=form.clone()
                event=frame(&head, role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=manage.clone()>"Manage"</a></p>
                    <h1>"Content"</h1>
                    <p class="lead">"What the event's page says. What is empty is not shown."</p>
                </header>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Texts slug=slug form=form content=content manage=manage/>
                {lists}
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Texts(slug: String, form: Flash, content: EventContent, manage: String) -> impl IntoView {
    let typed = form.clone();
    let of = move |field: &str, stored: &Option<String>| {
        typed.value_or(field, stored.as_deref().unwrap_or_default())
    };
    let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
    view! {
        <Form action="/api/events/save_sections" guarded=true>
            <HiddenField name="event" value=slug/>
            <HiddenField name="version" value=content.version.to_string()/>
            <TextField
                name="hero_text" label="In one line" maxlength=300 hint="Stands below the title: why come?"
                value=of("hero_text", &content.hero_text) error=form.error("hero_text")
            />
            <TextField
                name="welcome_title" label="Heading of the welcome" maxlength=150
                value=of("welcome_title", &content.welcome_title) error=form.error("welcome_title")
            />
            <TextArea
                name="welcome_content" label="Welcome" maxlength=5_000 rows=6 hint=MARKDOWN
                value=of("welcome_content", &content.welcome_content) error=form.error("welcome_content")
            />
            <TextArea
                name="conduct" label="Code of conduct" maxlength=5_000 rows=6 hint=MARKDOWN
                value=of("conduct", &content.conduct) error=form.error("conduct")
            />
            <TextField
                name="contact_email" label="Contact" input_type="email" hint="An address visitors may write to."
                value=of("contact_email", &content.contact_email) error=form.error("contact_email")
            />
            <div class="form-actions">
                <Button>{save}</Button>
                <LinkButton href=manage kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </div>
        </Form>
    }
}

/// The lists, each on a page of its own.
#[component]
fn Lists(manage: String, content: EventContent) -> impl IntoView {
    let rows = [
        (ContentList::Highlights, content.highlights.len()),
        (ContentList::Faqs, content.faqs.len()),
        (ContentList::Icebreakers, content.icebreakers.len()),
    ]
    .map(|(list, count)| {
        let href = format!("{manage}/content/{}", list.as_str());
        view! {
            <li class="row">
                <div class="row-body">
                    <a class="row-title" href=href>{heading(list)}</a>
                    <p class="meta">{meaning(list)}</p>
                </div>
                <div class="row-end">{count}</div>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="lists">
            <h2 id="lists">"Lists"</h2>
            <ul class="rows" role="list">{rows}</ul>
        </section>
    }
}

pub(super) const fn heading(list: ContentList) -> &'static str {
    match list {
        ContentList::Highlights => "Highlights",
        ContentList::Faqs => "Questions and answers",
        ContentList::Icebreakers => "Icebreakers",
    }
}

pub(super) const fn meaning(list: ContentList) -> &'static str {
    match list {
        ContentList::Highlights => "What people look forward to, at most 12.",
        ContentList::Faqs => "What people ask before they come, at most 50.",
        ContentList::Icebreakers => {
            "First words people choose from when they want to meet somebody, 1 to 20."
        }
    }
}
