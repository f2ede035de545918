use http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn jwt_required() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let visitor = app.browser();
    for page in ["/home", "/organizations/new", "/settings/security", "/settings/devices"] {
        assert_eq!(ada.browser.get(page).await.status, StatusCode::OK, "{page}");
        let answer = visitor.get(page).await;
        let next = format!("/signin?next={}", page.replace('/', "%2F"));
        assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, next.as_str()));
    }
    for call in ["organizations/create", "accounts/change_password", "accounts/end_other_devices"] {
        let path = format!("/api/{call}");
        assert_eq!(visitor.status(&path, &[]).await, StatusCode::UNAUTHORIZED, "{call}");
        assert_ne!(ada.browser.status(&path, &[]).await, StatusCode::UNAUTHORIZED, "{call}");
    }
    assert_eq!(visitor.handshake().open().await.err(), Some(StatusCode::UNAUTHORIZED));
    assert!(ada.browser.handshake().open().await.is_ok());
}

#[tokio::test]
async fn optional_jwt() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let bad = app.browser().with_cookie("atria", "AAAAAAAAAAAAAAAAAAAAAA");
    for page in ["/".to_owned(), "/events".to_owned(), format!("/events/{event}")] {
        for (browser, name) in [(&olivia.browser, Some("Olivia Test")), (&app.browser(), None), (&bad, None)]
        {
            let answer = browser.get(&page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            let shown = answer.html().texts(".menu-name").first().cloned();
            assert_eq!(shown.as_deref(), name, "{page} says who is signed in");
        }
    }
}
