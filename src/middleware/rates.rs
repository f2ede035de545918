//! How many requests one person and one network may make (specification 21.2). Static files and pictures don't count:
//! a page has many of them.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::limits::{Pause, Rule};
use domain::{AppError, Viewer};
use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Method, StatusCode, Uri};
use services::Services;
use services::accounts::Caller;
use services::limits::Limit;
use time::Duration;

use crate::config::RequestRates;
use crate::refusal::Refusal;
use crate::socket::SourceAddress;

/// What is counted, and for whom.
#[derive(Debug, Clone)]
pub struct Rates {
    pub services: Services,
    pub most: RequestRates,
}

const SEARCHES: Rule = per_minute(30);
/// How pages name what is searched for.
const SEARCH_FIELDS: [&str; 3] = ["search", "find", "q"];

const fn per_minute(max: i32) -> Rule {
    Rule { max, window: Duration::MINUTE, pause: Pause::Rest }
}

/// Before anything is read from the database.
pub async fn by_address(State(rates): State<Rates>, request: Request, next: Next) -> Response {
    let network = network(&request);
    let requests = Limit::new(per_minute(rates.most.per_address), "requests of network", &[&network]);
    answer(&rates, requests, request, next).await
}

/// Once it is known who asks; searches of strangers count for their network.
pub async fn by_person(State(rates): State<Rates>, request: Request, next: Next) -> Response {
    let user = request.extensions().get::<Viewer>().and_then(Viewer::user).map(|user| user.to_string());
    let whom = user.clone().unwrap_or_else(|| network(&request));
    if is_search(request.uri()) {
        let searches = Limit::new(SEARCHES, "searches", &[&whom]);
        if let Err(refusal) = rates.services.comfort.take(rates.services.clock.now(), &searches) {
            return refused(&request, &refusal);
        }
    }
    match user {
        Some(user) => {
            let requests = Limit::new(per_minute(rates.most.per_person), "requests of person", &[&user]);
            answer(&rates, requests, request, next).await
        }
        None => next.run(request).await,
    }
}

async fn answer(rates: &Rates, limit: Limit, request: Request, next: Next) -> Response {
    match rates.services.comfort.take(rates.services.clock.now(), &limit) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refused(&request, &refusal),
    }
}

fn network(request: &Request) -> String {
    let address = request.extensions().get::<SourceAddress>().map(|source| source.0);
    Caller { address, ..Caller::default() }.network()
}

fn is_search(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    // Decoded: `se%61rch` is the same field.
    url::form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| SEARCH_FIELDS.contains(&&*name) && !value.is_empty())
}

/// A page for browsers, the typed refusal for calls.
fn refused(request: &Request, refusal: &AppError) -> Response {
    let is_page = request
        .headers()
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let (kind, body) = if is_page {
        let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
        // Two slashes would lead to another host.
        let is_page = request.method() == Method::GET && !here.starts_with("//");
        let again = if is_page { here } else { "/" };
        let again = html_escape::encode_double_quoted_attribute(again);
        let body = format!(
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>Too many requests · Atria</title>\
             <h1>Too many requests</h1><p>{refusal}</p>\
             <p><a href=\"{again}\">Try again</a> or <a href=\"/\">go to the start page</a>.</p>"
        );
        ("text/html; charset=utf-8", body)
    } else {
        ("application/json", serde_json::to_string(&Refusal::from(refusal)).unwrap_or_default())
    };
    let mut response = (StatusCode::TOO_MANY_REQUESTS, [(CONTENT_TYPE, kind)], body).into_response();
    if let AppError::TooMany { retry_after_seconds } = refusal {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_search_field_is_no_search() {
        let searches = |uri: &'static str| is_search(&Uri::from_static(uri));
        assert!(
            searches("/events?search=rust&page=2")
                && searches("/events?se%61rch=rust")
                && searches("/events/rust-day/manage/agenda/x?find=ada")
        );
        assert!(
            !searches("/events?search=&page=2") && !searches("/events") && !searches("/events?research=a")
        );
    }
}
