use std::sync::Weak;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::PersonCard;
use domain::{AppError, SignedIn, Viewer};
use http::header::{ORIGIN, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use services::accounts;
use services::realtime::SocketOwner;

use super::connection::Connection;
use super::{SocketState, SourceAddress};
use crate::wire::WireEnd;

/// tungstenite's defaults are 128 KiB read buffer, 64 MiB messages and an unlimited write buffer, per socket.
const READ_BUFFER_BYTES: usize = 4096;
const WRITE_BUFFER_BYTES: usize = 16 * 1024;
const MAX_WRITE_BUFFER_BYTES: usize = 128 * 1024;
const MAX_MESSAGE_BYTES: usize = 64 * 1024;

/// What a client over a cap is told to wait: a forgotten tab is found gone within two missed pings.
const RETRY_AFTER_SECONDS: &str = "60";

/// Opens a socket. The order of refusals is the contract: session 401, origin 403, caps 429, a session that ended
/// meanwhile 401, then the handshake.
///
/// The cookie is the only credential; nothing in the query is read.
pub(super) async fn open(
    State(state): State<SocketState>,
    Extension(viewer): Extension<Viewer>,
    address: Option<Extension<SourceAddress>>,
    wire: Option<Extension<Weak<WireEnd>>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(person) = viewer.signed_in() else {
        return signed_out();
    };
    if !comes_from(&headers, &state.origin) {
        return (StatusCode::FORBIDDEN, "This request came from another site and was refused.")
            .into_response();
    }
    let owner = owner(person, address.map(|Extension(address)| address));
    // The place is taken before the upgrade: checking first and counting later would let a burst through.
    let handle = match state.services.bus.open_socket(owner) {
        Ok(handle) => handle,
        Err(too_many) => {
            let retry = [(RETRY_AFTER, RETRY_AFTER_SECONDS)];
            return (StatusCode::TOO_MANY_REQUESTS, retry, too_many.to_string()).into_response();
        }
    };
    // Ended since the request was identified? An end from here on closes the handle.
    match accounts::is_alive(&state.services, person.login_session).await {
        Ok(true) => {}
        Ok(false) => return signed_out(),
        Err(error) => {
            tracing::error!(error = %error, "a login session could not be read: {error}");
            return (StatusCode::SERVICE_UNAVAILABLE, AppError::Busy.to_string()).into_response();
        }
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let (person, wire) = (person.clone(), wire.map(|Extension(wire)| wire));
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |socket| {
            let tasks = state.tasks.clone();
            let wire = wire.and_then(|end| end.upgrade());
            tasks.track_future(Connection::new(state, person, handle, socket, wire).serve())
        })
}

fn signed_out() -> Response {
    (StatusCode::UNAUTHORIZED, "Sign in first.").into_response()
}

fn owner(person: &SignedIn, address: Option<SourceAddress>) -> SocketOwner {
    SocketOwner {
        person: PersonCard { id: person.user, full_name: person.full_name.clone() },
        login_session: person.login_session,
        address: address.map(|SourceAddress(address)| address),
    }
}

/// A browser always sends the one `Origin`; SameSite cookies don't stop a sibling subdomain (GHSA-2vfc-3h43-vghh).
fn comes_from(headers: &HeaderMap, origin: &str) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    origins.next().is_some_and(|sent| sent.as_bytes() == origin.as_bytes()) && origins.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://atria.example";

    fn with(origins: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for origin in origins {
            headers.append(ORIGIN, http::HeaderValue::from_static(origin));
        }
        headers
    }

    #[test]
    fn only_the_configured_origin_opens_a_socket() {
        assert!(comes_from(&with(&[OURS]), OURS));
        for foreign in
            ["https://evil.example", "http://atria.example", "https://atria.example:8443", "null", ""]
        {
            assert!(!comes_from(&with(&[foreign]), OURS), "{foreign:?}");
        }
    }

    #[test]
    fn a_missing_or_repeated_origin_is_refused() {
        assert!(!comes_from(&with(&[]), OURS));
        assert!(!comes_from(&with(&[OURS, "https://evil.example"]), OURS));
    }
}
