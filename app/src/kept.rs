//! What a browser's session keeps for a page: what the last form left, what waits for a sign-in, what it showed.

use domain::time::Timestamp;
use domain::{AppError, Conflict};
use http::HeaderName;
use serde::{Deserialize, Serialize};
use services::ServiceError;
use tower_sessions::Session;

use crate::flash::Flash;
use crate::ssr::{path, request, request_header, session, session_failed, viewer};

/// A page that fetches a part of itself anew says so: what a form left is for whoever comes from there.
const REFRESH: HeaderName = HeaderName::from_static("x-refresh");

/// Takes what the last form post left for this page; nothing for one that fetches itself anew.
///
/// # Errors
/// The session can't be read.
pub async fn take_flash() -> Result<Flash, ServiceError> {
    if request_header(&REFRESH).is_some() {
        return Ok(Flash::default());
    }
    forget_what_was_shown_long_ago().await?;
    let mut flash = take_from(FLASH_KEY).await?.unwrap_or_default();
    if let Some(waiting) = take_from(WAITING_KEY).await?
        && flash.values.is_empty()
    {
        flash.values = waiting.values;
    }
    Ok(flash)
}

async fn take_from(key: &str) -> Result<Option<Flash>, ServiceError> {
    let session = session()?;
    let flash: Option<Flash> = session.get(key).await.map_err(session_failed)?;
    match flash {
        // What somebody typed before their session ended waits for them, and for nobody else on the same browser.
        Some(flash) if flash.typed_by.is_some() && flash.typed_by != viewer().user() => Ok(None),
        Some(flash) if flash.place == place(&path()) => {
            session.remove::<Flash>(key).await.map_err(session_failed)?;
            Ok(Some(flash))
        }
        _ => Ok(None),
    }
}

/// Names a page without its path, which may hold a secret.
#[must_use]
pub fn place(path: &str) -> String {
    services::rng::hash_token(path).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Leaves a flash for the page at `flash.place`.
///
/// # Errors
/// The session can't be written.
pub async fn leave_flash(flash: &Flash) -> Result<(), ServiceError> {
    leave_flash_in(&session()?, flash).await
}

/// As [`leave_flash`], for routes that are no page.
///
/// # Errors
/// The session can't be written.
pub async fn leave_flash_in(session: &Session, flash: &Flash) -> Result<(), ServiceError> {
    session.insert(FLASH_KEY, flash).await.map_err(session_failed)
}

/// What a form left for an address goes on to the one that took its place; that there was nothing at the old one is news
/// of yesterday.
///
/// # Errors
/// The session can't be read or written.
pub async fn follow_flash_in(session: &Session, from: &str, to: &str) -> Result<(), ServiceError> {
    let flash: Option<Flash> = session.get(FLASH_KEY).await.map_err(session_failed)?;
    let Some(flash) = flash.filter(|flash| flash.place == place(from)) else { return Ok(()) };
    let moved = Conflict::StaleEdit { by: "Somebody".to_owned() };
    let problem = match flash.problem {
        Some(AppError::NotFound) => Some(moved.into()),
        other => other,
    };
    leave_flash_in(session, &Flash { place: place(to), problem, ..flash }).await
}

/// Keeps what was typed while another page is asked for first, whatever that page leaves.
///
/// # Errors
/// The session can't be written.
pub async fn leave_waiting(flash: &Flash) -> Result<(), ServiceError> {
    session()?.insert(WAITING_KEY, flash).await.map_err(session_failed)
}

/// What a page shows again when it is loaded again, by its own values.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shown {
    at: Timestamp,
    values: Flash,
}

/// How long a page shows again what a form led to.
const SHOWN_FOR: time::Duration = time::Duration::HOUR;

/// Every request of the session carries it.
async fn forget_what_was_shown_long_ago() -> Result<(), ServiceError> {
    let (services, _) = request()?;
    let shown: Option<Shown> = session()?.get(SHOWN_KEY).await.map_err(session_failed)?;
    if shown.is_some_and(|shown| shown.at <= Timestamp::from(services.clock.now() - SHOWN_FOR)) {
        forget_shown().await?;
    }
    Ok(())
}

/// Keeps the values of a flash for this page and this person, until it shows something else; of all pages the newest
/// counts.
///
/// # Errors
/// The session can't be written.
pub async fn keep_shown(flash: &Flash) -> Result<(), ServiceError> {
    let (services, _) = request()?;
    let typed_by = viewer().user();
    let values = Flash { place: place(&path()), values: flash.values.clone(), typed_by, ..Flash::default() };
    let shown = Shown { at: services.clock.now().into(), values };
    session()?.insert(SHOWN_KEY, shown).await.map_err(session_failed)
}

/// What this page kept within the last hour.
///
/// # Errors
/// The session can't be read.
pub async fn shown_before() -> Result<Option<Flash>, ServiceError> {
    let (services, _) = request()?;
    let shown: Option<Shown> = session()?.get(SHOWN_KEY).await.map_err(session_failed)?;
    let since = Timestamp::from(services.clock.now() - SHOWN_FOR);
    Ok(shown
        .filter(|shown| shown.values.place == place(&path()) && shown.at > since)
        .filter(|shown| shown.values.typed_by == viewer().user())
        .map(|shown| shown.values))
}

/// Forgets what a page kept.
///
/// # Errors
/// The session can't be written.
pub async fn forget_shown() -> Result<(), ServiceError> {
    session()?.remove::<Shown>(SHOWN_KEY).await.map_err(session_failed).map(drop)
}

const SHOWN_KEY: &str = "shown";
const FLASH_KEY: &str = "flash";
const WAITING_KEY: &str = "waiting";
