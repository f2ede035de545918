//! What a browser has begun is brought to its end, also when the browser goes away meanwhile.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;

/// Runs a request that may change something in a task of its own. A connection that ends drops its request wherever that
/// waits; between COMMIT and what is told after it, others would wait for their frames and mails until something else
/// told them. Stands outside everything that keeps state for its task. A page that is only read is dropped as ever.
pub async fn of_changes(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(response) => response,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The runtime stops.
        Err(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::{get, post};
    use tokio::sync::Notify;
    use tower::ServiceExt as _;

    use super::*;

    /// Whether a request whose browser goes away while it waits comes to its end.
    async fn ends(method: &str) -> bool {
        let (reached, go_on, done) = <(Arc<Notify>, Arc<Notify>, Arc<Notify>)>::default();
        let work = {
            let (reached, go_on, done) = (Arc::clone(&reached), Arc::clone(&go_on), Arc::clone(&done));
            move || async move {
                reached.notify_one();
                go_on.notified().await;
                done.notify_one();
            }
        };
        let routes = Router::new().route("/", get(work.clone()).merge(post(work))).layer(from_fn(of_changes));
        let request = Request::builder().method(method).uri("/").body(Body::empty()).unwrap();
        let browser = tokio::spawn(routes.oneshot(request));
        reached.notified().await;
        browser.abort();
        assert!(browser.await.is_err(), "it went away");
        go_on.notify_one();
        tokio::time::timeout(std::time::Duration::from_millis(100), done.notified()).await.is_ok()
    }

    #[tokio::test]
    async fn a_change_ends_without_its_browser_and_a_page_does_not() {
        assert!(ends("POST").await);
        assert!(!ends("GET").await);
    }
}
