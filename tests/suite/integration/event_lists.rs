//! Events in lists.

use http::StatusCode;

use crate::support::{Client, EventForm, Member, TestApp};

pub async fn filters() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    for (title, format, city, start) in [
        ("Rust by the sea", "IN_PERSON", "Lisbon", "2026-06-01"),
        ("Python by the lake", "HYBRID", "Geneva", "2026-07-01"),
        ("Small databases", "VIRTUAL", "", "2026-08-01"),
    ] {
        let mut form = EventForm::default();
        title.clone_into(&mut form.0.title);
        format.clone_into(&mut form.0.format);
        city.clone_into(&mut form.0.venue_city);
        start.clone_into(&mut form.0.start_date);
        start.clone_into(&mut form.0.end_date);
        form.0.venue_name = "Hall".to_owned();
        form.0.venue_country = "Somewhere".to_owned();
        let event = app.draft(&olivia, &organization, form).await;
        assert_eq!(olivia.browser.status("/api/events/publish", &[("event", &event)]).await, StatusCode::OK);
    }
    app.draft(&olivia, &organization, EventForm::default()).await;
    let (sea, lake, data) = ("Rust by the sea", "Python by the lake", "Small databases");
    let visitor = app.browser();
    let found = async |browser: &Client, path: &str| browser.get(path).await.html().texts(".row-title");
    for (query, expected) in [
        ("", vec![sea, lake, data]),
        ("?search=by+the", vec![sea, lake]),
        ("?search=ATRIA", vec![sea, lake, data]),
        ("?city=lisb", vec![sea]),
        ("?format=VIRTUAL", vec![data]),
        ("?from=2026-06-02&to=2026-07-15", vec![lake]),
        ("?from=2026-06-01&to=2026-06-01", vec![sea]),
        ("?per_page=2", vec![sea, lake]),
        ("?per_page=2&page=2", vec![data]),
        ("?search=by+the&per_page=1&page=2", vec![lake]),
        ("?search=%25", vec![]),
        ("?city=&format=&from=&to=&search=", vec![sea, lake, data]),
    ] {
        assert_eq!(found(&visitor, &format!("/events{query}")).await, expected, "{query}");
    }
    let next = visitor.get("/events?search=by+the&per_page=1").await.html();
    assert_eq!(next.attributes("a[rel=next]", "href"), ["/events?search=by%20the&page=2"]);
    for wrong in
        ["from=soon", "format=MOON", "to=2026-06-01&from=2026-06-02", "page=0", "per_page=101", "search=a"]
    {
        let refused = visitor.get(&format!("/events?{wrong}")).await.status;
        assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(visitor.get("/events?page=9").await.status, StatusCode::NOT_FOUND, "after the last page");
    of_organization(&app, &olivia).await;
}

/// The same events in their organization's list, with the draft.
async fn of_organization(app: &TestApp, olivia: &Member) {
    let found = async |browser: &Client, path: &str| browser.get(path).await.html().texts(".row-title");
    let (sea, lake, data, draft) = ("Rust by the sea", "Python by the lake", "Small databases", "Rust Day");
    let list = "/organizations/atria-test/events";
    for (query, expected) in [
        ("", vec![draft, data, lake, sea]),
        ("?status=DRAFT", vec![draft]),
        ("?status=PUBLISHED&search=by+the", vec![lake, sea]),
        ("?to=2026-06-30", vec![sea]),
    ] {
        assert_eq!(found(&olivia.browser, &format!("{list}{query}")).await, expected, "{query}");
    }
    let deleted = olivia.browser.get(&format!("{list}?status=DELETED")).await.status;
    assert_eq!(deleted, StatusCode::UNPROCESSABLE_ENTITY, "deleted ones are in no list");
    let member = app.person("Mia").await;
    app.join_organization("atria-test", &member, "MEMBER").await;
    assert_eq!(found(&member.browser, list).await, [data, lake, sea], "drafts are for owners and admins");
}
