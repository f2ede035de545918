//! How much one person and one network may ask for.

use std::net::Ipv4Addr;

use http::StatusCode;
use http::header::{ACCEPT, RETRY_AFTER};
use time::Duration;

use crate::support::{Client, TestApp, database};

const SETTINGS: [(&str, &str); 2] =
    [("ATRIA_REQUESTS_PER_PERSON", "12"), ("ATRIA_REQUESTS_PER_ADDRESS", "20")];

/// Good answers before one is refused.
async fn until_refused(browser: &Client, path: &str) -> usize {
    for n in 0..200 {
        if browser.get(path).await.status == StatusCode::TOO_MANY_REQUESTS {
            return n;
        }
    }
    panic!("never refused");
}

#[tokio::test]
async fn a_person_and_a_network_have_so_many_requests_a_minute() {
    let app = TestApp::start_with(database::fresh_urls().await, &SETTINGS).await;
    let ada = app.person("Ada").await;
    let phone = ada.browser.copy();
    // Signing in was a request of nobody yet.
    assert_eq!(until_refused(&ada.browser, "/settings/devices").await, 12);
    let elsewhere = phone.get("/settings/devices").await;
    assert_eq!(elsewhere.status, StatusCode::TOO_MANY_REQUESTS, "the person, wherever they are");
    assert_eq!(elsewhere.header(RETRY_AFTER.as_str()), Some("60"));
    assert!(elsewhere.body.contains("<h1>Too many requests</h1>"), "{}", elsewhere.body);
    let call = phone.call("/api/organizations/create", &[]).await;
    assert_eq!(call.error(), domain::AppError::TooMany { retry_after_seconds: 60 });
    assert_eq!(app.browser().get("/signin").await.status, StatusCode::OK, "others are not concerned");

    let shared = Ipv4Addr::new(198, 51, 100, 7);
    let (one, two) = (Client::from_address(&app.origin, shared), Client::from_address(&app.origin, shared));
    assert_eq!(until_refused(&one, "/signin").await, 20);
    assert_eq!(two.get("/signin").await.status, StatusCode::TOO_MANY_REQUESTS, "one network");
    let health = two.send(two.request(http::Method::GET, "/healthz").header(ACCEPT, "*/*")).await;
    assert_eq!(health.status, StatusCode::OK, "what has no viewer is not counted");
    app.wait(Duration::MINUTE);
    assert_eq!(two.get("/signin").await.status, StatusCode::OK, "a minute later");
    assert_eq!(phone.get("/settings/devices").await.status, StatusCode::OK);
}

#[tokio::test]
async fn thirty_searches_a_minute_and_pages_without_one_go_on() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    assert_eq!(until_refused(&olivia.browser, "/organizations/atria-test/members?search=oli").await, 30);
    let invitations = "/organizations/atria-test/invitations?search=oli";
    assert_eq!(
        olivia.browser.get(invitations).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "all lists together"
    );
    let empty = "/organizations/atria-test/members?search=&page=1";
    assert_eq!(olivia.browser.get(empty).await.status, StatusCode::OK, "an empty field is no search");
    assert_eq!(until_refused(&app.browser(), "/events?search=rust").await, 30, "strangers by their network");
    app.wait(Duration::MINUTE);
    assert_eq!(olivia.browser.get(invitations).await.status, StatusCode::OK);
}
