//! Every route on one page, and what each request passes through on its way.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use app::routes::Routed;
use app::shell::shell;
use app::ssr::{Assets, Site};
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use leptos::config::LeptosOptions;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes as _, ResponseOptions};
use leptos_router::SsrMode;
use services::Services;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::{MakeHeaderValue, SetResponseHeaderLayer};
use tower_http::timeout::TimeoutLayer;

use crate::config::{Config, Environment};
use crate::endpoints::Endpoint;
use crate::middleware::headers::Transport;
use crate::middleware::rates::Rates;
use crate::middleware::request_log::Disclose;
use crate::middleware::{
    completion, csrf, headers, host, moved, rates, reactive_owner, request_log, source_address,
};
use crate::session::Renewal;
use crate::socket::SocketState;
use crate::{
    account_export, calendars, contact_files, files, health, og_images, organization_export,
    server_functions, session, socket, unsubscribe,
};

/// Most bytes of a form or call; uploads have routes and limits of their own.
pub(crate) const MAX_BODY_BYTES: usize = 256 * 1024;
/// No page or call takes longer than this.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);
/// Names with a content hash never change.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";
const ASK_AGAIN: &str = "no-cache";

/// What the router is built from.
#[derive(Debug, Clone)]
pub struct Parts {
    pub services: Services,
    pub sockets: SocketState,
    pub readiness: health::Readiness,
    pub assets: Assets,
    pub options: LeptosOptions,
}

/// All routes with their layers, and a list of those that are neither pages nor server functions.
pub fn router(config: &Config, parts: Parts) -> (Router, Vec<Endpoint>) {
    let public_url: Arc<str> = Arc::clone(&parts.services.public_url);
    let transport = if config.public_url.is_https() { Transport::Https } else { Transport::Plain };
    let disclose =
        if config.environment == Environment::Test { Disclose::Statements } else { Disclose::Nothing };
    let trusted: Arc<[crate::config::Network]> = config.trusted_proxies.clone().into();

    let mut list = Vec::new();
    let routes = Router::new()
        .merge(routed(config, &parts, &mut list))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        // Neither short nor quick: they keep limits of their own.
        .merge(files::of_viewers(&parts.services, &config.public_url).into_router(&mut list))
        .layer(from_fn_with_state(public_url.clone(), csrf::same_origin_only))
        .layer(CsrfLayer::new());
    let routes = match config.environment {
        // Tests listen on a port of their own choosing after the address is configured.
        Environment::Test => routes,
        Environment::Development | Environment::Production => {
            routes.layer(from_fn_with_state(public_url, host::canonical))
        }
    };
    let routes = routes
        .merge(unsubscribe::endpoints(&parts.services).into_router(&mut list))
        .merge(statics(config, parts.options.hash_files))
        .merge(files::of_everybody(&parts.services).into_router(&mut list))
        .merge(calendars::of_holders(&parts.services).into_router(&mut list))
        .merge(health::routes(parts.readiness).into_router(&mut list))
        .layer(CompressionLayer::new().gzip(true).br(true).quality(tower_http::CompressionLevel::Fastest))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(transport, headers::secure))
        .layer(from_fn_with_state(trusted, source_address::find))
        .layer(from_fn_with_state(disclose, request_log::log))
        .layer(from_fn(completion::of_changes));
    (routes, list)
}

/// What knows its viewer: pages, server functions, the socket, the renewal.
fn routed(config: &Config, parts: &Parts, list: &mut Vec<Endpoint>) -> Router {
    let site = Site {
        services: parts.services.clone(),
        assets: parts.assets.clone(),
        lists_mail: lists_mail(config),
    };
    let provide = move || {
        provide_context(site.clone());
        set_page_policy();
    };
    let renewal = Renewal { services: parts.services.clone(), public_url: config.public_url.clone() };
    let shell_options = parts.options.clone();
    let calls = provide.clone();
    let routes = Router::new()
        .leptos_routes_with_context(&parts.options, page_routes(), provide.clone(), move || {
            shell(shell_options.clone())
        })
        .merge(server_functions::routes(calls))
        .fallback(leptos_axum::render_app_async_with_context(provide, {
            let options = parts.options.clone();
            move || shell(options.clone())
        }))
        .with_state(parts.options.clone())
        .layer(from_fn(reactive_owner::keep))
        .layer(from_fn_with_state(parts.services.clone(), moved::redirect))
        .merge(account_export::endpoints(&parts.services).into_router(list))
        .merge(calendars::of_viewers(&parts.services).into_router(list))
        .merge(contact_files::of_person(&parts.services).into_router(list))
        .merge(og_images::endpoints(&parts.services).into_router(list))
        .merge(organization_export::endpoints(&parts.services).into_router(list))
        .merge(moved::endpoints().into_router(list))
        .merge(session::endpoints(renewal).into_router(list))
        .merge(socket::endpoints(parts.sockets.clone()).into_router(list));
    let rates = Rates { services: parts.services.clone(), most: config.request_rates };
    let routes = routes.layer(from_fn_with_state(rates.clone(), rates::by_person));
    session::around(routes, &parts.services, &config.public_url)
        .layer(from_fn_with_state(rates, rates::by_address))
}

/// Mail is listed only to this very machine: whoever reads it can confirm any address.
fn lists_mail(config: &Config) -> bool {
    let without_server = config.environment != Environment::Production && config.smtp.is_none();
    if without_server && !config.bind.ip().is_loopback() {
        tracing::warn!(
            "no mail server is configured, and /dev/mail is closed because other machines can reach this one"
        );
    }
    without_server && config.bind.ip().is_loopback()
}

/// The pages, as the router of `app` lists them; server functions have a route of their own.
fn page_routes() -> Vec<leptos_axum::AxumRouteListing> {
    let functions: Vec<String> =
        server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let pages = leptos_axum::generate_route_list_with_exclusions(Routed, Some(functions.clone()));
    let is_whole = |page: &leptos_axum::AxumRouteListing| {
        matches!(page.mode(), SsrMode::Async) || functions.iter().any(|function| function == page.path())
    };
    assert!(pages.iter().all(is_whole), "every page is rendered whole: see reactive_owner");
    pages
}

/// The nonce is made per render; the header has to name the same one.
fn set_page_policy() {
    if let (Some(nonce), Some(response)) = (leptos::nonce::use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&headers::page_policy(&nonce, reload_socket()))
    {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Where the page's reload script connects to, when `bin/dev` watches.
fn reload_socket() -> Option<&'static str> {
    std::env::var_os("LEPTOS_WATCH").map(|_| "ws://127.0.0.1:3001 ws://localhost:3001")
}

/// Built files and public files, precompressed where the build made them so; those of a build without hashes (`bin/dev`)
/// keep their names when they change.
fn statics(config: &Config, are_hashed: bool) -> Router {
    let site = &config.site_dir;
    let (of_build, of_public) = if are_hashed { (IMMUTABLE, FOR_A_DAY) } else { (ASK_AGAIN, ASK_AGAIN) };
    let built = ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip();
    let built = Router::new().nest_service("/pkg", built).layer(cached(of_build));
    let mut files = Router::new();
    for name in PUBLIC_FILES {
        let file =
            tower_http::services::ServeFile::new(site.join(name)).precompressed_br().precompressed_gzip();
        files = files.route_service(&format!("/{name}"), file);
    }
    let fonts = ServeDir::new(site.join("fonts"));
    files.nest_service("/fonts", fonts).layer(cached(of_public)).merge(built).merge(service_worker(site))
}

/// It stays in browsers: they ask for a newer one each time, and it calls nobody but this site.
fn service_worker(site: &std::path::Path) -> Router {
    let file = tower_http::services::ServeFile::new(site.join("service-worker.js"));
    let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'; img-src 'self'");
    Router::new()
        .route_service("/service-worker.js", file)
        .layer(cached(ASK_AGAIN))
        .layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy))
}

/// Files at the root of the site; a list, because a wildcard would stand before the pages.
const PUBLIC_FILES: [&str; 7] = [
    "favicon.svg",
    "favicon.png",
    "apple-touch-icon.png",
    "icons.svg",
    "og.png",
    "robots.txt",
    "manifest.webmanifest",
];

fn cached(value: &'static str) -> SetResponseHeaderLayer<impl MakeHeaderValue<Response> + Clone> {
    let found = move |response: &Response| {
        let is_file = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
        is_file.then(|| HeaderValue::from_static(value))
    };
    SetResponseHeaderLayer::overriding(CACHE_CONTROL, found)
}

/// A panic is a 500 with an incident, not a dropped connection.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the payload over")]
fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(panic = text, "a request panicked: {text}");
    let body = include_str!("panic.html");
    (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}
