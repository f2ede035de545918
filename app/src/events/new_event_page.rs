use domain::events::EventType;
use domain::events::{EventFormat, EventVisibility};
use domain::organizations::{OrganizationAction, may};
use leptos::prelude::*;
use services::organizations;

use super::event_fields::{EventFieldSet, LABELS, Stored};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, FormErrors};

/// The form for a new event of an organization.
#[component]
pub fn NewEventPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let organization = organizations::find(&services, viewer.signed_in()?, &slug).await?;
        may(OrganizationAction::CreateEvent, Some(organization.role))?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let fresh_key = services.rng.id(services.clock.now()).to_string();
        let stored = Stored {
            format: EventFormat::InPerson.as_str().to_owned(),
            visibility: EventVisibility::Public.as_str().to_owned(),
            guesses_zone: organization.default_time_zone.is_none() && !form.values.contains_key("time_zone"),
            time_zone: organization.default_time_zone.unwrap_or_else(|| "UTC".to_owned()),
            host_name: organization.name.clone(),
            ..Stored::default()
        };
        let types = EventType::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.label())).collect();
        Ok(view! {
            <SignedInLayout
                head=Head::new("New event", format!("/organizations/{slug}/events/new"))
                viewer=viewer
                flash=form.clone()
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=format!("/organizations/{slug}")>{organization.name}</a></p>
                    <h1>"Create an event"</h1>
                    <p class="lead">"It starts as a draft. Only its organizers and speakers see it."</p>
                </header>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Form action="/api/events/create" guarded=true>
                    <HiddenField name="organization" value=slug.clone()/>
                    <HiddenField name="form_key" value=form.value_or("form_key", &fresh_key)/>
                    <Choices
                        name="event_type" label="What kind of event" required=true choices=types
                        value=form.value_or("event_type", EventType::Conference.as_str()) error=form.error("event_type")
                    />
                    <EventFieldSet form=form stored=stored/>
                    <Button>"Create event"</Button>
                </Form>
            </SignedInLayout>
        }
        .into_any())
    })
}
