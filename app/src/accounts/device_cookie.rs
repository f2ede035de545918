//! The cookie that tells a person's own browsers from strangers'. It opens nothing.

use http::HeaderValue;
use http::header::{COOKIE, SET_COOKIE, USER_AGENT};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::Services;
use services::accounts::{Caller, DEVICE_LIFETIME};
use services::rng::SecretToken;
use tower_sessions::cookie::{Cookie, SameSite};

use super::login_session::SourceAddressText;
use crate::ssr;

/// Longest User-Agent that is kept.
const MAX_AGENT_CHARS: usize = 400;

/// Where the request under way comes from.
#[must_use]
pub fn caller(services: &Services) -> Caller {
    let cookies = ssr::request_header(&COOKIE).unwrap_or_default();
    let name = cookie_name(services);
    let device = Cookie::split_parse(cookies.as_str())
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name && is_token(cookie.value()))
        .map(|cookie| cookie.value().to_owned());
    Caller {
        address: ssr::extension::<SourceAddressText>().and_then(|source| source.0.parse().ok()),
        device,
        user_agent: ssr::request_header(&USER_AGENT)
            .map(|agent| agent.chars().take(MAX_AGENT_CHARS).collect()),
    }
}

/// What [`services::Rng::token`] makes: 43 URL-safe characters.
fn is_token(value: &str) -> bool {
    value.len() == 43 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Gives this browser its device cookie for a year, if it has none.
pub fn keep_device(services: &Services, made: Option<&SecretToken>) {
    let (Some(token), Some(response)) = (made, use_context::<ResponseOptions>()) else { return };
    let cookie = Cookie::build((cookie_name(services), token.expose()))
        .secure(is_https(services))
        .http_only(true)
        .same_site(SameSite::Lax)
        .path("/")
        .max_age(DEVICE_LIFETIME)
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
    if is_https(services) { "__Host-atria-device" } else { "atria-device" }
}
