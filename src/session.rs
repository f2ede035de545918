//! The cookie, and who stands behind it: once per request, before any page or function runs.

use app::accounts::VIEWER_KEY;
use app::shell::{RenewalDue, SessionEnds};
use app::ssr::EndedSession;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use domain::error::Unauthenticated;
use domain::notifications::Waiting;
use domain::{AppError, SignedIn, Viewer};
use http::header::SET_COOKIE;
use http::{HeaderName, StatusCode};
use services::accounts::{self, ABSOLUTE_LIMIT, ROTATE_AFTER, SessionLimits};
use services::{ServiceError, Services};
use tower_sessions::cookie::{Cookie, SameSite};
use tower_sessions::session::Id;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

use crate::config::PublicUrl;
use crate::endpoints::{Access, Endpoints};
use crate::middleware::session_cookie;
use crate::session_store::{LIMITS_KEY, LoginSessionStore, ROTATED_AT_KEY, WAITING_KEY, instant};

/// The cookie's name: `__Host-` binds it to this host and https; plain http (development) can't have that.
#[must_use]
pub fn cookie_name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() { "__Host-atria" } else { "atria" }
}

/// Gives every request of `routes` its [`Session`] and its [`Viewer`], and keeps dead ids from touching the cookie.
pub fn around(routes: Router, services: &Services, public_url: &PublicUrl) -> Router {
    routes
        .layer(from_fn_with_state(services.clone(), identify))
        .layer(layer(services, public_url))
        .layer(from_fn_with_state(cookie_name(public_url), session_cookie::guard))
}

/// Loads and saves sessions around every routed request.
fn layer(services: &Services, public_url: &PublicUrl) -> SessionManagerLayer<LoginSessionStore> {
    SessionManagerLayer::new(LoginSessionStore::new(services.clone()))
        .with_name(cookie_name(public_url))
        .with_secure(public_url.is_https())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // The browser keeps it for the absolute limit; the row decides when it is over.
        .with_expiry(Expiry::OnInactivity(ABSOLUTE_LIMIT))
}

/// Puts the [`Viewer`] into the request: one indexed read for browsers with a cookie, none for others.
///
/// A cookie that is no live session counts as none, and stays in the browser: it may be the old id of a session that
/// another tab has just renewed. Signing out clears it, a new session replaces it. An unreachable database is 503: nobody is made anonymous
/// by an outage.
async fn identify(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let Some(session) = request.extensions().get::<Session>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let came_with = session.id();
    match session.get::<SignedIn>(VIEWER_KEY).await {
        Ok(person) => {
            let is_dead = came_with.is_some() && session.id().is_none();
            if let Some(id) = came_with.filter(|_| is_dead) {
                request.extensions_mut().insert(EndedSession(id.0.to_le_bytes()));
            }
            if person.is_some() {
                if is_renewal_due(&session, &services).await {
                    request.extensions_mut().insert(RenewalDue);
                }
                if let Ok(Some(waiting)) = session.get::<Waiting>(WAITING_KEY).await {
                    request.extensions_mut().insert(waiting);
                }
                if let Some(ends) = ends(&session, &services).await {
                    request.extensions_mut().insert(ends);
                }
            }
            request.extensions_mut().insert(person.map_or(Viewer::Anonymous, Viewer::SignedIn));
            let response = next.run(request).await;
            // Signing out and beginning a session both modify it.
            if is_dead && !session.is_modified() {
                session_cookie::leave_alone();
            }
            response
        }
        Err(error) => {
            tracing::error!(error = %error, "a login session could not be read: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, AppError::Busy.to_string()).into_response()
        }
    }
}

async fn is_renewal_due(session: &Session, services: &Services) -> bool {
    let made = session.get::<i64>(ROTATED_AT_KEY).await.ok().flatten();
    made.is_some_and(|made| services.clock.now() - instant(made) > ROTATE_AFTER)
}

/// When the login session ends unless somebody goes on.
async fn ends(session: &Session, services: &Services) -> Option<SessionEnds> {
    let [idle, absolute] = session.get::<[i64; 2]>(LIMITS_KEY).await.ok().flatten()?.map(instant);
    Some(ends_at(SessionLimits { idle, absolute }, services))
}

fn ends_at(limits: SessionLimits, services: &Services) -> SessionEnds {
    let in_seconds = (limits.idle.min(limits.absolute) - services.clock.now()).whole_seconds();
    SessionEnds { in_seconds, is_final: limits.absolute <= limits.idle }
}

/// How the answer to a renewal says when the login session ends now, in seconds.
const ENDS_IN: HeaderName = HeaderName::from_static("x-session-ends-in");

/// What the renewal route needs.
#[derive(Debug, Clone)]
pub struct Renewal {
    pub services: Services,
    pub public_url: PublicUrl,
}

pub fn endpoints(renewal: Renewal) -> Endpoints {
    Endpoints::default().post("/session/renew", Access::SignedIn, renew).with_state(renewal)
}

/// `POST /session/renew`: a new id for this browser, the idle limit slid, the old id dead at once. 204.
///
/// Not through tower-sessions' `cycle_id`, which makes a second row: open sockets and the device list know the
/// login session by its row.
async fn renew(State(renewal): State<Renewal>, session: Session) -> Response {
    let Some(old) = session.id() else { return unauthenticated() };
    let new = Id(i128::from_le_bytes(renewal.services.rng.bytes()));
    match accounts::rotate(&renewal.services, &old.0.to_le_bytes(), &new.0.to_le_bytes()).await {
        Ok(limits) => {
            let cookie = Cookie::build((cookie_name(&renewal.public_url), new.to_string()))
                .secure(renewal.public_url.is_https())
                .http_only(true)
                .same_site(SameSite::Lax)
                .path("/")
                .max_age(ABSOLUTE_LIMIT)
                .build();
            let ends_in = ends_at(limits, &renewal.services).in_seconds.to_string();
            (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie.to_string()), (ENDS_IN, ends_in)]).into_response()
        }
        Err(ServiceError::Refused(_)) => unauthenticated(),
        Err(error) => {
            tracing::error!(error = %error, "a login session could not be renewed: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, AppError::Busy.to_string()).into_response()
        }
    }
}

fn unauthenticated() -> Response {
    let error = AppError::Unauthenticated(Unauthenticated::SignInRequired);
    (StatusCode::UNAUTHORIZED, error.to_string()).into_response()
}
