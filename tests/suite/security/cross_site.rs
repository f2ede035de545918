use http::{Method, StatusCode};

use crate::support::TestApp;

#[tokio::test]
async fn an_unsafe_request_without_proof_of_its_own_site_is_refused() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let create = "/api/organizations/create";
    let fields = [("name", "Mine"), ("form_key", "00000000-0000-0000-0000-000000000001")];
    let send = async |headers: &[(&str, &str)]| {
        let mut request =
            ada.browser.request(Method::POST, create).header("accept", "application/json").form(&fields);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        ada.browser.send(request).await.status
    };
    assert_eq!(send(&[]).await, StatusCode::FORBIDDEN, "neither Origin nor Sec-Fetch-Site");
    assert_eq!(send(&[("origin", "https://evil.example")]).await, StatusCode::FORBIDDEN);
    assert_eq!(send(&[("origin", "null")]).await, StatusCode::FORBIDDEN);
    assert_eq!(send(&[("sec-fetch-site", "cross-site")]).await, StatusCode::FORBIDDEN);
    assert_eq!(
        send(&[("origin", &app.origin), ("sec-fetch-site", "same-site")]).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(send(&[("origin", &app.origin)]).await, StatusCode::OK, "our own page passes");
    assert_eq!(
        send(&[("sec-fetch-site", "same-origin"), ("origin", "null")]).await,
        StatusCode::OK,
        "no-referrer pages too"
    );
}

#[tokio::test]
async fn nothing_changes_on_get() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    for (path, _) in server_fn::axum::server_fn_paths() {
        let answer =
            ada.browser.get(&format!("{path}?name=Got&form_key=00000000-0000-0000-0000-000000000001")).await;
        assert!(answer.status.is_client_error(), "{path} answers GET with {}", answer.status);
    }
    let organizations: i64 =
        sqlx::query_scalar("select count(*) from organizations").fetch_one(&app.services.db).await.unwrap();
    assert_eq!(organizations, 0);
}

#[tokio::test]
async fn sign_in_goes_on_only_to_pages_of_ours() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    for (next, target) in [
        ("/events", "/events"),
        ("//evil.example", "/home"),
        ("https://evil.example", "/home"),
        ("/\\evil.example", "/home"),
        ("javascript:alert(1)", "/home"),
        ("/ü", "/home"),
        ("", "/home"),
    ] {
        let fields =
            [("email", "ada@example.org"), ("password", crate::support::cast::PASSWORD), ("next", next)];
        let answer = app.browser().submit("/api/accounts/sign_in", &fields).await;
        assert_eq!(answer.location(), target, "{next:?}");
    }
}
