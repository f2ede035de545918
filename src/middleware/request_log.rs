//! One line per request, with its id, status, time and number of SQL statements; never a query, cookie or body.

use std::sync::Arc;

use app::ssr::RequestId;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use services::Rng;
use tracing::Instrument as _;

use crate::telemetry;

/// Tells tests how many SQL statements an answer took.
pub const STATEMENTS_HEADER: HeaderName = HeaderName::from_static("x-atria-statements");
const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Whether answers carry [`STATEMENTS_HEADER`]; only in the test environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclose {
    Nothing,
    Statements,
}

/// Names the request, logs it when it is answered.
pub async fn log(State(disclose): State<Disclose>, mut request: Request, next: Next) -> Response {
    let id: Arc<str> = hex(&Rng.bytes::<8>()).into();
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let method = request.method().clone();
    let path = logged_path(request.uri().path());
    let span = tracing::info_span!("request", id = &*id);
    let started = tokio::time::Instant::now();
    let (mut response, statements) = telemetry::counting(next.run(request)).instrument(span).await;
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(request_id = &*id, %method, path, status, elapsed_ms, statements, "{method} {path} {status}");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, value);
    }
    if disclose == Disclose::Statements {
        response.headers_mut().insert(STATEMENTS_HEADER, HeaderValue::from(statements));
    }
    response
}

/// Where paths end in a secret. The longer of two comes first.
const SECRET_BELOW: [&str; 7] =
    ["/calendar/", "/verify/", "/reset/", "/invitations/", "/address/undo/", "/address/", "/unsubscribe/"];

/// The path with tokens left out: a link that signs somebody in does not belong in a log.
fn logged_path(path: &str) -> String {
    match SECRET_BELOW.into_iter().find(|start| path.starts_with(start)) {
        Some(start) => format!("{start}…"),
        None => path.to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
