//! Files on their way in and out. Pages and calls are short and read whole; these are neither, so they have routes,
//! limits and answers of their own.

mod answer;
mod body;
mod intake;
mod send;
mod upload;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use services::Services;
use tokio::sync::Semaphore;

use crate::config::PublicUrl;
use crate::endpoints::{Access, Endpoints};
use crate::session;

/// Uploads that are read at the same time; each keeps one file of at most 10 MB in memory.
const AT_ONCE: usize = 16;

/// What uploads share.
#[derive(Debug, Clone)]
struct Uploads {
    services: Services,
    places: Arc<Semaphore>,
}

/// `POST /files/…` takes files in, `GET /files/private/…` sends one to whom its address was signed for.
pub fn of_viewers(services: &Services, public_url: &PublicUrl) -> Endpoints {
    let uploads = Uploads { services: services.clone(), places: Arc::new(Semaphore::new(AT_ONCE)) };
    let sent = Endpoints::default()
        .get("/files/private/{file}/{name}", Access::Viewers, send::private)
        .with_state(services.clone());
    Endpoints::default()
        .post("/files/avatar", Access::SignedIn, upload::avatar)
        .post("/files/events/{event}", Access::SignedIn, upload::of_event)
        .post("/files/events/{event}/sponsors/{sponsor}", Access::SignedIn, upload::of_sponsor)
        .with_state(uploads)
        // The intake counts by file and as a whole.
        .around(|routes| routes.layer(DefaultBodyLimit::disable()))
        .merge(sent)
        .around(|routes| session::around(routes, services, public_url))
}

/// `GET /files/public/…`: the same for everybody, so nobody is asked who they are.
pub fn of_everybody(services: &Services) -> Endpoints {
    Endpoints::default()
        .get("/files/public/{file}/{hash}/{name}", Access::Everybody, send::public)
        .with_state(services.clone())
}
