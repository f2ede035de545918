//! The copy of an organization's data as a file, for its owners.

use axum::extract::{Extension, Path, State};
use axum::response::Response;
use domain::Viewer;
use services::{Services, organizations};

use crate::calendars::file;
use crate::endpoints::{Access, Endpoints};

pub fn endpoints(services: &Services) -> Endpoints {
    Endpoints::default()
        .get("/organizations/{organization}/export.json", Access::SignedIn, download)
        .with_state(services.clone())
}

async fn download(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path(organization): Path<String>,
) -> Response {
    let text = match viewer.signed_in() {
        Ok(person) => organizations::export(&services, person, &organization).await,
        Err(error) => Err(error.into()),
    };
    file(text, "application/json", "organization.json")
}
