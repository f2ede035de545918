//! The strict half of the cross-site check; tower-http's layer in front of it knows Sec-Fetch-Site and Host, but
//! lets a request pass that has neither header.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{AppError, Denied};
use http::header::ORIGIN;
use http::{HeaderMap, Method, StatusCode};

/// Refuses unsafe requests unless the browser says they come from our own pages.
///
/// `origin` is the configured public origin, never the Host header.
pub async fn same_origin_only(State(origin): State<Arc<str>>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), &origin) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, AppError::Denied(Denied::CrossSite).to_string()).into_response()
}

/// Origin decides where it is sent. `null` comes from our own no-referrer pages too, so Sec-Fetch-Site decides
/// there; a request with neither is refused.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let fetch_site = headers.get("sec-fetch-site").map(|site| site.as_bytes() == b"same-origin");
    let same_origin = match headers.get(ORIGIN).map(http::HeaderValue::as_bytes) {
        None | Some(b"null") => None,
        Some(sent) => Some(sent == origin.as_bytes()),
    };
    match (same_origin, fetch_site) {
        (Some(same), None | Some(true)) => same,
        (None, Some(same)) => same,
        (_, Some(false)) | (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://atria.example";

    fn headers(origin: Option<&'static str>, site: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(origin) = origin {
            headers.insert(ORIGIN, http::HeaderValue::from_static(origin));
        }
        if let Some(site) = site {
            headers.insert("sec-fetch-site", http::HeaderValue::from_static(site));
        }
        headers
    }

    #[test]
    fn our_own_pages_pass() {
        for (origin, site) in [
            (Some(OURS), Some("same-origin")),
            (Some(OURS), None),
            (None, Some("same-origin")),
            (Some("null"), Some("same-origin")),
        ] {
            assert!(is_ours(&headers(origin, site), OURS), "{origin:?} {site:?}");
        }
    }

    #[test]
    fn other_sites_and_silent_clients_are_refused() {
        for (origin, site) in [
            (None, None),
            (Some("null"), None),
            (Some("https://evil.example"), None),
            (Some("https://atria.example.evil"), Some("same-origin")),
            (Some("http://atria.example"), None),
            (Some(OURS), Some("cross-site")),
            (Some(OURS), Some("same-site")),
            (None, Some("cross-site")),
            (None, Some("none")),
        ] {
            assert!(!is_ours(&headers(origin, site), OURS), "{origin:?} {site:?}");
        }
    }
}
