use domain::agenda::SessionSpeakerRole;
use domain::ids::{AgendaSessionId, TrackId, UserId, VenueRoomId};
use domain::{AppError, FieldErrors};
use leptos::prelude::*;
use services::ServiceError;
use services::agenda::EditorPage;

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::form::FormErrors;

/// Path of an event's agenda editor, from its address as somebody typed it.
pub(super) fn editor_path(event: &str) -> String {
    format!("/events/{}/manage/agenda", ssr::encoded(event))
}

/// Path of one session in the editor.
pub(super) fn session_path(event: &str, session: &str) -> String {
    format!("{}/{}", editor_path(event), ssr::encoded(session))
}

pub(super) fn session_id(text: &str) -> Result<AgendaSessionId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

pub(super) fn venue_room_id(text: &str) -> Result<VenueRoomId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

pub(super) fn track_id(text: &str) -> Result<TrackId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

pub(super) fn speaker_id(text: &str) -> Result<UserId, ServiceError> {
    text.parse()
        .map_err(|_| FieldErrors::one("speaker", "Choose somebody who takes part in this event.").into())
}

pub(super) fn read_speaker_role(text: &str) -> Result<SessionSpeakerRole, ServiceError> {
    match text.trim() {
        "" => Ok(SessionSpeakerRole::Speaker),
        role => SessionSpeakerRole::from_stored(role)
            .ok_or_else(|| FieldErrors::one("role", "Choose a role.").into()),
    }
}

pub(super) fn version_of(text: &str) -> Result<i32, ServiceError> {
    text.parse().map_err(|_| FieldErrors::one("version", "Load this page again and retry.").into())
}

/// One of the organizers' pages about the agenda: kicker back to where it belongs, title, and what is wrong.
#[component]
pub(super) fn ManageFrame(
    page: EditorPage,
    /// Of the page, without that of the event.
    #[prop(into)]
    title: String,
    #[prop(into)] path: String,
    /// Where the kicker leads, and its words.
    back: (String, &'static str),
    form: Flash,
    #[prop(default = Vec::new())] labels: Vec<(&'static str, &'static str)>,
    #[prop(optional_no_strip)] actions: Option<AnyView>,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let errors = form.errors().cloned().unwrap_or_default();
    view! {
        <EventLayout
            head=Head::new(format!("{title} · {}", page.head.title), path)
            viewer=ssr::viewer()
            flash=form
            event=frame(&page.head, page.role, &[])
            current=EventTab::Manage
            wide=wide
        >
            <header class="page-head page-head-split">
                <div>
                    <p class="page-kicker"><a href=back.0>{back.1}</a></p>
                    <h1>{title}</h1>
                </div>
                {actions.map(|actions| view! { <div class="form-actions">{actions}</div> })}
            </header>
            <FormErrors errors=errors labels=labels/>
            {children()}
        </EventLayout>
    }
    .into_any()
}
