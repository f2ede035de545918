//! Addresses that things had before, or that people guess, lead to their present ones.

use app::ssr;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{SignedIn, Viewer};
use http::header::LOCATION;
use http::{HeaderValue, Method, StatusCode};
use services::{Services, organizations};
use tower_sessions::Session;

use crate::endpoints::{Access, Endpoints};

pub fn endpoints() -> Endpoints {
    Endpoints::default().get("/forgot", Access::Everybody, async || lead_to("/reset")).get(
        "/settings",
        Access::Everybody,
        async || lead_to("/settings/profile"),
    )
}

fn lead_to(page: &'static str) -> impl IntoResponse {
    (StatusCode::MOVED_PERMANENTLY, [(LOCATION, HeaderValue::from_static(page))])
}

/// Answers a GET that found nothing with 301 when the organization in its path has another address by now, and only to
/// people who may see that organization: for others it stays not found. Path and query are kept.
pub async fn redirect(State(services): State<Services>, request: Request, next: Next) -> Response {
    let asked = asked(&request);
    let old_path = request.uri().path().to_owned();
    let session = request.extensions().get::<Session>().cloned();
    let response = next.run(request).await;
    let Some((person, slug, rest)) = asked.filter(|_| response.status() == StatusCode::NOT_FOUND) else {
        return response;
    };
    match organizations::moved_to(&services, &person, &slug).await {
        Ok(Some(present)) => {
            let target = format!("/organizations/{present}{rest}");
            let Ok(header) = HeaderValue::from_str(&target) else { return response };
            // What somebody typed on the page of the old address waits at the new one.
            if let Some(session) = session {
                let path = target.split('?').next().unwrap_or_default();
                if let Err(error) = ssr::follow_flash_in(&session, &old_path, path).await {
                    tracing::warn!(%error, "what was typed could not follow to a new address: {error}");
                }
            }
            (StatusCode::MOVED_PERMANENTLY, [(LOCATION, header)]).into_response()
        }
        Ok(None) => response,
        Err(error) => {
            tracing::warn!(%error, "a former address could not be looked up: {error}");
            response
        }
    }
}

/// Who asks for which organization, and what follows its address.
fn asked(request: &Request) -> Option<(SignedIn, String, String)> {
    let is_read = request.method() == Method::GET || request.method() == Method::HEAD;
    let Some(Viewer::SignedIn(person)) = request.extensions().get::<Viewer>().filter(|_| is_read) else {
        return None;
    };
    let below = request.uri().path_and_query()?.as_str().strip_prefix("/organizations/")?;
    let end = below.find(['/', '?']).unwrap_or(below.len());
    let (slug, rest) = below.split_at(end);
    Some((person.clone(), slug.to_owned(), rest.to_owned()))
}
