//! One public address. In development other names of this machine lead there, because forms and sockets accept
//! only their own origin.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::HOST;
use http::{Method, StatusCode};

/// Redirects page views under another host name to the public address; other methods and probes pass.
pub async fn canonical(State(public_url): State<Arc<str>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let canonical = public_url.split("://").nth(1);
    let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let is_probe = matches!(request.uri().path(), "/healthz" | "/readyz");
    let page_view = request.method() == Method::GET && !is_probe;
    match (host, canonical) {
        (Some(host), Some(canonical)) if page_view && host != canonical && is_loopback_name(host) => {
            Redirect::temporary(&format!("{public_url}{path}")).into_response()
        }
        (Some(host), Some(canonical)) if page_view && host != canonical => {
            (StatusCode::MISDIRECTED_REQUEST, format!("This is {public_url}.")).into_response()
        }
        _ => next.run(request).await,
    }
}

fn is_loopback_name(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]" | "0.0.0.0")
}
