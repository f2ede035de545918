//! The copy of a person's data as a file. Pages are HTML, so it has a route of its own.

use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AppError, Viewer};
use futures_util::stream;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use services::accounts::ExportFile;
use services::{Services, accounts};
use uuid::Uuid;

use crate::endpoints::{Access, Endpoints};

pub fn endpoints(services: &Services) -> Endpoints {
    Endpoints::default()
        .get("/settings/account/export/{id}", Access::SignedIn, download)
        .with_state(services.clone())
}

/// `GET /settings/account/export/{id}`: the file, for the person it is about. Others get what a missing one answers.
async fn download(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Response {
    let Ok(person) = viewer.signed_in() else {
        return Redirect::to(&app::ssr::sign_in_path("/settings/account")).into_response();
    };
    let found = match Uuid::parse_str(&id) {
        Ok(id) => accounts::open_export(&services, person, id).await,
        Err(_) => Err(AppError::NotFound.into()),
    };
    match found {
        Ok(file) => (
            [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"atria-my-data.json\""),
                (CACHE_CONTROL, "no-store"),
            ],
            in_parts(services, file),
        )
            .into_response(),
        Err(error) => {
            let error = app::ssr::shown(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(CACHE_CONTROL, "no-store")], error.to_string()).into_response()
        }
    }
}

/// Read from the database as fast as the browser takes it; an error cuts the file off, so that nobody takes it for whole.
fn in_parts(services: Services, file: ExportFile) -> Body {
    Body::from_stream(stream::try_unfold((services, file), |(services, mut file)| async move {
        let part = file.next_part(&services).await.inspect_err(|error| tracing::warn!(%error, "{error}"))?;
        Ok::<_, services::ServiceError>(part.map(|part| (part, (services, file))))
    }))
}
