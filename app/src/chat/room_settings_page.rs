use domain::chat::SlowMode;
use domain::ids::ChatRoomId;
use leptos::prelude::*;
use services::chat::{self, BoardRoom};

use super::room_board_page::{activity, state};
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

/// The labels of the fields, in order, for the error summary.
const LABELS: [(&str, &str); 3] =
    [("name", "Name"), ("description", "Description"), ("seconds", "Slow mode")];

/// One room: open or closed, slow mode, and for organizers its name and its end.
#[component]
pub fn RoomSettingsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: ChatRoomId = ssr::param("room")?;
        let (board, room) = chat::room_of_board(&services, viewer.signed_in()?, &slug, id).await?;
        let form = ssr::take_flash().await?;
        let rooms = format!("/events/{slug}/manage/rooms");
        let edits = board.can_manage && !room.is_of_session;
        let deletes = board.can_delete && !room.is_of_session;
        Ok(view! {
            <EventLayout
                head=Head::new(format!("{} · Rooms · {}", room.name, board.head.title), format!("{rooms}/{id}"))
                viewer=viewer
                flash=form.clone()
                event=frame(&board.head, board.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=rooms>"Rooms"</a></p>
                    <h1>{room.name.clone()}</h1>
                    <p class="meta">{room.kind.audience()}" · "{activity(&room)}" "{state(&room)}</p>
                    <p><a href=format!("/events/{slug}/rooms/{id}")>"Go to the room"</a></p>
                </header>
                <FormErrors errors=form.errors().cloned().unwrap_or_default() labels=LABELS.to_vec()/>
                <OpenOrClosed slug=slug.clone() room=room.clone()/>
                <Slow slug=slug.clone() room=room.clone() form=form.clone()/>
                {edits.then(|| view! { <Details slug=slug.clone() room=room.clone() form=form/> })}
                {deletes.then(|| view! { <Delete slug=slug room=room/> })}
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn OpenOrClosed(slug: String, room: BoardRoom) -> impl IntoView {
    let (value, words, about) = if room.is_enabled {
        ("no", "Close room", "Everybody goes on reading; only organizers write.")
    } else {
        ("yes", "Open room", "Everybody in it writes again.")
    };
    view! {
        <section class="section" aria-labelledby="open">
            <h2 id="open">"Open or closed"</h2>
            <p class="meta">{about}</p>
            <Form action="/api/chat/set_room_open">
                <HiddenField name="event" value=slug/>
                <HiddenField name="room" value=room.id.to_string()/>
                <HiddenField name="open" value=value/>
                <Button kind=ButtonKind::Secondary>{words}</Button>
            </Form>
        </section>
    }
}

#[component]
fn Slow(slug: String, room: BoardRoom, form: Flash) -> impl IntoView {
    let times = SlowMode::CHOICES.map(|(seconds, words)| (seconds.to_string(), words.to_owned())).to_vec();
    view! {
        <section class="section" aria-labelledby="slow">
            <h2 id="slow">"Slow mode"</h2>
            <Form action="/api/chat/set_slow_mode">
                <HiddenField name="event" value=slug/>
                <HiddenField name="room" value=room.id.to_string()/>
                <SelectField
                    name="seconds" label="Between two messages" required=true options=times
                    hint="Members wait this long; moderators don't."
                    value=form.value_or("seconds", &room.slow_mode_seconds.to_string()) error=form.error("seconds")
                />
                <Button kind=ButtonKind::Secondary>"Save"</Button>
            </Form>
        </section>
    }
}

#[component]
fn Details(slug: String, room: BoardRoom, form: Flash) -> impl IntoView {
    let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
    view! {
        <section class="section" aria-labelledby="details">
            <h2 id="details">"Name and description"</h2>
            <Form action="/api/chat/save_room" guarded=true>
                <HiddenField name="event" value=slug/>
                <HiddenField name="room" value=room.id.to_string()/>
                <HiddenField name="version" value=room.version.to_string()/>
                <TextField
                    name="name" label="Name" required=true minlength=3 maxlength=100 autocomplete="off"
                    value=form.value_or("name", &room.name) error=form.error("name")
                />
                <TextArea
                    name="description" label="Description" rows=2 maxlength=500
                    value=form.value_or("description", room.description.as_deref().unwrap_or_default())
                    error=form.error("description")
                />
                <Button>{save}</Button>
            </Form>
        </section>
    }
}

#[component]
fn Delete(slug: String, room: BoardRoom) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="delete">
            <h2 id="delete">"Delete"</h2>
            <p class="meta">"The room and all that was said in it disappear at once. You can bring it back for ten minutes."</p>
            <Form action="/api/chat/delete_room">
                <HiddenField name="event" value=slug/>
                <HiddenField name="room" value=room.id.to_string()/>
                <Button kind=ButtonKind::Danger>"Delete room"</Button>
            </Form>
        </section>
    }
}
