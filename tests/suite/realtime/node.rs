//! A node as far as sockets see it: the use cases, the real `/ws` and the real login sessions behind a cookie.

use std::net::SocketAddr;
use std::sync::Arc;

use atria::socket::{self, SocketState};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use domain::Viewer;
use http::header::COOKIE;
use services::accounts::{self, PasswordHasher, PasswordPoolSettings};
use services::mail::{MailFrom, Outbox, Transport};
use services::realtime::{Bus, SocketCaps};
use services::{Clock, Rng, Services};
use sqlx::PgPool;
use time::macros::datetime;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

pub const ORIGIN: &str = "https://atria.example";

pub struct Node {
    pub services: Services,
    pub address: SocketAddr,
    stop: DropGuard,
    tasks: TaskTracker,
}

impl Node {
    /// A node of its own, with a clock that stands still.
    pub async fn alone(db: PgPool) -> Self {
        let clock = Clock::manual(datetime!(2026-11-22 12:00 UTC));
        let bus = Bus::in_process(clock.clone(), SocketCaps::default());
        Self::start(db, clock, bus).await
    }

    /// One of several on the same database and Redis.
    pub async fn beside_others(db: PgPool, redis_url: &str) -> Self {
        let clock = Clock::manual(datetime!(2026-11-22 12:00 UTC));
        let bus =
            Bus::connect_redis(redis_url, clock.clone(), SocketCaps::default()).await.expect("Redis answers");
        Self::start(db, clock, bus).await
    }

    async fn start(db: PgPool, clock: Clock, bus: Bus) -> Self {
        let services = Services {
            db,
            clock,
            rng: Rng,
            passwords: PasswordHasher::new(PasswordPoolSettings::default()),
            outbox: Outbox::new(
                MailFrom::parse("Atria <atria@example.org>").expect("a sender"),
                Transport::from_url("file:/dev/null").expect("a place for mails"),
            ),
            bus,
            public_url: Arc::from(ORIGIN),
        };
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let state = SocketState {
            services: services.clone(),
            origin: Arc::from(ORIGIN),
            stop: stop.clone(),
            tasks: tasks.clone(),
        };
        let router = socket::router(state).layer(from_fn_with_state(services.clone(), identify));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        tokio::spawn(serve(listener, router, stop.clone()));
        Self { services, address, stop: stop.drop_guard(), tasks }
    }

    /// Shuts down as the process does and waits for every socket's task.
    pub async fn stop(self) {
        drop(self.stop);
        self.tasks.close();
        self.tasks.wait().await;
    }
}

async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    axum::serve(listener, router)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
        .expect("the listener serves");
}

/// The cookie holds the session id in hex; what it opens is decided by the login session's row.
async fn identify(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let cookie = request.headers().get(COOKIE).and_then(|cookie| cookie.to_str().ok());
    let session_id = cookie.and_then(|cookie| cookie.strip_prefix("atria=")).and_then(|id| id.parse().ok());
    let row = match session_id {
        Some(id) => {
            accounts::load(&services, &uuid::Uuid::into_bytes(id)).await.expect("sessions can be read")
        }
        None => None,
    };
    let viewer = row.and_then(|row| row.person).map_or(Viewer::Anonymous, Viewer::SignedIn);
    request.extensions_mut().insert(viewer);
    next.run(request).await
}
