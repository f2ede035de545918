use domain::chat::{RoomKind, SlowMode};
use leptos::prelude::*;
use services::chat::{self, BoardRoom, RoomBoard};

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::icon::Icon;
use crate::ui::notice::NoticeKind;
use crate::ui::time::LocalTime;

/// The labels of the fields, in order, for the error summary.
const LABELS: [(&str, &str); 3] =
    [("kind", "Who is in it"), ("name", "Name"), ("description", "Description")];

/// The rooms of an event with state and activity, for those who run them.
#[component]
pub fn RoomBoardPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let board = chat::room_board(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/rooms");
        let form_key = services.rng.id(services.clock.now()).to_string();
        let (own, of_sessions): (Vec<_>, Vec<_>) =
            board.rooms.iter().cloned().partition(|room| !room.is_of_session);
        let sessions = (!of_sessions.is_empty()).then(|| {
            view! {
                <section class="section" aria-labelledby="sessions">
                    <h2 id="sessions">"Rooms of sessions"</h2>
                    <ul class="rows" role="list">{rows(&path, &slug, &of_sessions, false)}</ul>
                </section>
            }
        });
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Rooms · {}", board.head.title), path.clone())
                viewer=viewer
                flash=form.clone()
                event=frame(&board.head, board.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href=format!("/events/{slug}/rooms")>"Chat"</a></p>
                        <h1>"Rooms"</h1>
                    </div>
                    {board.can_manage.then(|| all_public(&slug))}
                </header>
                <FormErrors errors=form.errors().cloned().unwrap_or_default() labels=LABELS.to_vec()/>
                <ul class="rows" role="list">{rows(&path, &slug, &own, board.can_manage)}</ul>
                {board.can_manage.then(|| view! { <Add slug=slug.clone() form=form form_key=form_key/> })}
                {sessions}
                <JustDeleted slug=slug board=board/>
            </EventLayout>
        }
        .into_any())
    })
}

/// Both ways, as one is the undoing of the other.
fn all_public(slug: &str) -> impl IntoView + use<> {
    view! {
        <div class="form-actions">
            <form method="post" action="/api/chat/close_public_rooms">
                <HiddenField name="event" value=slug/>
                <Button kind=ButtonKind::Secondary>"Close all public"</Button>
            </form>
            <form method="post" action="/api/chat/open_public_rooms">
                <HiddenField name="event" value=slug/>
                <Button kind=ButtonKind::Quiet>"Open them again"</Button>
            </form>
        </div>
    }
}

fn rows(path: &str, slug: &str, rooms: &[BoardRoom], can_order: bool) -> impl IntoView + use<> {
    let row = |(index, room): (usize, &BoardRoom)| {
        let neighbour = |index: Option<usize>| {
            index.and_then(|index| rooms.get(index)).filter(|other| can_order && other.kind == room.kind)
        };
        let up = neighbour(index.checked_sub(1))
            .map(|_| neighbour(index.checked_sub(2)).map(|other| other.id.to_string()).unwrap_or_default());
        let down = neighbour(Some(index + 1)).map(|other| other.id.to_string());
        let steps = can_order.then(|| {
            view! {
                <form class="row-end" method="post" action="/api/chat/move_room">
                    <HiddenField name="event" value=slug/>
                    <HiddenField name="room" value=room.id.to_string()/>
                    {step(up, "arrow-up", format!("Move {} up", room.name))}
                    {step(down, "arrow-down", format!("Move {} down", room.name))}
                </form>
            }
        });
        view! {
            <li class="row">
                <div class="row-body">
                    <p><a class="row-title" href=format!("{path}/{}", room.id)>{room.name.clone()}</a>" "{state(room)}</p>
                    <p class="meta">{room.kind.audience()}" · "{activity(room)}</p>
                </div>
                {steps}
            </li>
        }
    };
    rooms.iter().enumerate().map(row).collect_view()
}

fn step(after: Option<String>, icon: &'static str, label: String) -> impl IntoView {
    after.map(|after| {
        view! {
            <button class="icon-button" type="submit" name="after" value=after aria-label=label>
                <Icon name=icon/>
            </button>
        }
    })
}

pub(super) fn state(room: &BoardRoom) -> impl IntoView + use<> {
    let slow = (room.slow_mode_seconds > 0)
        .then(|| format!("Slow mode: {}", SlowMode::in_words(room.slow_mode_seconds)));
    view! {
        {(!room.is_enabled).then(|| view! { <Badge text="Closed" kind=NoticeKind::Warn/> })}
        {slow.map(|slow| view! { " "<Badge text=slow/> })}
    }
}

pub(super) fn activity(room: &BoardRoom) -> impl IntoView + use<> {
    let messages = match room.posts {
        0 => "No messages yet".to_owned(),
        1 => "1 message".to_owned(),
        posts => format!("{posts} messages"),
    };
    view! {
        {messages}
        {room.last_post_at.map(|at| view! { ", the last "<LocalTime at=at/> })}
        {room.here.filter(|here| *here > 0).map(|here| format!(" · {here} here"))}
    }
}

#[component]
fn Add(slug: String, form: Flash, form_key: String) -> impl IntoView {
    let kinds =
        RoomKind::OF_EVENT.map(|kind| (kind.as_str().to_owned(), kind.audience().to_owned())).to_vec();
    view! {
        <section class="section" aria-labelledby="add">
            <h2 id="add">"Add a room"</h2>
            <Form action="/api/chat/create_room">
                <HiddenField name="event" value=slug/>
                <HiddenField name="form_key" value=form.value_or("form_key", &form_key)/>
                <SelectField
                    name="kind" label="Who is in it" required=true options=kinds
                    value=form.value_or("kind", RoomKind::Global.as_str()) error=form.error("kind")
                />
                <TextField
                    name="name" label="Name" required=true minlength=3 maxlength=100 autocomplete="off"
                    value=form.value("name") error=form.error("name")
                />
                <TextArea
                    name="description" label="Description" rows=2 maxlength=500
                    value=form.value("description") error=form.error("description")
                />
                <Button>"Add room"</Button>
            </Form>
        </section>
    }
}

/// What was deleted in the last ten minutes, each with the way back.
#[component]
fn JustDeleted(slug: String, board: RoomBoard) -> impl IntoView {
    let is_any = !board.deleted.is_empty();
    let rows = board
        .deleted
        .into_iter()
        .map(|room| {
            view! {
                <li class="row">
                    <p class="row-body">{room.name.clone()}</p>
                    <form class="row-end" method="post" action="/api/chat/restore_room">
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name="room" value=room.id.to_string()/>
                        <Button kind=ButtonKind::Secondary>
                            "Bring back"<span class="visually-hidden">{format!(" {}", room.name)}</span>
                        </Button>
                    </form>
                </li>
            }
        })
        .collect_view();
    is_any.then(|| {
        view! {
            <section class="section" aria-labelledby="deleted">
                <h2 id="deleted">"Just deleted"</h2>
                <p class="meta">"You can bring it back for ten minutes."</p>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}
