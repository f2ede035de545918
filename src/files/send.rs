use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use domain::uploads::{Audience, FileName, SignedAddress};
use domain::{AppError, Viewer};
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use services::uploads::{self, Delivered};
use services::{Outcome, ServiceError, Services};

/// The address changes with the content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For this browser alone, as long as the address is good at least.
const WHILE_IT_IS_GOOD: &str = "private, max-age=600";
/// A picture opened by itself may do nothing at all.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// `GET /files/public/{file}/{hash}/{name}`.
pub(super) async fn public(
    State(services): State<Services>,
    Path((file, hash, name)): Path<(String, String, String)>,
) -> Response {
    let delivered = async {
        let file = file.parse().map_err(|_| ServiceError::NOT_FOUND)?;
        let name = name.parse().map_err(|()| ServiceError::NOT_FOUND)?;
        uploads::deliver_public(&services, file, &hash, name).await
    };
    answer(delivered.await, FOR_EVER)
}

/// What stands behind the path of a signed address.
#[derive(Debug, Deserialize)]
pub(super) struct Signature {
    #[serde(rename = "for")]
    audience: String,
    until: i64,
    signature: String,
}

/// `GET /files/private/{file}/{name}?for=…&until=…&signature=…`.
pub(super) async fn private(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Path((file, name)): Path<(String, String)>,
    signature: Result<Query<Signature>, QueryRejection>,
) -> Response {
    let in_meeting =
        matches!(&signature, Ok(Query(signed)) if signed.audience == Audience::Meeting.to_string());
    let delivered = async {
        let Query(signed) = signature.map_err(|_| ServiceError::NOT_FOUND)?;
        let name: FileName = name.parse().map_err(|()| ServiceError::NOT_FOUND)?;
        let address = SignedAddress {
            file: file.parse().map_err(|_| ServiceError::NOT_FOUND)?,
            name,
            audience: signed.audience.parse().map_err(|()| ServiceError::NOT_FOUND)?,
            until: signed.until,
            signature: signed.signature,
        };
        uploads::deliver_private(&services, viewer.user(), &address).await
    };
    let mut answer = answer(delivered.await, WHILE_IT_IS_GOOD);
    if in_meeting {
        // It is shown on the pages of whoever runs the meeting.
        let anywhere = HeaderValue::from_static("cross-origin");
        answer.headers_mut().insert(HeaderName::from_static("cross-origin-resource-policy"), anywhere);
    }
    answer
}

fn answer(delivered: Outcome<Delivered>, caching: &'static str) -> Response {
    let Delivered { stored, purpose } = match delivered {
        Ok(delivered) => delivered,
        Err(error) => {
            let error: AppError = app::ssr::shown(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return (status, [(CACHE_CONTROL, "no-store")], error.to_string()).into_response();
        }
    };
    let mut answer = Body::from_stream(stored.content).into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/webp"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(stored.bytes));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    let disposition = format!("inline; filename=\"{}.webp\"", purpose.field());
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    answer
}
