//! Beginning and ending the login session of this browser.

use domain::accounts::Admitted;
use domain::ids::SignUpId;
use domain::time::Timestamp;
use http::{HeaderName, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use services::ServiceError;
use services::accounts::RECENT_SIGN_IN;

use super::device_cookie::caller;
use crate::attending::merge_kept_stars;
use crate::ssr;

/// Where the session keeps the [`domain::SignedIn`] person; put there on load, never saved.
pub const VIEWER_KEY: &str = "viewer";
const SIGN_UP_KEY: &str = "sign_up";
const PROVED_KEY: &str = "proved_for_closed";

/// What the next saved session is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum LoginMark {
    /// A new login session.
    Begins { admitted: Admitted, user_agent: Option<String>, source_address: Option<String> },
    /// The login session that goes on under this id, which nobody else has, gets the new one instead.
    GoesOn { interim_id: [u8; 16] },
}

impl LoginMark {
    pub const KEY: &str = "login";
}

/// The address the request came from, as the process found it past trusted proxies.
#[derive(Debug, Clone)]
pub struct SourceAddressText(pub String);

/// Signs this browser in under a fresh session id; an id it had before is dead.
///
/// # Errors
/// The session can't be read or written.
pub async fn begin(admitted: Admitted) -> Result<(), ServiceError> {
    let source_address = ssr::extension::<SourceAddressText>().map(|source| source.0);
    let (services, _) = ssr::request()?;
    let user_agent = caller(&services).user_agent;
    merge_kept_stars(&services, admitted.user).await;
    under_new_id(LoginMark::Begins { admitted, user_agent, source_address }).await
}

/// Gives this browser's login session another id and leaves it as it is: its sockets stay open.
///
/// # Errors
/// The session can't be read or written.
pub async fn go_on(interim_id: [u8; 16]) -> Result<(), ServiceError> {
    under_new_id(LoginMark::GoesOn { interim_id }).await
}

async fn under_new_id(mark: LoginMark) -> Result<(), ServiceError> {
    let session = ssr::session()?;
    if session.id().is_some() {
        session.cycle_id().await.map_err(ssr::session_failed)?;
    }
    session.remove_value(VIEWER_KEY).await.map_err(ssr::session_failed)?;
    session.insert(LoginMark::KEY, mark).await.map_err(ssr::session_failed)
}

/// What a browser forgets of us at sign-out: pages in its cache and what scripts kept. Cookies are not among it: the one
/// of the session goes by itself, and another tab may have signed in again; the device stays known.
const FORGOTTEN: HeaderValue = HeaderValue::from_static(r#""cache", "storage""#);
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Ends the login session of this browser for good.
///
/// # Errors
/// The session can't be ended.
pub async fn end() -> Result<(), ServiceError> {
    let (services, viewer) = ssr::request()?;
    if let Ok(person) = viewer.signed_in() {
        services::accounts::end_own(&services, person).await?;
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(CLEAR_SITE_DATA, FORGOTTEN);
    }
    ssr::session()?.flush().await.map_err(ssr::session_failed)
}

/// Remembers that this browser made a sign-up, so that its own confirmation signs it in. One that came to nothing leaves
/// the one before.
///
/// # Errors
/// The session can't be written.
pub async fn remember_sign_up(sign_up: Option<SignUpId>) -> Result<(), ServiceError> {
    let (services, _) = ssr::request()?;
    let session = ssr::session()?;
    // Taken out and put in, and the id of nothing where there is none: the answer sets the same cookie in every case.
    let before = session.remove(SIGN_UP_KEY).await.map_err(ssr::session_failed)?;
    let of_nothing = || SignUpId::new(services.rng.id(services.clock.now()));
    let kept = sign_up.or(before).unwrap_or_else(of_nothing);
    session.insert(SIGN_UP_KEY, kept).await.map_err(ssr::session_failed)
}

/// The sign-up that this browser made last. A link of another one comes from another browser's, or from a later form
/// that replaced its password.
///
/// # Errors
/// The session can't be read.
pub async fn made_sign_up() -> Result<Option<SignUpId>, ServiceError> {
    ssr::session()?.get(SIGN_UP_KEY).await.map_err(ssr::session_failed)
}

/// A right password for a closed account, typed in this browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ProvedForClosed {
    admitted: Admitted,
    at: Timestamp,
}

/// Remembers for ten minutes that somebody proved here that a closed account is theirs, so that opening it again asks
/// for nothing more.
///
/// # Errors
/// The session can't be written.
pub async fn remember_proved(admitted: Admitted) -> Result<(), ServiceError> {
    let (services, _) = ssr::request()?;
    let proved = ProvedForClosed { admitted, at: services.clock.now().into() };
    ssr::session()?.insert(PROVED_KEY, proved).await.map_err(ssr::session_failed)
}

/// Who may come back in this browser without typing their password again.
///
/// # Errors
/// The session can't be read.
pub async fn who_may_come_back() -> Result<Option<Admitted>, ServiceError> {
    let (services, _) = ssr::request()?;
    let proved: Option<ProvedForClosed> =
        ssr::session()?.get(PROVED_KEY).await.map_err(ssr::session_failed)?;
    let since = Timestamp::from(services.clock.now() - RECENT_SIGN_IN);
    Ok(proved.filter(|proved| proved.at > since).map(|proved| proved.admitted))
}

/// The path to go to after signing in: `next` if it is one of ours, else home.
#[must_use]
pub fn local_or_home(next: &str) -> &str {
    ssr::local_path(next).unwrap_or("/home")
}
