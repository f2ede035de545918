//! `/healthz` and `/readyz`, for whatever watches the process. They tell no version, name or reason to strangers.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use sqlx::PgPool;
use tokio::time;
use tokio_util::sync::CancellationToken;

use crate::endpoints::{Access, Endpoints};
use crate::postgres;

/// How long the database may take before this process counts as not ready.
const PATIENCE: Duration = Duration::from_secs(2);

/// What decides whether requests should be sent here.
#[derive(Debug, Clone)]
pub struct Readiness {
    pub pool: PgPool,
    /// The version number of the newest migration that this program knows.
    pub newest_migration: i64,
    /// Cancelled when the process is stopping.
    pub stop: CancellationToken,
}

/// The two routes; neither needs a session.
pub fn routes(readiness: Readiness) -> Endpoints {
    Endpoints::default()
        .get("/healthz", Access::Everybody, healthz)
        .get("/readyz", Access::Everybody, readyz)
        .with_state(readiness)
}

/// 200 as long as the process answers.
async fn healthz() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok")
}

/// 200 when requests may be sent here; 503 while stopping, without a database, or before its migrations.
async fn readyz(State(readiness): State<Readiness>) -> impl IntoResponse {
    let is_ready = !readiness.stop.is_cancelled() && has_database(&readiness).await;
    let (status, text) =
        if is_ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
    (status, [(CACHE_CONTROL, "no-store")], text)
}

async fn has_database(readiness: &Readiness) -> bool {
    let asked = postgres::is_migrated(&readiness.pool, readiness.newest_migration);
    match time::timeout(PATIENCE, asked).await {
        Ok(Ok(is_migrated)) => is_migrated,
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: {error}");
            false
        }
        Err(_) => {
            tracing::warn!("not ready: the database did not answer within {PATIENCE:?}");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn status(path: &str, readiness: Readiness) -> StatusCode {
        let request = Request::get(path).body(Body::empty()).unwrap();
        routes(readiness).into_router(&mut Vec::new()).oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn without_a_database_the_process_is_healthy_but_not_ready() {
        let pool = PgPool::connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap();
        let readiness = Readiness { pool, newest_migration: 1, stop: CancellationToken::new() };
        assert_eq!(status("/healthz", readiness.clone()).await, StatusCode::OK);
        assert_eq!(status("/readyz", readiness).await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
