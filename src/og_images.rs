//! Pictures of events and sessions for link previews. Previewers bring no cookie: what anybody may not open has none.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use services::share_picture::{self, SharePicture};
use services::{Outcome, ServiceError, Services};

use crate::endpoints::{Access, Endpoints};

/// Previewers keep them for weeks anyway; who looks again within the hour gets the same.
const FOR_AN_HOUR: &str = "public, max-age=3600";

pub fn endpoints(services: &Services) -> Endpoints {
    Endpoints::default()
        .get("/events/{event}/og.png", Access::Viewers, of_event)
        .get("/events/{event}/sessions/{session}/og.png", Access::Viewers, of_session)
        .with_state(services.clone())
}

async fn of_event(
    State(services): State<Services>,
    Path(event): Path<String>,
    headers: HeaderMap,
) -> Response {
    let picture = share_picture::of_event(&services, &event).await;
    answer(&services, &headers, picture).await
}

async fn of_session(
    State(services): State<Services>,
    Path((event, session)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let picture = match session.parse() {
        Ok(session) => share_picture::of_session(&services, &event, session).await,
        Err(_) => Err(ServiceError::NOT_FOUND),
    };
    answer(&services, &headers, picture).await
}

/// Drawn only for who doesn't have it yet.
async fn answer(services: &Services, headers: &HeaderMap, picture: Outcome<SharePicture>) -> Response {
    let picture = match picture {
        Ok(picture) => picture,
        Err(error) => return refused(error),
    };
    let Ok(etag) = HeaderValue::from_str(picture.etag()) else {
        return refused(ServiceError::Broken("a picture's name is no header".to_owned()));
    };
    let kept = [(ETAG, etag), (CACHE_CONTROL, HeaderValue::from_static(FOR_AN_HOUR))];
    if is_known(headers, picture.etag()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    match picture.png(services).await {
        Ok(png) => (kept, [(CONTENT_TYPE, "image/png")], png).into_response(),
        Err(error) => refused(error),
    }
}

/// A cache between may have made it a weak one.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| known.trim().trim_start_matches("W/") == etag)
}

fn refused(error: ServiceError) -> Response {
    let error = app::ssr::shown(error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CACHE_CONTROL, "no-store")], error.to_string()).into_response()
}
