//! The server's side of a page or server function: who asks, with what services, and how a failure is shown.

use std::future::Future;
use std::sync::Arc;

use domain::error::Unauthenticated;
use domain::ids::{FileId, UserId};
use domain::uploads::Audience;
use domain::{AppError, Incident, Viewer};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;
use services::time_zones::TimeZoneName;
use services::uploads::{self, AvatarPixels};
use services::{ServiceError, Services};
use tower_sessions::Session;

use crate::error::CallError;
use crate::error_pages::ErrorPage;

pub use crate::kept::{
    follow_flash_in, forget_shown, keep_shown, leave_flash, leave_flash_in, leave_waiting, place,
    shown_before, take_flash,
};

/// What every page and server function may use; provided for each request by the process.
#[derive(Debug, Clone)]
pub struct Site {
    pub services: Services,
    pub assets: Assets,
    /// Development without SMTP: mails are listed at `/dev/mail`.
    pub lists_mail: bool,
}

/// Names of the built files below `/pkg`, hashed in release.
#[derive(Debug, Clone)]
pub struct Assets {
    pub css: Arc<str>,
    pub page_js: Arc<str>,
}

/// Names one request in the log and on error pages; put into the request by the process.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

/// The id that a browser came with when it names no live login session; put into the request by the process.
#[derive(Debug, Clone, Copy)]
pub struct EndedSession(pub [u8; 16]);

/// Whose login session the browser came with, when it has ended.
///
/// # Errors
/// Database errors only.
pub async fn owner_of_ended_session() -> Result<Option<UserId>, ServiceError> {
    let (services, _) = request()?;
    match extension::<EndedSession>() {
        Some(EndedSession(id)) => services::accounts::owner_of(&services, &id).await,
        None => Ok(None),
    }
}

/// The anonymous-or-signed-in person and the services, for pages and server functions.
///
/// # Errors
/// [`AppError::Internal`] when called outside a request.
pub fn request() -> Result<(Services, Viewer), ServiceError> {
    let site = use_context::<Site>().ok_or_else(outside)?;
    Ok((site.services, viewer()))
}

/// Who asks; anonymous when the process put nobody into the request.
#[must_use]
pub fn viewer() -> Viewer {
    extension::<Viewer>().unwrap_or(Viewer::Anonymous)
}

/// The origin of all links, without a trailing slash.
#[must_use]
pub fn public_url() -> Arc<str> {
    use_context::<Site>().map_or_else(|| Arc::from(""), |site| site.services.public_url)
}

/// The address of a person's picture for this viewer.
#[must_use]
pub fn avatar(file: Option<FileId>, pixels: AvatarPixels) -> Option<String> {
    let site = use_context::<Site>()?;
    let audience = Audience::of(viewer().user());
    file.map(|file| uploads::avatar_address(&site.services, audience, file, pixels))
}

/// The request's own name, as the log has it.
#[must_use]
pub fn request_id() -> Option<Arc<str>> {
    extension::<RequestId>().map(|id| id.0)
}

/// The server-side session of this browser; present on every routed request.
///
/// # Errors
/// [`ServiceError::Broken`] when the session layer is missing.
pub fn session() -> Result<Session, ServiceError> {
    extension::<Session>().ok_or_else(outside)
}

/// A value the process put into the request.
#[must_use]
pub fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// One header of the request as text.
#[must_use]
pub fn request_header(name: &HeaderName) -> Option<String> {
    use_context::<Parts>().and_then(|parts| parts.headers.get(name)?.to_str().ok().map(ToOwned::to_owned))
}

/// The path of the page, without its query.
#[must_use]
pub fn path() -> String {
    use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default()
}

/// The path of the page with its query, as somebody comes back to it.
#[must_use]
pub fn address() -> String {
    use_context::<Parts>()
        .map(|parts| parts.uri.path_and_query().map_or_else(String::new, ToString::to_string))
        .unwrap_or_default()
}

/// The time zone of the device, as its browser told it in a cookie.
#[must_use]
pub fn told_zone() -> Option<String> {
    cookie("zone")
}

/// The same, where it is a zone that exists.
#[must_use]
pub fn viewers_zone() -> Option<TimeZoneName> {
    TimeZoneName::parse(&told_zone()?).ok()
}

/// One cookie of the browser, as scripts write them: of visible characters.
#[must_use]
pub fn cookie(name: &str) -> Option<String> {
    let cookies = request_header(&header::COOKIE)?;
    cookies
        .split(';')
        .find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('=').map(ToOwned::to_owned))
}

/// One value of the page's query, decoded.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    leptos_router::hooks::use_query_map().read_untracked().get(name)
}

/// All values of a query parameter, in their order.
pub fn all_of_query(name: &str) -> Vec<String> {
    leptos_router::hooks::use_query_map().read_untracked().get_all(name).unwrap_or_default()
}

/// One segment of the page's path.
///
/// # Errors
/// [`AppError::NotFound`] when the route has no such segment or it can't be read as a `T`.
pub fn param<T: std::str::FromStr>(name: &str) -> Result<T, ServiceError> {
    use_params_map()
        .read_untracked()
        .get(name)
        .and_then(|text| text.parse().ok())
        .ok_or(ServiceError::NOT_FOUND)
}

/// A page whose data is loaded before it is rendered. A failure becomes its status and the error page; a
/// missing sign-in becomes a redirect that comes back.
pub fn page<F>(load: F) -> impl IntoView
where
    F: Future<Output = Result<AnyView, ServiceError>> + Send + 'static,
{
    Suspend::new(async move {
        match load.await {
            Ok(view) => view,
            Err(error) => failure(error),
        }
    })
}

fn failure(error: ServiceError) -> AnyView {
    let error = shown(error);
    if error == AppError::Unauthenticated(Unauthenticated::SignInRequired) {
        redirect(&sign_in_path(&address()));
        return ().into_any();
    }
    set_status(&error);
    view! { <ErrorPage error=error/> }.into_any()
}

/// Keeps the address of this page out of every Referer: it is a secret.
pub fn hide_address() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
}

/// Lets this page show frames of one other origin; all other pages show none.
pub fn allow_frames_of(origin: &'static str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let parts = response.0.read().ok();
    let policy = parts.and_then(|parts| parts.headers.get(header::CONTENT_SECURITY_POLICY).cloned());
    let policy = policy.as_ref().and_then(|policy| policy.to_str().ok()).unwrap_or("default-src 'self'");
    if let Ok(policy) = HeaderValue::from_str(&format!("{policy}; frame-src {origin}")) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Sets the status of an error for the answer under way.
pub fn set_status(error: &AppError) {
    if let (Some(response), Ok(status)) =
        (use_context::<ResponseOptions>(), StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
        if let AppError::TooMany { retry_after_seconds } = error {
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
        }
    }
}

/// What people and callers see of a failure. Ours are logged here, once, under the incident they see.
#[must_use]
pub fn shown(error: ServiceError) -> AppError {
    match error {
        ServiceError::Refused(refusal) => refusal,
        error if error.is_busy() => {
            tracing::warn!(error = %error, "a needed part is busy: {error}");
            AppError::Busy
        }
        error => {
            let incident = request_id().map_or_else(|| "unknown".to_owned(), |id| id.to_string());
            tracing::error!(error = %error, incident, "request failed: {error}");
            AppError::Internal(Incident(incident))
        }
    }
}

/// Sends the browser on with 302.
///
/// `to` is a path of ours; anything that is no local path goes to `/` instead, so that no input can redirect
/// to another site.
pub fn redirect(to: &str) {
    let target = local_path(to).unwrap_or("/");
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(target)) {
        response.insert_header(header::LOCATION, value);
        response.set_status(StatusCode::FOUND);
    }
}

/// `text` if it is a path on this site: `/…` of visible ASCII, not `//…` or `/\…`, which browsers take for
/// another host.
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let second = text.as_bytes().get(1).copied();
    let local = text.starts_with('/')
        && second != Some(b'/')
        && second != Some(b'\\')
        && text.len() <= 2000
        && text.bytes().all(|b| b.is_ascii_graphic());
    local.then_some(text)
}

/// The sign-in page that leads back to `next`, or just the sign-in page.
#[must_use]
pub fn sign_in_path(next: &str) -> String {
    if next.is_empty() { "/signin".to_owned() } else { format!("/signin?next={}", encoded(next)) }
}

/// The page that asks for the password again and leads back to `next`.
#[must_use]
pub fn confirm_password_path(next: &str) -> String {
    format!("/confirm-password?next={}", encoded(next))
}

/// Text as one segment of a path or one value of a query.
#[must_use]
pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, UNRESERVED).to_string()
}

/// All but the characters that mean nothing in a URL (RFC 3986, 2.3).
const UNRESERVED: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A failure of the session layer as ours.
#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
pub fn session_failed(error: tower_sessions::session::Error) -> ServiceError {
    ServiceError::Broken(format!("session: {error}"))
}

fn outside() -> ServiceError {
    ServiceError::Broken("called outside a request".to_owned())
}

impl From<ServiceError> for CallError {
    fn from(error: ServiceError) -> Self {
        Self(shown(error))
    }
}
