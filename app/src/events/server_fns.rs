#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::events::LifeNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    domain::events::EventVisibility,
    services::events::{self, EditedEvent, EventFields, NewEvent, Registered},
};

/// Creates a draft with its rooms; answers its address.
#[server(endpoint = "events/create", input = PostForm)]
pub async fn create_event(
    #[server(default)] organization: String,
    #[server(default)] event_type: String,
    #[server(default)] title: String,
    #[server(default)] description: String,
    #[server(default)] format: String,
    #[server(default)] visibility: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] time_zone: String,
    #[server(default)] host_name: String,
    #[server(default)] venue_name: String,
    #[server(default)] venue_address: String,
    #[server(default)] venue_city: String,
    #[server(default)] venue_region: String,
    #[server(default)] venue_country: String,
    #[server(default)] online_note: String,
    #[server(default)] max_attendees: String,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let fields = EventFields {
        event_type,
        title,
        description,
        format,
        visibility,
        start_date,
        end_date,
        time_zone,
        host_name,
        venue_name,
        venue_address,
        venue_city,
        venue_region,
        venue_country,
        online_note,
        max_attendees,
    };
    let back = format!("/organizations/{}/events/new", ssr::encoded(&organization));
    let kept = keep_fields(Form::at(back), &fields)
        .keep("event_type", &fields.event_type)
        .keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let slug = events::create(&services, person, &NewEvent { organization, fields, form_key }).await?;
        let next = format!("/events/{slug}/manage");
        Ok(Done::new(slug, next).notice(Notice::EventLife(LifeNotice::Created)))
    })
    .await
}

/// Saves all details of an event, unless somebody saved a newer version.
#[server(endpoint = "events/save", input = PostForm)]
pub async fn save_event(
    #[server(default)] event: String,
    #[server(default)] version: String,
    #[server(default)] move_sessions: String,
    #[server(default)] title: String,
    #[server(default)] description: String,
    #[server(default)] format: String,
    #[server(default)] visibility: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] time_zone: String,
    #[server(default)] host_name: String,
    #[server(default)] venue_name: String,
    #[server(default)] venue_address: String,
    #[server(default)] venue_city: String,
    #[server(default)] venue_region: String,
    #[server(default)] venue_country: String,
    #[server(default)] online_note: String,
    #[server(default)] max_attendees: String,
) -> Result<(), CallError> {
    let fields = EventFields {
        event_type: String::new(),
        title,
        description,
        format,
        visibility,
        start_date,
        end_date,
        time_zone,
        host_name,
        venue_name,
        venue_address,
        venue_city,
        venue_region,
        venue_country,
        online_note,
        max_attendees,
    };
    let manage = format!("/events/{}/manage", ssr::encoded(&event));
    let kept =
        keep_fields(Form::at(format!("{manage}/details")), &fields).keep("move_sessions", &move_sessions);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let version =
            version.parse().map_err(|_| FieldErrors::one("version", "Load this page again and retry."))?;
        events::save(&services, person, &EditedEvent { slug: event, fields, move_sessions, version }).await?;
        Ok(Done::new((), manage).notice(Notice::EventSaved))
    })
    .await
}

/// Makes a draft public, when nothing is missing.
#[server(endpoint = "events/publish", input = PostForm)]
pub async fn publish_event(#[server(default)] event: String) -> Result<(), CallError> {
    let manage = format!("/events/{}/manage", ssr::encoded(&event));
    form(Form::at(manage.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let notice = match events::publish(&services, viewer.signed_in()?, &event).await? {
            EventVisibility::Public => Notice::EventLife(LifeNotice::Published),
            EventVisibility::Private => Notice::EventLife(LifeNotice::PublishedPrivately),
        };
        Ok(Done::new((), manage).notice(notice))
    })
    .await
}

/// Takes a seat or a place on the waitlist; answers whether it was a seat.
#[server(endpoint = "events/register", input = PostForm)]
pub async fn register_for_event(#[server(default)] event: String) -> Result<bool, CallError> {
    let page = format!("/events/{}", ssr::encoded(&event));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        Ok(match events::register(&services, viewer.signed_in()?, &event).await? {
            Registered::Active => Done::new(true, format!("{page}/now")).notice(Notice::Registered),
            Registered::Waitlisted => Done::new(false, page).notice(Notice::OnWaitlist),
        })
    })
    .await
}

#[cfg(feature = "ssr")]
fn keep_fields(form: Form, fields: &EventFields) -> Form {
    form.keep("title", &fields.title)
        .keep("description", &fields.description)
        .keep("format", &fields.format)
        .keep("visibility", &fields.visibility)
        .keep("start_date", &fields.start_date)
        .keep("end_date", &fields.end_date)
        .keep("time_zone", &fields.time_zone)
        .keep("host_name", &fields.host_name)
        .keep("venue_name", &fields.venue_name)
        .keep("venue_address", &fields.venue_address)
        .keep("venue_city", &fields.venue_city)
        .keep("venue_region", &fields.venue_region)
        .keep("venue_country", &fields.venue_country)
        .keep("online_note", &fields.online_note)
        .keep("max_attendees", &fields.max_attendees)
}
