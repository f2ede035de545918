//! One click in a mail program (RFC 8058): its server posts here, without cookies and from nowhere of ours. The
//! signed link is all the proof there is, and all it can do is stop mails of one kind.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use services::{Services, notifications};

use crate::endpoints::{Access, Endpoints};

pub fn endpoints(services: &Services) -> Endpoints {
    Endpoints::default().post("/unsubscribe/{token}", Access::Holders, one_click).with_state(services.clone())
}

/// `POST /unsubscribe/{token}`: 200 when these mails are off, 410 for anything that is no link of ours.
async fn one_click(State(services): State<Services>, Path(token): Path<String>) -> Response {
    match notifications::unsubscribe(&services, &token).await {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => {
            let error = app::ssr::shown(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}
