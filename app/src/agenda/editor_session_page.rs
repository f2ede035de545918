use domain::agenda::{SessionStatus, Snap, Warning, change_to};
use domain::events::EventStatus;
use domain::ids::AgendaSessionId;
use leptos::prelude::*;
use services::agenda::{self, SessionEditor};

use super::frame::{ManageFrame, editor_path};
use super::new_session_page::CheckButton;
use super::session_field_set::{ClashLines, LABELS, SessionFieldSet, room_options};
use super::speaker_parts::SpeakerParts;
use crate::flash::Flash;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{HiddenField, SelectField};
use crate::ui::form::Form;
use crate::ui::notice::{Notice, NoticeKind};

/// One session, for organizers: clashes, status, place, speakers, its fields and its end.
///
/// After a stale edit the form keeps what was typed and carries the newest version, so that saving again is a
/// decision and not an accident.
#[component]
pub fn EditSessionPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: AgendaSessionId = ssr::param("session")?;
        let person = viewer.signed_in()?;
        let search = ssr::query("find").unwrap_or_default();
        let editor = agenda::open_in_editor(&services, person, &slug, id, &search).await?;
        let form = ssr::take_flash().await?;
        let found = editor.found.clone();
        let path = editor_path(&slug);
        let can_change = editor.page.can_change;
        let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
        let clashes: Vec<String> = editor.page.agenda.warnings(id).iter().map(Warning::text).collect();
        let public = format!("/events/{slug}/sessions/{id}");
        let (sign_ups, stream) = (format!("{public}/sign-ups"), format!("{path}/{id}/stream"));
        let actions = view! {
            {can_change.then(|| view! {
                <LinkButton href=stream kind=ButtonKind::Secondary icon="monitor">"Stream"</LinkButton>
                <LinkButton href=sign_ups kind=ButtonKind::Secondary icon="users">"Sign-ups"</LinkButton>
            })}
            <LinkButton href=public kind=ButtonKind::Secondary icon="eye">"Its page"</LinkButton>
        };
        let parts = view! {
            <SpeakerParts slug=slug.clone() session=editor.session.clone() can_change=can_change search=search found=found/>
        };
        let ending = can_change.then(|| view! { <Ending slug=slug.clone() editor=editor.clone()/> });
        Ok(view! {
            <ManageFrame
                page=editor.page.clone() title=editor.session.title.clone() path=format!("{path}/{id}")
                back=(path, "Agenda") form=form.clone() labels=LABELS.to_vec() actions=Some(actions.into_any())
            >
                <ClashLines lines=clashes/>
                {editor.session.is_held.then(|| view! {
                    <Notice kind=NoticeKind::Info>
                        <p>"Its changes are held. Everybody else sees it as it was, until you release them with all others on the agenda's page."</p>
                    </Notice>
                })}
                {can_change.then(|| view! {
                    <StatusButtons slug=slug.clone() editor=editor.clone()/>
                    <MoveForm slug=slug.clone() editor=editor.clone() form=form.clone()/>
                })}
                {parts}
                <section class="section" aria-labelledby="details">
                    <h2 id="details">"Details"</h2>
                    <Form action="/api/agenda/save_session" guarded=true>
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name="session" value=id.to_string()/>
                        <HiddenField name="version" value=editor.version.to_string()/>
                        <SessionFieldSet form=form stored=editor.fields.clone() page=editor.page.clone()/>
                        {can_change.then(|| view! {
                            <div class="form-actions"><Button>{save}</Button><CheckButton/></div>
                        })}
                    </Form>
                </section>
                {ending}
            </ManageFrame>
        }
        .into_any())
    })
}

/// The words on the button that leads from one status to another.
const fn verb(from: SessionStatus, to: SessionStatus) -> &'static str {
    match (from, to) {
        (SessionStatus::Completed, SessionStatus::Live) => "Open again",
        (_, SessionStatus::Live) => "Start",
        (SessionStatus::Live, SessionStatus::Scheduled) => "Take the start back",
        (_, SessionStatus::Scheduled) => "Reinstate",
        (_, SessionStatus::Completed) => "End",
        (_, SessionStatus::Cancelled) => "Cancel session",
    }
}

#[component]
fn StatusButtons(slug: String, editor: SessionEditor) -> impl IntoView {
    let from = editor.session.status;
    let buttons = SessionStatus::ALL
        .iter()
        .filter(|to| change_to(from, **to).is_ok())
        // Nothing starts before the event is published.
        .filter(|to| **to != SessionStatus::Live || editor.page.head.status == EventStatus::Published)
        .map(|to| {
            let kind = match to {
                SessionStatus::Cancelled => ButtonKind::Danger,
                SessionStatus::Scheduled | SessionStatus::Live | SessionStatus::Completed => {
                    ButtonKind::Secondary
                }
            };
            view! { <Button kind=kind name="status" value=to.as_str()>{verb(from, *to)}</Button> }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="status">
            <h2 id="status">"Status"</h2>
            <form class="form-line" method="post" action="/api/agenda/set_session_status">
                <HiddenField name="event" value=slug/>
                <HiddenField name="session" value=editor.session.id.to_string()/>
                <p>{from.label()}</p>
                {buttons}
            </form>
        </section>
    }
}

/// Another time and room; the length stays.
#[component]
fn MoveForm(slug: String, editor: SessionEditor, form: Flash) -> impl IntoView {
    let starts_at = editor.fields.starts_at.clone().unwrap_or_default();
    let first = format!("{}T09:00", editor.page.head.start_date);
    let starts_at = if starts_at.is_empty() { first } else { starts_at };
    let room = editor.fields.venue_room.clone().unwrap_or_default();
    let snaps = Snap::ALL.iter().map(|snap| {
        let minutes = snap.minutes().to_string();
        (minutes.clone(), format!("{minutes} minutes"))
    });
    let snaps = [(String::new(), "Exactly this time".to_owned())].into_iter().chain(snaps).collect();
    let id = editor.session.id.to_string();
    let unschedule = editor.session.times.is_some().then(|| {
        view! {
            <form class="form-line" method="post" action="/api/agenda/unschedule_session">
                <HiddenField name="event" value=slug.clone()/>
                <HiddenField name="session" value=id.clone()/>
                <Button kind=ButtonKind::Secondary>"Take off the agenda"</Button>
            </form>
        }
    });
    view! {
        <section class="section" id="move" aria-labelledby="move-title">
            <h2 id="move-title">"Move"</h2>
            <p class="meta">"In a published event, those who chose the session hear of changes about ten minutes later. What is taken back until then nobody hears of."</p>
            <Form action="/api/agenda/move_session">
                <HiddenField name="event" value=slug.clone()/>
                <HiddenField name="session" value=id.clone()/>
                <div class="field-row">
                    <div class="field">
                        <label class="field-label" for="move-starts">"New start"</label>
                        <input
                            class="input" id="move-starts" name="starts_at" type="datetime-local" required=true
                            value=form.value_or("starts_at", &starts_at)
                        />
                    </div>
                    <div class="field">
                        <label class="field-label" for="move-room">"New room"</label>
                        <select class="input" id="move-room" name="venue_room">
                            {room_options(&editor.page).into_iter().map(|(value, text)| {
                                let is_now = value == room;
                                view! { <option value=value selected=is_now>{text}</option> }
                            }).collect_view()}
                        </select>
                    </div>
                </div>
                <SelectField name="snap" label="Snap to" options=snaps value=form.value("snap") error=form.error("snap")/>
                <Button kind=ButtonKind::Secondary>"Move"</Button>
            </Form>
            {unschedule}
        </section>
    }
}

#[component]
fn Ending(slug: String, editor: SessionEditor) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="delete">
            <h2 id="delete">"Delete"</h2>
            <form class="form-line" method="post" action="/api/agenda/delete_session">
                <HiddenField name="event" value=slug/>
                <HiddenField name="session" value=editor.session.id.to_string()/>
                <p class="meta">"It disappears at once with its chat rooms. You can bring it back for ten minutes."</p>
                <Button kind=ButtonKind::Danger>"Delete session"</Button>
            </form>
        </section>
    }
}
