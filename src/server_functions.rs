//! The door of all server functions: Leptos runs them, here their failures get their right status.

use std::collections::BTreeMap;

use app::error::CallError;
use app::flash::Flash;
use app::ssr;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use domain::{AppError, FieldErrors};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER};
use http::{HeaderValue, StatusCode};
use server_fn::error::FromServerFnError as _;
use tower_sessions::Session;

use crate::form_with_file;
use crate::refusal::Refusal;
use crate::router::MAX_BODY_BYTES;

/// Set by Leptos on a failed call.
const ERROR_HEADER: &str = "serverfnerror";
/// The call that takes a table of sessions.
const IMPORT_PATH: &str = "/api/agenda/import";
/// The one that takes a list of addresses as a file.
const PREVIEW_PATH: &str = "/api/invitations/preview";
/// What that list is sent on with.
const SEND_PATH: &str = "/api/invitations/send";
/// A file of 5 MB and the fields beside it.
const MAX_IMPORT_BYTES: usize = 6 * 1024 * 1024;
/// The same once its characters are escaped as a plain form's, and what is read of one that is too large.
const MAX_READ_BYTES: usize = 3 * MAX_IMPORT_BYTES;
/// An error is one short JSON object.
const MAX_ERROR_BYTES: usize = 64 * 1024;

/// All server functions under their one door; `provide` gives each what it needs from its context.
pub fn routes<S: Clone + Send + Sync + 'static>(
    provide: impl Fn() + Clone + Send + Sync + 'static,
) -> Router<S> {
    let door = post(move |request: Request| call(provide.clone(), request));
    let with_file = || door.clone().layer(DefaultBodyLimit::max(MAX_READ_BYTES));
    Router::new()
        .route(IMPORT_PATH, with_file())
        .route(PREVIEW_PATH, with_file())
        .route(SEND_PATH, with_file())
        .route("/api/{*function}", door)
}

/// Runs one server function.
///
/// Leptos answers every failure with 500, and a plain form's with a redirect that carries the error in the URL,
/// where anybody could forge it. Functions of ours set their own status or redirect; what is left are calls that
/// could not be read, which are the caller's 422.
async fn call(provide: impl Fn() + Clone + Send + 'static, request: Request) -> Response {
    let known =
        server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()).is_some();
    if !known {
        return (StatusCode::NOT_FOUND, AppError::NotFound.to_string()).into_response();
    }
    let is_plain = request.headers().get(ACCEPT).is_some_and(|accept| contains(accept, "text/html"));
    let back = request.headers().get(REFERER).and_then(|referer| local_part(referer.to_str().ok()?));
    let (path, session) = (request.uri().path().to_owned(), request.extensions().get::<Session>().cloned());
    if is_too_large(&request) {
        let typed = form_with_file::typed_beside(request).await;
        return too_large(&path, session, is_plain, back, typed).await;
    }
    let request = match form_with_file::as_plain_form(request).await {
        Ok(request) => request,
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            return too_large(&path, session, is_plain, back, BTreeMap::new()).await;
        }
        Err(status) => return plain_page(status, "This form could not be read", back),
    };
    let response = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    if is_plain { without_error_in_url(response, back) } else { as_refusal(response).await }
}

/// A refusal under its status, with its sentence; everything else as it is.
async fn as_refusal(response: Response) -> Response {
    if !response.headers().contains_key(ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_ERROR_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let CallError(error) = CallError::de(bytes);
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    parts.headers.remove(CONTENT_LENGTH);
    let Ok(body) = serde_json::to_vec(&Refusal::from(&error)) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    Response::from_parts(parts, Body::from(body))
}

/// A form that could not be read at all left no flash behind: its answer is a plain page.
fn without_error_in_url(response: Response, back: Option<String>) -> Response {
    let forged = response.headers().get(LOCATION).is_some_and(|location| contains(location, "__err="));
    if !forged {
        return response;
    }
    plain_page(StatusCode::UNPROCESSABLE_ENTITY, "This form could not be read", back)
}

/// By what it says of itself; a body that grows beyond what it said is cut, and can't be read then.
fn is_too_large(request: &Request) -> bool {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let takes_list = [IMPORT_PATH, PREVIEW_PATH, SEND_PATH].contains(&request.uri().path());
    let most = if takes_list { MAX_IMPORT_BYTES } else { MAX_BODY_BYTES };
    length.is_some_and(|bytes: usize| bytes > most)
}

/// Calls with a file, and what is said at its field when it is too large.
const FILE_CALLS: [(&str, &str); 2] = [
    (IMPORT_PATH, "This file is too large: at most 5 MB."),
    (PREVIEW_PATH, "This file is too large: at most 5 MB and 5,000 rows."),
];

/// A form with a file is told at the field of the file, and gets back what was typed beside it; any other gets a plain
/// page.
async fn too_large(
    path: &str,
    session: Option<Session>,
    is_plain: bool,
    back: Option<String>,
    values: BTreeMap<String, String>,
) -> Response {
    let said = FILE_CALLS.iter().find(|(call, _)| *call == path).map(|(_, said)| *said);
    let Some(said) = said else {
        return plain_page(StatusCode::PAYLOAD_TOO_LARGE, "This form is too large", back);
    };
    let problem = AppError::Invalid(FieldErrors::one("file", said));
    if !is_plain {
        return (StatusCode::PAYLOAD_TOO_LARGE, axum::Json(Refusal::from(&problem))).into_response();
    }
    let (Some(session), Some(back)) = (session, back) else {
        return plain_page(StatusCode::PAYLOAD_TOO_LARGE, "This form is too large", None);
    };
    let flash = Flash { place: ssr::place(&back), problem: Some(problem), values, ..Flash::default() };
    match (ssr::leave_flash_in(&session, &flash).await, HeaderValue::from_str(&back)) {
        (Ok(()), Ok(back)) => (StatusCode::FOUND, [(LOCATION, back)]).into_response(),
        (Err(_), _) | (_, Err(_)) => {
            plain_page(StatusCode::PAYLOAD_TOO_LARGE, "This form is too large", None)
        }
    }
}

fn plain_page(status: StatusCode, title: &str, back: Option<String>) -> Response {
    let back = attribute(&back.unwrap_or_else(|| "/".to_owned()));
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title} · Atria</title>\
         <h1>{title}</h1><p>Nothing was changed. <a href=\"{back}\">Go back and try again</a>.</p>"
    );
    let html = (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    (status, [html], page).into_response()
}

fn contains(value: &HeaderValue, text: &str) -> bool {
    value.to_str().is_ok_and(|value| value.contains(text))
}

/// Path and query of a Referer.
fn local_part(referer: &str) -> Option<String> {
    let uri: http::Uri = referer.parse().ok()?;
    app::ssr::local_path(uri.path()).map(ToOwned::to_owned)
}

/// Only the characters that could leave an attribute; a local path is visible ASCII already.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
