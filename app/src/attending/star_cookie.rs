//! The stars of somebody who is not signed in: ids of sessions in a cookie, which open nothing.

use domain::ids::{AgendaSessionId, UserId};
use http::HeaderValue;
use http::header::{COOKIE, SET_COOKIE};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::Services;
use services::attending::{MAX_KEPT_STARS, merge_stars};
use time::Duration;
use tower_sessions::cookie::{Cookie, SameSite};

use crate::ssr;

/// Longer than any agenda is known before its event.
const LIFETIME: Duration = Duration::days(365);
/// Between two ids, of which none has it.
const JOINT: char = '.';

/// The sessions this browser keeps stars of, oldest first. What is no id is passed over.
#[must_use]
pub fn kept_stars(services: &Services) -> Vec<AgendaSessionId> {
    let cookies = ssr::request_header(&COOKIE).unwrap_or_default();
    let name = cookie_name(services);
    let cookie =
        Cookie::split_parse(cookies.as_str()).filter_map(Result::ok).find(|found| found.name() == name);
    let Some(cookie) = cookie else { return Vec::new() };
    cookie.value().split(JOINT).filter_map(|id| id.parse().ok()).take(MAX_KEPT_STARS).collect()
}

/// Keeps a star in this browser, or forgets it. The oldest gives way when there is no more room.
pub(super) fn keep_star(services: &Services, session: AgendaSessionId, is_starred: bool) {
    let mut kept = kept_stars(services);
    kept.retain(|known| *known != session);
    if is_starred {
        if kept.len() >= MAX_KEPT_STARS {
            kept.remove(0);
        }
        kept.push(session);
    }
    write(services, &kept);
}

/// Makes this browser's stars those of the person who signs in here, and forgets them. A star that can't be kept now
/// holds nobody up: it stays in the browser for the next time.
pub(crate) async fn merge_kept_stars(services: &Services, user: UserId) {
    let kept = kept_stars(services);
    if kept.is_empty() {
        return;
    }
    match merge_stars(services, user, &kept).await {
        Ok(()) => write(services, &[]),
        Err(error) => tracing::warn!(%error, "a browser's stars were not merged: {error}"),
    }
}

fn write(services: &Services, kept: &[AgendaSessionId]) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let ids: Vec<String> = kept.iter().map(|session| session.get().simple().to_string()).collect();
    let lifetime = if kept.is_empty() { Duration::ZERO } else { LIFETIME };
    let cookie = Cookie::build((cookie_name(services), ids.join(&JOINT.to_string())))
        .secure(is_https(services))
        .http_only(true)
        .same_site(SameSite::Lax)
        .path("/")
        .max_age(lifetime)
        .build();
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.append_header(SET_COOKIE, value);
    }
}

fn is_https(services: &Services) -> bool {
    services.public_url.starts_with("https://")
}

/// As the session cookie's: `__Host-` binds it to this host and https, which plain http can't have.
fn cookie_name(services: &Services) -> &'static str {
    if is_https(services) { "__Host-atria-stars" } else { "atria-stars" }
}
