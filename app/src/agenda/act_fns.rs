#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use domain::agenda::Saved;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::frame::{editor_path, session_id, session_path},
    super::notice::AgendaNotice,
    super::own_marks::anchor,
    crate::flash::{Notice, Undo},
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    domain::agenda::{SessionStatus, change_to},
    services::agenda::{self, Move},
};

/// Moves a session to another time and venue room; answers what it clashes with there. Who dropped it on the grid goes on
/// there (`back=grid`); what is refused has its fields on the session's page.
/// An undo says from where (`from`, as `starts_at`, or `none`), so that it takes back nobody else's move, and until when a
/// session was that has no time now (`ends_at`).
#[server(endpoint = "agenda/move_session", input = PostForm)]
pub async fn move_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] starts_at: String,
    #[server(default)] venue_room: String,
    #[server(default)] snap: String,
    #[server(default)] from: String,
    #[server(default)] ends_at: String,
    #[server(default)] back: String,
) -> Result<Saved, CallError> {
    let page = session_path(&event, &session);
    let kept = Form::at(page.clone())
        .keep("starts_at", &starts_at)
        .keep("venue_room", &venue_room)
        .keep("snap", &snap);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, session_id(&session)?);
        let to = Move { starts_at, venue_room, snap, from, ends_at };
        let (saved, was) = agenda::move_to(&services, person, &event, id, &to).await?;
        let session =
            [("event", event.as_str()), ("session", &session), ("from", &was.from), ("back", &back)];
        let undo = if was.starts_at.is_empty() {
            Undo::new("/api/agenda/unschedule_session", &session)
        } else {
            let place = [("starts_at", was.starts_at.as_str()), ("venue_room", &was.venue_room)];
            Undo::new("/api/agenda/move_session", &[session.as_slice(), &place].concat())
        };
        let next = if back == "grid" { format!("{}#{}", editor_path(&event), anchor(id)) } else { page };
        let notice = if saved.warnings.is_empty() {
            Notice::Agenda(AgendaNotice::SessionMoved)
        } else {
            Notice::Agenda(AgendaNotice::SavedWithClashes)
        };
        Ok(Done::new(saved, next).notice(notice).undo(Some(undo)))
    })
    .await
}

/// Takes a session out of the days, into the tray. Who dropped it there goes on there (`back=grid`).
#[server(endpoint = "agenda/unschedule_session", input = PostForm)]
pub async fn unschedule_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] from: String,
    #[server(default)] back: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let (_, was) = agenda::unschedule(&services, person, &event, session_id(&session)?, &from).await?;
        let undo = was.map(|was| {
            let fields = [
                ("event", event.as_str()),
                ("session", &session),
                ("starts_at", &was.starts_at),
                ("ends_at", &was.ends_at),
                ("venue_room", &was.venue_room),
                ("from", &was.from),
                ("back", &back),
            ];
            Undo::new("/api/agenda/move_session", &fields)
        });
        let next = if back == "grid" { format!("{}#tray", editor_path(&event)) } else { page };
        Ok(Done::new((), next).notice(Notice::Agenda(AgendaNotice::SessionUnscheduled)).undo(undo))
    })
    .await
}

/// Starts, ends, cancels or reinstates a session.
#[server(endpoint = "agenda/set_session_status", input = PostForm)]
pub async fn set_session_status(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] status: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let id = session_id(&session)?;
        let status = SessionStatus::from_stored(&status)
            .ok_or_else(|| FieldErrors::one("status", "Choose what becomes of it."))?;
        let Some(changed) = agenda::set_status(&services, person, &event, id, status).await? else {
            return Ok(Done::new((), page).notice(Notice::Saved));
        };
        let undo = change_to(status, changed.from).is_ok().then(|| {
            let fields =
                [("event", event.as_str()), ("session", &session), ("status", changed.from.as_str())];
            Undo::new("/api/agenda/set_session_status", &fields)
        });
        let notice = match status {
            SessionStatus::Scheduled | SessionStatus::Cancelled if changed.is_held => {
                AgendaNotice::StatusHeld
            }
            SessionStatus::Scheduled => AgendaNotice::SessionScheduled,
            SessionStatus::Live => AgendaNotice::SessionStarted,
            SessionStatus::Completed => AgendaNotice::SessionEnded,
            SessionStatus::Cancelled => AgendaNotice::SessionCancelled,
        };
        Ok(Done::new((), page).notice(Notice::Agenda(notice)).undo(undo))
    })
    .await
}

/// Hides a session with its rooms; for ten minutes it can be brought back.
#[server(endpoint = "agenda/delete_session", input = PostForm)]
pub async fn delete_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
) -> Result<(), CallError> {
    let page = editor_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        agenda::delete(&services, person, &event, session_id(&session)?).await?;
        Ok(Done::new((), page).notice(Notice::DeletedForNow))
    })
    .await
}

/// Brings a deleted session back.
#[server(endpoint = "agenda/restore_session", input = PostForm)]
pub async fn restore_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
) -> Result<(), CallError> {
    let page = editor_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        agenda::restore(&services, person, &event, session_id(&session)?).await?;
        Ok(Done::new((), page).notice(Notice::BroughtBack))
    })
    .await
}
