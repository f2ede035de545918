use domain::attendees::{EventRole, ViewName};
use leptos::prelude::*;
use services::attendees::{PeopleFilter, SavedView};

use super::people_page::address;
use crate::flash::Flash;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::Form;

/// The viewer's own views of the table, and the way to keep the present one.
#[component]
pub(super) fn SavedViews(
    slug: String,
    saved: Vec<SavedView>,
    filter: PeopleFilter,
    path: String,
    form: Flash,
) -> impl IntoView {
    let current = saved.iter().find(|view| view.filter == filter).cloned();
    let items = saved
        .iter()
        .map(|view| {
            let href = address(&path, &view.filter, view.filter.view, view.filter.role);
            let is_current = view.filter == filter;
            view! {
                <li><a class="pill" href=href aria-current=is_current.then_some("page")>{view.name.clone()}</a></li>
            }
        })
        .collect_view();
    let is_any = !saved.is_empty();
    let event = slug.clone();
    view! {
        <section class="people-saved" aria-label="Your views">
            {is_any.then(|| view! { <nav aria-label="Your views"><ul class="pills" role="list">{items}</ul></nav> })}
            {match current {
                Some(view) => view! {
                    <form class="form-line" method="post" action="/api/attendees/delete_view">
                        <HiddenField name="event" value=event/>
                        <HiddenField name="saved_view" value=view.id.to_string()/>
                        <Button kind=ButtonKind::Quiet>{format!("Forget the view “{}”", view.name)}</Button>
                    </form>
                }
                .into_any(),
                None => view! { <SaveView slug=slug filter=filter form=form/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn SaveView(slug: String, filter: PeopleFilter, form: Flash) -> impl IntoView {
    let is_open = form.error("name").is_some();
    let role = filter.role.map_or("", EventRole::as_str);
    view! {
        <details class="disclosure" open=is_open>
            <summary>"Keep this view"</summary>
            <p class="meta">"State, role, search and order, under a name of yours. Only you see it."</p>
            <Form action="/api/attendees/save_view">
                <HiddenField name="event" value=slug/>
                <HiddenField name="search" value=filter.text.as_str().to_owned()/>
                <HiddenField name="role" value=role/>
                <HiddenField name="view" value=filter.view.as_str()/>
                <HiddenField name="sort" value=filter.sort.as_str()/>
                <TextField
                    name="name" label="Name of the view" required=true maxlength=ViewName::MAX_CHARS
                    value=form.value("name") error=form.error("name")
                />
                <Button kind=ButtonKind::Secondary>"Keep"</Button>
            </Form>
        </details>
    }
}
