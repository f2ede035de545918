use domain::AppError;
use domain::events::HIGHLIGHT_ICONS;
use leptos::prelude::*;
use services::events::{self, ContentList, EntryFields};

use super::content_page::{MARKDOWN, heading, meaning};
use super::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

/// Where the forms of the page write to.
#[derive(Debug, Clone)]
struct Place {
    slug: String,
    list: ContentList,
    version: i32,
    path: String,
}

/// One list of an event's content: order, and a form for one entry. Without scripts and without a mouse the same.
#[component]
pub fn EventListPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let list = ContentList::parse(&ssr::param::<String>("list")?)?;
        let (head, role, content) = events::content_to_edit(&services, viewer.signed_in()?, &slug).await?;
        let entries = content.entries(list);
        let at = match ssr::query("at") {
            Some(at) => {
                Some(at.parse::<usize>().ok().filter(|at| *at < entries.len()).ok_or(AppError::NotFound)?)
            }
            None => None,
        };
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let up = format!("/events/{slug}/manage/content");
        let path = format!("{up}/{}", list.as_str());
        let place = Place { slug, list, version: content.version, path: path.clone() };
        Ok(view! {
            <EventLayout
                head=Head::new(format!("{} · {}", heading(list), head.title), path)
                viewer=viewer
                flash=form.clone()
                event=frame(&head, role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=up>"Content"</a></p>
                    <h1>{heading(list)}</h1>
                    <p class="lead">{meaning(list)}</p>
                </header>
                <FormErrors errors=errors labels=labels(list)/>
                <Entries place=place.clone() entries=entries.clone()/>
                <Entry place=place at=at stored=at.and_then(|at| entries.get(at).cloned()).unwrap_or_default() form=form/>
            </EventLayout>
        }
        .into_any())
    })
}

/// What the fields of an entry are called.
fn labels(list: ContentList) -> Vec<(&'static str, &'static str)> {
    let (title, text) = match list {
        ContentList::Highlights => ("Highlight", "More about it"),
        ContentList::Faqs => ("Question", "Answer"),
        ContentList::Icebreakers => ("Icebreaker", ""),
    };
    vec![("title", title), ("text", text), ("icon", "Icon")]
}

#[component]
fn Entries(place: Place, entries: Vec<EntryFields>) -> impl IntoView {
    let last = entries.len().saturating_sub(1);
    let can_drag = last > 0;
    let rows = entries
        .into_iter()
        .enumerate()
        .map(|(at, entry)| {
            let title = entry.title;
            let button = |shift: &'static str, words: &'static str, icon: &'static str| {
                view! {
                    <button
                        class="button button-quiet" type="submit" name="shift" value=shift
                        aria-label=format!("{words}: {title}")
                    >
                        <crate::ui::icon::Icon name=icon/>
                    </button>
                }
            };
            let up = (at > 0).then(|| button("up", "Move up", "arrow-up"));
            let down = (at < last).then(|| button("down", "Move down", "arrow-down"));
            let remove = button("remove", "Remove", "trash-2");
            view! {
                <li class="row" draggable=can_drag.then_some("true") data-behind=format!("after.{at}")>
                    <div class="row-body">
                        <a class="row-title" draggable="false" href=format!("{}?at={at}#entry", place.path)>{title.clone()}</a>
                    </div>
                    <form class="row-end" method="post" action="/api/events/shift_entry" data-move>
                        <HiddenField name="event" value=place.slug.clone()/>
                        <HiddenField name="list" value=place.list.as_str()/>
                        <HiddenField name="at" value=at.to_string()/>
                        <HiddenField name="version" value=place.version.to_string()/>
                        {up}{down}{remove}
                    </form>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows" role="list" data-order="shift" data-front="first">{rows}</ul> }
}

/// The form for a new entry, or for the one at `at`.
#[component]
fn Entry(place: Place, at: Option<usize>, stored: EntryFields, form: Flash) -> impl IntoView {
    let (title_label, title_max, text_label, text_max) = match place.list {
        ContentList::Highlights => ("Highlight", 100, Some("More about it"), 500),
        ContentList::Faqs => ("Question", 200, Some("Answer"), 2_000),
        ContentList::Icebreakers => ("Icebreaker", 200, None, 0),
    };
    let (heading, function, verb) = match at {
        Some(_) => ("Edit", "save_entry", "Save"),
        None => ("Add", "add_entry", "Add"),
    };
    let icons = std::iter::once((String::new(), "No icon".to_owned()))
        .chain(HIGHLIGHT_ICONS.map(|icon| (icon.to_owned(), icon.replace('-', " "))))
        .collect();
    let is_faq = place.list == ContentList::Faqs;
    view! {
        <section class="section" aria-labelledby="entry">
            <h2 id="entry">{heading}</h2>
            <Form action=format!("/api/events/{function}")>
                <HiddenField name="event" value=place.slug/>
                <HiddenField name="list" value=place.list.as_str()/>
                {at.map(|at| view! {
                    <HiddenField name="at" value=at.to_string()/>
                    <HiddenField name="version" value=place.version.to_string()/>
                })}
                <TextField
                    name="title" label=title_label required=true maxlength=title_max
                    value=form.value_or("title", &stored.title) error=form.error("title")
                />
                {text_label.map(|label| view! {
                    <TextArea
                        name="text" label=label rows=4 maxlength=text_max required=is_faq
                        hint=if is_faq { MARKDOWN } else { "A sentence or two." }
                        value=form.value_or("text", &stored.text) error=form.error("text")
                    />
                })}
                {(place.list == ContentList::Highlights).then(|| view! {
                    <SelectField
                        name="icon" label="Icon" options=icons value=form.value_or("icon", &stored.icon)
                        error=form.error("icon")
                    />
                })}
                <div class="form-actions">
                    <Button>{verb}</Button>
                    {at.map(|_| view! {
                        <LinkButton href=place.path.clone() kind=ButtonKind::Quiet>"Cancel"</LinkButton>
                    })}
                </div>
            </Form>
        </section>
    }
}
