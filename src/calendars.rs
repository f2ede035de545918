//! Calendars and lists as files. Pages are HTML, so these have routes of their own.

use axum::extract::{Extension, Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::{AppError, Viewer};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use services::attendees::{self, PeopleFilter};
use services::moderation::{self, LogFilter};
use services::{Outcome, Services, attending, calendars};

use crate::endpoints::{Access, Endpoints};

/// Files of an event, for who sees it.
pub fn of_viewers(services: &Services) -> Endpoints {
    Endpoints::default()
        .get("/events/{event}/agenda.ics", Access::Viewers, all_sessions)
        .get("/events/{event}/calendar.ics", Access::Viewers, whole_event)
        .get("/events/{event}/sessions/{session}/calendar.ics", Access::Viewers, one_session)
        .get("/events/{event}/sessions/{session}/sign-ups.csv", Access::SignedIn, attendance)
        .get("/events/{event}/manage/people.csv", Access::SignedIn, people)
        .get("/events/{event}/manage/log.csv", Access::SignedIn, moderation_log)
        .with_state(services.clone())
}

/// The calendar behind a secret address: calendars bring no cookie.
pub fn of_holders(services: &Services) -> Endpoints {
    Endpoints::default().get("/calendar/{token}", Access::Holders, personal).with_state(services.clone())
}

async fn all_sessions(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path(event): Path<String>,
) -> Response {
    calendar(calendars::all_sessions(&services, &viewer, &event).await, "agenda.ics")
}

async fn whole_event(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path(event): Path<String>,
) -> Response {
    calendar(calendars::whole_event(&services, &viewer, &event).await, "event.ics")
}

async fn one_session(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path((event, session)): Path<(String, String)>,
) -> Response {
    let file = match session.parse() {
        Ok(session) => calendars::one_session(&services, &viewer, &event, session).await,
        Err(_) => Err(AppError::NotFound.into()),
    };
    calendar(file, "session.ics")
}

async fn personal(State(services): State<Services>, Path(file): Path<String>) -> Response {
    let calendar_file = match file.strip_suffix(".ics") {
        Some(secret) => calendars::personal(&services, secret).await,
        None => Err(AppError::NotFound.into()),
    };
    calendar(calendar_file, "my-sessions.ics")
}

async fn attendance(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path((event, session)): Path<(String, String)>,
) -> Response {
    let table = match (viewer.signed_in(), session.parse()) {
        (Ok(person), Ok(session)) => attending::attendance_csv(&services, person, &event, session).await,
        (Err(error), _) => Err(error.into()),
        (Ok(_), Err(_)) => Err(AppError::NotFound.into()),
    };
    file(table, "text/csv; charset=utf-8", "attendance.csv")
}

/// What the table of people is narrowed by, as in its own address.
#[derive(Debug, Default, Deserialize)]
struct PeopleQuery {
    search: Option<String>,
    role: Option<String>,
    view: Option<String>,
    sort: Option<String>,
}

async fn people(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path(event): Path<String>,
    Query(asked): Query<PeopleQuery>,
) -> Response {
    let as_text = Option::as_deref;
    let filter = PeopleFilter::parse(
        as_text(&asked.search),
        as_text(&asked.role),
        as_text(&asked.view),
        as_text(&asked.sort),
    );
    let table = match (viewer.signed_in(), filter) {
        (Ok(person), Ok(filter)) => attendees::people_csv(&services, person, &event, &filter).await,
        (Err(error), _) => Err(error.into()),
        (Ok(_), Err(errors)) => Err(errors.into()),
    };
    file(table, "text/csv; charset=utf-8", "people.csv")
}

/// What the moderators' log is narrowed by, as in its own address.
#[derive(Debug, Default, Deserialize)]
struct LogQuery {
    action: Option<String>,
    person: Option<String>,
    search: Option<String>,
}

async fn moderation_log(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path(event): Path<String>,
    Query(asked): Query<LogQuery>,
) -> Response {
    let filter = LogFilter::parse(asked.action.as_deref(), asked.person.as_deref(), asked.search.as_deref());
    let table = match (viewer.signed_in(), filter) {
        (Ok(person), Ok(filter)) => moderation::log_csv(&services, person, &event, &filter).await,
        (Err(error), _) => Err(error.into()),
        (Ok(_), Err(errors)) => Err(errors.into()),
    };
    file(table, "text/csv; charset=utf-8", "moderation.csv")
}

fn calendar(text: Outcome<String>, name: &str) -> Response {
    file(text, "text/calendar; charset=utf-8", name)
}

pub(crate) fn file(text: Outcome<String>, kind: &'static str, name: &str) -> Response {
    match text {
        Ok(text) => {
            let disposition = format!("attachment; filename=\"{name}\"");
            let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)];
            (headers, [(CACHE_CONTROL, "private, no-store")], text).into_response()
        }
        Err(error) => {
            let error = app::ssr::shown(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(CACHE_CONTROL, "no-store")], error.to_string()).into_response()
        }
    }
}
