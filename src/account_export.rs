//! The copy of a person's data as a file. Pages are HTML, so it has a route of its own.

use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AppError, Viewer};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use services::{Services, accounts};
use uuid::Uuid;

/// `GET /settings/account/export/{id}`: the file, for the person it is about. Others get what a missing one answers.
pub async fn download(
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
        Ok(content) => (
            [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"atria-my-data.json\""),
                (CACHE_CONTROL, "no-store"),
            ],
            content,
        )
            .into_response(),
        Err(error) => {
            let error = app::ssr::shown(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(CACHE_CONTROL, "no-store")], error.to_string()).into_response()
        }
    }
}
