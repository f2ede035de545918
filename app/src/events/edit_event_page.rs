use leptos::prelude::*;
use services::events;

use super::event_fields::{EventFieldSet, LABELS, Stored, in_words};
use super::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::differences::{Differences, stored_fields};
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};

/// The details of an event, for its organizers.
///
/// After a stale edit the form keeps what was typed and carries the newest version, so that saving again is a
/// decision and not an accident.
#[component]
pub fn EditEventPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::manage(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let stored = Stored::from(&page.head);
        let now = stored_fields(&LABELS, |name| stored.of(name).to_owned());
        let manage = format!("/events/{slug}/manage");
        let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Details · {}", page.head.title), format!("{manage}/details"))
                viewer=viewer
                flash=form.clone()
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=manage.clone()>"Manage"</a></p>
                    <h1>"Details"</h1>
                </header>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Differences form=form.clone() stored=now in_words=in_words/>
                <Form action="/api/events/save" guarded=true>
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="version" value=page.head.version.to_string()/>
                    <EventFieldSet form=form.clone() stored=stored/>
                    <TextField
                        name="move_sessions" label="Move sessions along" inputmode="numeric"
                        hint="Days, such as 7 or -1, when the event moves. Their clock times stay, also in another time zone."
                        value=form.value("move_sessions") error=form.error("move_sessions")
                    />
                    <div class="form-actions">
                        <Button>{save}</Button>
                        <LinkButton href=manage.clone() kind=ButtonKind::Quiet>"Cancel"</LinkButton>
                    </div>
                </Form>
            </EventLayout>
        }
        .into_any())
    })
}
