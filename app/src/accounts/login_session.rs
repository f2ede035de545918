//! Beginning and ending the login session of this browser.

use domain::accounts::Admitted;
use domain::ids::SignUpId;
use http::header::USER_AGENT;
use serde::{Deserialize, Serialize};
use services::ServiceError;

use crate::ssr;

/// Where the session keeps the [`domain::SignedIn`] person; put there on load, never saved.
pub const VIEWER_KEY: &str = "viewer";
const SIGN_UP_KEY: &str = "sign_up";

/// Makes the next saved session a login session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoginMark {
    pub admitted: Admitted,
    pub user_agent: Option<String>,
    pub source_address: Option<String>,
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
    let session = ssr::session()?;
    if session.id().is_some() {
        session.cycle_id().await.map_err(ssr::session_failed)?;
    }
    session.remove_value(VIEWER_KEY).await.map_err(ssr::session_failed)?;
    let user_agent = ssr::request_header(&USER_AGENT).map(|agent| agent.chars().take(400).collect());
    let source_address = ssr::extension::<SourceAddressText>().map(|source| source.0);
    let mark = LoginMark { admitted, user_agent, source_address };
    session.insert(LoginMark::KEY, mark).await.map_err(ssr::session_failed)
}

/// Ends the login session of this browser for good.
///
/// # Errors
/// The session can't be ended.
pub async fn end() -> Result<(), ServiceError> {
    let (services, viewer) = ssr::request()?;
    if let Ok(person) = viewer.signed_in() {
        services::accounts::end_own(&services, person).await?;
    }
    ssr::session()?.flush().await.map_err(ssr::session_failed)
}

/// Remembers that this browser made a sign-up, so that its own confirmation signs it in.
///
/// # Errors
/// The session can't be written.
pub async fn remember_sign_up(sign_up: SignUpId) -> Result<(), ServiceError> {
    ssr::session()?.insert(SIGN_UP_KEY, sign_up).await.map_err(ssr::session_failed)
}

/// Whether this browser made that very sign-up; another one did, or a later form replaced its password, if not.
///
/// # Errors
/// The session can't be read.
pub async fn made_sign_up(sign_up: SignUpId) -> Result<bool, ServiceError> {
    let own: Option<SignUpId> = ssr::session()?.get(SIGN_UP_KEY).await.map_err(ssr::session_failed)?;
    Ok(own == Some(sign_up))
}

/// The path to go to after signing in: `next` if it is one of ours, else home.
#[must_use]
pub fn after_sign_in(next: &str) -> String {
    ssr::local_path(next).unwrap_or("/home").to_owned()
}
