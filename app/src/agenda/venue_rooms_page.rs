use domain::Conflict;
use domain::ids::VenueRoomId;
use leptos::prelude::*;
use services::ServiceError;
use services::agenda::{self, VenueRoomFields};

use super::frame::{ManageFrame, editor_path};
use crate::flash::Flash;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, TextArea, TextField};
use crate::ui::form::Form;
use crate::ui::icon::Icon;

/// The labels of the fields, in order, for the error summary.
const LABELS: [(&str, &str); 3] =
    [("name", "Name"), ("capacity", "Seats"), ("description", "How to find it")];

/// All venue rooms of an event in their order, and the form for another one.
#[component]
pub fn VenueRoomsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = agenda::editor(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let path = editor_path(&slug);
        let form_key = services.rng.id(services.clock.now()).to_string();
        let all = page.agenda.rooms.clone();
        let is_empty = all.is_empty();
        let can_change = page.can_change;
        let rows = all
            .iter()
            .enumerate()
            .map(|(index, place)| {
                let before = index.checked_sub(2).map(|index| all[index].id.to_string()).unwrap_or_default();
                let up = (can_change && index > 0).then_some(before);
                let down = all.get(index + 1).filter(|_| can_change).map(|next| next.id.to_string());
                let id = place.id.to_string();
                let href = format!("{path}/rooms/{id}");
                view! {
                    <li class="row">
                        <div class="row-body">
                            <a class="row-title" href=href>{place.name.clone()}</a>
                            {place.capacity.map(|seats| view! { <p class="meta">{format!("{seats} seats")}</p> })}
                        </div>
                        <div class="row-end">
                            {step(&slug, &id, up, "arrow-up", format!("Move {} up", place.name))}
                            {step(&slug, &id, down, "arrow-down", format!("Move {} down", place.name))}
                        </div>
                    </li>
                }
            })
            .collect_view();
        Ok(view! {
            <ManageFrame
                page=page title="Rooms" path=format!("{path}/rooms") back=(path.clone(), "Agenda") form=form.clone()
                labels=LABELS.to_vec()
            >
                {is_empty.then(|| view! { <EmptyState title="None yet" text="Rooms are where sessions take place." icon="map-pin"/> })}
                <ul class="rows" role="list">{rows}</ul>
                {can_change.then(|| view! {
                    <section class="section" aria-labelledby="add">
                        <h2 id="add">"Add"</h2>
                        <Form action="/api/venue_rooms/create">
                            <HiddenField name="event" value=slug/>
                            <HiddenField name="form_key" value=form.value_or("form_key", &form_key)/>
                            <FieldSet form=form stored=VenueRoomFields::default()/>
                            <Button>"Add"</Button>
                        </Form>
                    </section>
                })}
            </ManageFrame>
        }
        .into_any())
    })
}

fn step(
    slug: &str,
    id: &str,
    after: Option<String>,
    icon: &'static str,
    label: String,
) -> impl IntoView + use<> {
    let (slug, id) = (slug.to_owned(), id.to_owned());
    after.map(|after| {
        view! {
            <form method="post" action="/api/venue_rooms/move">
                <HiddenField name="event" value=slug/>
                <HiddenField name="venue_room" value=id/>
                <HiddenField name="after" value=after/>
                <button class="icon-button" type="submit" aria-label=label><Icon name=icon/></button>
            </form>
        }
    })
}

/// One of them: its fields, and its end.
#[component]
pub fn VenueRoomPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: VenueRoomId = ssr::param("venue_room")?;
        let page = agenda::editor(&services, viewer.signed_in()?, &slug).await?;
        if !page.can_change {
            return Err(Conflict::EventArchived.into());
        }
        let place = page.agenda.rooms.iter().find(|place| place.id == id).cloned();
        let place = place.ok_or(ServiceError::NOT_FOUND)?;
        let form = ssr::take_flash().await?;
        let list = format!("{}/rooms", editor_path(&slug));
        let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
        let stored = VenueRoomFields {
            name: Some(place.name.clone()),
            description: place.description.clone(),
            capacity: place.capacity.map(|seats| seats.to_string()),
        };
        let there = page.agenda.sessions.iter();
        let there = there.filter(|session| session.room.as_ref().is_some_and(|room| room.id == id)).count();
        let what_happens = match there {
            0 => "No session takes place there.".to_owned(),
            1 => "1 session takes place there. It stays, and has no room from then on; everybody sees it at once, also while changes are held.".to_owned(),
            count => format!("{count} sessions take place there. They stay, and have no room from then on; everybody sees it at once, also while changes are held."),
        };
        let delete = view! {
            <section class="section" aria-labelledby="delete">
                <h2 id="delete">"Delete"</h2>
                <form class="form-line" method="post" action="/api/venue_rooms/delete">
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="venue_room" value=id.to_string()/>
                    <p class="meta">{what_happens}" This can't be undone."</p>
                    <Button kind=ButtonKind::Danger>"Delete"</Button>
                </form>
            </section>
        };
        Ok(view! {
            <ManageFrame
                page=page title=place.name.clone() path=format!("{list}/{id}") back=(list, "Rooms") form=form.clone()
                labels=LABELS.to_vec()
            >
                <Form action="/api/venue_rooms/save" guarded=true>
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="venue_room" value=id.to_string()/>
                    <HiddenField name="version" value=place.version.to_string()/>
                    <FieldSet form=form stored=stored/>
                    <Button>{save}</Button>
                </Form>
                {delete}
            </ManageFrame>
        }
        .into_any())
    })
}

/// All fields, for adding and editing alike.
#[component]
fn FieldSet(form: Flash, stored: VenueRoomFields) -> impl IntoView {
    let text =
        |field: &str, stored: Option<String>| form.value_or(field, stored.as_deref().unwrap_or_default());
    view! {
        <TextField
            name="name" label="Name" required=true maxlength=100 autocomplete="off"
            value=text("name", stored.name) error=form.error("name")
        />
        <TextField
            name="capacity" label="Seats" inputmode="numeric"
            value=text("capacity", stored.capacity) error=form.error("capacity")
        />
        <TextArea
            name="description" label="How to find it" maxlength=500 rows=3
            value=text("description", stored.description) error=form.error("description")
        />
    }
}
