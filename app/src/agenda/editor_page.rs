use domain::agenda::{EventDays, SessionStatus, Snap, Warning};
use leptos::prelude::*;
use services::agenda::{self, AgendaSession, Deleted, EditorPage};

use super::day_grid::{DayGrid, GridLink};
use super::frame::{ManageFrame, editor_path};
use super::zone::ShownZone;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::notice::{Notice, NoticeKind};

/// The days of an event with all sessions and the tray, for its organizers.
#[component]
pub fn AgendaEditorPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = agenda::editor(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let path = editor_path(&slug);
        let actions = page.can_change.then(|| {
            view! {
                <LinkButton href=format!("{path}/import") kind=ButtonKind::Secondary icon="arrow-up">"Import"</LinkButton>
                <LinkButton href=format!("{path}/rooms") kind=ButtonKind::Secondary icon="map-pin">"Rooms"</LinkButton>
                <LinkButton href=format!("{path}/tracks") kind=ButtonKind::Secondary icon="hash">"Tracks"</LinkButton>
                <LinkButton href=format!("{path}/new") icon="plus">"Add a session"</LinkButton>
            }
            .into_any()
        });
        let zone = ShownZone::of_event(&page.zone, page.head.start_date);
        let can_change = page.can_change;
        let is_empty = page.agenda.sessions.is_empty();
        let days = EventDays { first: page.head.start_date, last: page.head.end_date };
        let now = services.clock.now();
        let grids = days
            .all()
            .map(|(number, date)| {
                let of_day = |session: &&AgendaSession| {
                    session.times.is_some_and(|times| zone.local(times.starts_at()).date() == date)
                };
                let sessions: Vec<AgendaSession> =
                    page.agenda.sessions.iter().filter(of_day).cloned().collect();
                let rooms = page.agenda.rooms.clone();
                view! {
                    <DayGrid
                        number=number date=date sessions=sessions rooms=rooms zone=zone.clone() now=now
                        link=GridLink::Editor { slug: slug.clone(), can_change: page.can_change }
                    />
                }
            })
            .collect_view();
        let back = format!("/events/{slug}/manage");
        Ok(view! {
            <ManageFrame page=page.clone() title="Agenda" path=path back=(back, "Manage") form=form actions=actions wide=true>
                <p class="meta">{format!("Times of {}.", zone.words())}</p>
                {is_empty.then(|| view! {
                    <EmptyState title="No sessions yet" text="Add the first one; it needs no time yet." icon="calendar-days"/>
                })}
                <HeldChanges slug=slug.clone() page=page.clone()/>
                <Clashes slug=slug.clone() page=page.clone()/>
                <Tray slug=slug.clone() page=page.clone()/>
                {(!is_empty && can_change).then(|| view! { <SnapChoice/> })}
                {(!is_empty).then_some(grids)}
                <JustDeleted slug=slug deleted=page.deleted.clone()/>
            </ManageFrame>
        }
        .into_any())
    })
}

/// How many sessions will be otherwise than everybody else sees them, and the way to let that out.
#[component]
fn HeldChanges(slug: String, page: EditorPage) -> impl IntoView {
    let held = page.agenda.sessions.iter().filter(|session| session.is_held).count();
    (held > 0).then(|| {
        let text = if held == 1 {
            "Changes of one session are held. Everybody else sees it as it was.".to_owned()
        } else {
            format!("Changes of {held} sessions are held. Everybody else sees them as they were.")
        };
        view! {
            <Notice kind=NoticeKind::Info>
                <form class="form-line" method="post" action="/api/attending/release_changes">
                    <HiddenField name="event" value=slug/>
                    <p>{text}</p>
                    {page.can_change.then(|| view! { <Button kind=ButtonKind::Secondary>"Release changes"</Button> })}
                </form>
            </Notice>
        }
    })
}

/// To which step a dragged session snaps; scripts show and read it.
#[component]
fn SnapChoice() -> impl IntoView {
    let options = Snap::ALL
        .iter()
        .map(|snap| {
            let minutes = snap.minutes().to_string();
            view! { <option value=minutes.clone() selected=*snap == Snap::Fifteen>{format!("{minutes} minutes")}</option> }
        })
        .collect_view();
    view! {
        <div class="snap-choice" data-needs-script="" hidden=true>
            <label for="snap">"Dragged sessions snap to"</label>
            <select class="input" id="snap" data-snap="">{options}</select>
        </div>
    }
}

/// Every clash in a sentence, with the way to the session to move.
#[component]
fn Clashes(slug: String, page: EditorPage) -> impl IntoView {
    let lines: Vec<(String, String, Warning)> = page
        .agenda
        .clashes()
        .into_iter()
        .filter_map(|clash| {
            let session = page.agenda.session(clash.second)?;
            let warning = page.agenda.warning(clash, clash.second)?;
            let href = format!("/events/{slug}/manage/agenda/{}#move", clash.second);
            Some((href, session.title.clone(), warning))
        })
        .collect();
    (!lines.is_empty()).then(|| {
        let count = lines.len();
        let items = lines
            .into_iter()
            .map(|(href, title, warning)| view! { <li><a href=href>{title}</a>": "{warning.text()}</li> })
            .collect_view();
        view! {
            <section class="section agenda-clashes" aria-labelledby="clashes">
                <h2 id="clashes">{if count == 1 { "One clash".to_owned() } else { format!("{count} clashes") }}</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}

/// Sessions without a time.
#[component]
fn Tray(slug: String, page: EditorPage) -> impl IntoView {
    let waiting: Vec<&AgendaSession> =
        page.agenda.sessions.iter().filter(|session| session.times.is_none()).collect();
    let is_empty = waiting.is_empty();
    (!is_empty || page.can_change).then(|| {
        let rows = waiting
            .iter()
            .map(|session| {
                let href = format!("/events/{slug}/manage/agenda/{}", session.id);
                let state = match session.status {
                    SessionStatus::Cancelled => " · cancelled",
                    SessionStatus::Scheduled | SessionStatus::Live | SessionStatus::Completed => "",
                };
                view! {
                    <li class="row" draggable=page.can_change.then_some("true") data-session=session.id.to_string()>
                        <div class="row-body">
                            <a class="row-title" draggable="false" href=href.clone()>{session.title.clone()}</a>
                            <p class="meta">{session.kind.label()}{state}</p>
                        </div>
                        {page.can_change.then(|| view! {
                            <a class="row-end" href=format!("{href}#move")>
                                "Give it a time"<span class="visually-hidden">{format!(": {}", session.title)}</span>
                            </a>
                        })}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section
                class=if is_empty { "section tray tray-empty" } else { "section tray" } aria-labelledby="tray"
                data-tray=page.can_change.then(|| slug.clone())
            >
                <h2 id="tray">"Without a time"</h2>
                <p class="meta">
                    {if is_empty { "Nothing waits here. A session that is dropped here loses its time." } else { "Only organizers see these." }}
                </p>
                {(!is_empty).then(|| view! { <ul class="rows" role="list">{rows}</ul> })}
            </section>
        }
    })
}

/// What was deleted in the last ten minutes, each with the way back.
#[component]
fn JustDeleted(slug: String, deleted: Vec<Deleted>) -> impl IntoView {
    (!deleted.is_empty()).then(|| {
        let rows = deleted
            .into_iter()
            .map(|session| {
                view! {
                    <li class="row">
                        <p class="row-body">{session.title.clone()}</p>
                        <form class="row-end" method="post" action="/api/agenda/restore_session">
                            <HiddenField name="event" value=slug.clone()/>
                            <HiddenField name="session" value=session.id.to_string()/>
                            <Button kind=ButtonKind::Secondary>
                                "Bring back"<span class="visually-hidden">{format!(" {}", session.title)}</span>
                            </Button>
                        </form>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="deleted">
                <h2 id="deleted">"Just deleted"</h2>
                <p class="meta">"You can bring it back for ten minutes."</p>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}
