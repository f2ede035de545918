use domain::Conflict;
use domain::ids::TrackId;
use leptos::prelude::*;
use services::ServiceError;
use services::agenda::{self, TrackFields};

use super::frame::{ManageFrame, editor_path};
use super::session_card::TrackMark;
use crate::flash::Flash;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::Form;
use crate::ui::icon::Icon;

/// The labels of the fields, in order, for the error summary.
const LABELS: [(&str, &str); 2] = [("name", "Name"), ("colour", "Colour")];

/// What new tracks are coloured with until somebody chooses: hues far from each other, each at least 3:1
/// on every surface, light and dark.
const COLOURS: [&str; 8] =
    ["#2F7F79", "#B4541F", "#6A6AE0", "#B8508A", "#4F7A28", "#2878BF", "#8A6A14", "#8F63C6"];

/// The first one that no track has; from the ninth track on they come again.
fn next_colour(taken: &[&str]) -> &'static str {
    let is_free = |colour: &&str| !taken.iter().any(|taken| taken.eq_ignore_ascii_case(colour));
    COLOURS.into_iter().find(is_free).unwrap_or(COLOURS[taken.len() % COLOURS.len()])
}

/// All tracks of an event in their order, and the form for another one.
#[component]
pub fn TracksPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = agenda::editor(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let path = editor_path(&slug);
        let form_key = services.rng.id(services.clock.now()).to_string();
        let all = page.agenda.tracks.clone();
        let (is_empty, colour) =
            (all.is_empty(), next_colour(&all.iter().map(|track| &*track.colour).collect::<Vec<_>>()));
        let can_change = page.can_change;
        let rows = all
            .iter()
            .enumerate()
            .map(|(index, place)| {
                let before = index.checked_sub(2).map(|index| all[index].id.to_string()).unwrap_or_default();
                let up = (can_change && index > 0).then_some(before);
                let down = all.get(index + 1).filter(|_| can_change).map(|next| next.id.to_string());
                let id = place.id.to_string();
                let href = format!("{path}/tracks/{id}");
                view! {
                    <li class="row">
                        <div class="row-body">
                            <a class="row-title" href=href>{place.name.clone()}</a>
                            <p class="meta"><TrackMark name="" colour=place.colour.clone()/></p>
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
                page=page title="Tracks" path=format!("{path}/tracks") back=(path.clone(), "Agenda") form=form.clone()
                labels=LABELS.to_vec()
            >
                {is_empty.then(|| view! { <EmptyState title="None yet" text="Tracks hold sessions on one subject together." icon="hash"/> })}
                <ul class="rows" role="list">{rows}</ul>
                {can_change.then(|| view! {
                    <section class="section" aria-labelledby="add">
                        <h2 id="add">"Add"</h2>
                        <Form action="/api/tracks/create">
                            <HiddenField name="event" value=slug/>
                            <HiddenField name="form_key" value=form.value_or("form_key", &form_key)/>
                            <FieldSet form=form stored=TrackFields { name: None, colour: Some(colour.to_owned()) }/>
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
            <form method="post" action="/api/tracks/move">
                <HiddenField name="event" value=slug/>
                <HiddenField name="track" value=id/>
                <HiddenField name="after" value=after/>
                <button class="icon-button" type="submit" aria-label=label><Icon name=icon/></button>
            </form>
        }
    })
}

/// One of them: its fields, and its end.
#[component]
pub fn TrackPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: TrackId = ssr::param("track")?;
        let page = agenda::editor(&services, viewer.signed_in()?, &slug).await?;
        if !page.can_change {
            return Err(Conflict::EventArchived.into());
        }
        let place = page.agenda.tracks.iter().find(|place| place.id == id).cloned();
        let place = place.ok_or(ServiceError::NOT_FOUND)?;
        let form = ssr::take_flash().await?;
        let list = format!("{}/tracks", editor_path(&slug));
        let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
        let stored = TrackFields { name: Some(place.name.clone()), colour: Some(place.colour.clone()) };
        let delete = view! {
            <section class="section" aria-labelledby="delete">
                <h2 id="delete">"Delete"</h2>
                <form class="form-line" method="post" action="/api/tracks/delete">
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="track" value=id.to_string()/>
                    <p class="meta">"Its sessions stay. This can't be undone."</p>
                    <Button kind=ButtonKind::Danger>"Delete"</Button>
                </form>
            </section>
        };
        Ok(view! {
            <ManageFrame
                page=page title=place.name.clone() path=format!("{list}/{id}") back=(list, "Tracks") form=form.clone()
                labels=LABELS.to_vec()
            >
                <Form action="/api/tracks/save" guarded=true>
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="track" value=id.to_string()/>
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
fn FieldSet(form: Flash, stored: TrackFields) -> impl IntoView {
    let text =
        |field: &str, stored: Option<String>| form.value_or(field, stored.as_deref().unwrap_or_default());
    view! {
        <TextField
            name="name" label="Name" required=true maxlength=60 autocomplete="off"
            value=text("name", stored.name) error=form.error("name")
        />
        <TextField
            name="colour" label="Colour" input_type="color" required=true
            value=text("colour", stored.colour) error=form.error("colour")
        />
    }
}

#[cfg(test)]
mod tests {
    use super::{COLOURS, next_colour};

    #[test]
    fn a_new_track_begins_with_a_colour_that_is_free_while_there_is_one() {
        assert_eq!(next_colour(&[]), COLOURS[0]);
        assert_eq!(next_colour(&["#2f7f79", COLOURS[2]]), COLOURS[1]);
        assert_eq!(next_colour(&COLOURS), COLOURS[0], "then they come again");
    }
}
