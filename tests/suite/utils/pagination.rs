use domain::AppError;
use domain::paging::{Page, PageRequest};
use http::StatusCode;

use crate::support::{Member, Team, TestApp};

/// Fifty-three changes after the creation, as the log has them.
async fn with_a_long_log(app: &TestApp) -> Team {
    let team = Team::of_four(app).await;
    for n in 0..53 {
        let role = if n % 2 == 0 { "ADMIN" } else { "MEMBER" };
        assert_eq!(team.change(&team.olivia, &team.mia, role).await, StatusCode::OK);
    }
    team
}

/// The lines of a page of the log, and where "Newer" and "Older" lead.
async fn read(who: &Member, path: &str) -> (Vec<String>, Option<String>, Option<String>) {
    let page = who.browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    let html = page.html();
    let way = |rel: &str| html.attributes(&format!(".pager [rel={rel}]"), "href").pop();
    (html.texts(".row .meta"), way("prev"), way("next"))
}

#[tokio::test]
async fn paginate_query() {
    let app = TestApp::start().await;
    let team = with_a_long_log(&app).await;
    let (first, newer, older) = read(&team.olivia, &team.path("/audit")).await;
    assert_eq!((first.len(), newer), (50, None), "the newest fifty");
    assert_eq!(team.change(&team.olivia, &team.adam, "MEMBER").await, StatusCode::OK);
    let (second, newer, oldest) = read(&team.olivia, &older.expect("there is more")).await;
    assert_eq!(
        (second.len(), oldest),
        (4, None),
        "what came meanwhile moves nothing: none twice, none missing"
    );
    let (again, newest, _) = read(&team.olivia, &newer.expect("the way back")).await;
    assert_eq!(again, first);
    let (newest, none, _) = read(&team.olivia, &newest.expect("one came on top")).await;
    assert_eq!((newest.len(), none), (1, None));

    let members = async |query: &str| {
        let path = team.path(&format!("/members{query}"));
        team.olivia.browser.get(&path).await.html().texts(".row strong")
    };
    assert_eq!(members("?per_page=2").await, ["Adam Test", "Mia Test"]);
    assert_eq!(members("?per_page=2&page=2").await, ["Olivia Test"]);
}

#[tokio::test]
async fn page_metadata() {
    let request = |page: &str| PageRequest::parse(Some(page), Some("2")).unwrap();
    let page = Page::of(vec!["c"], request("2"), 3).unwrap();
    assert_eq!((page.page, page.per_page, page.total_items, page.total_pages), (2, 2, 3, 2));
    let empty = Page::<&str>::of(vec![], request("1"), 0).unwrap();
    assert_eq!((empty.page, empty.total_items, empty.total_pages), (1, 0, 0));
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let page = team.olivia.browser.get(&team.path("/members?per_page=1&page=2")).await.html();
    assert_eq!(page.text(".pager-position"), "Page 2 of 3");
    let ways = page.attributes(".pager a", "href");
    assert_eq!(ways.len(), 2, "to the one before and the one after: {ways:?}");
    for (way, name) in ways.iter().zip(["Adam Test", "Olivia Test"]) {
        let page = team.olivia.browser.get(way).await.html();
        assert_eq!(page.texts(".row strong"), [name], "{way} keeps the size of pages");
    }
}

#[tokio::test]
async fn invalid_page() {
    let app = TestApp::start().await;
    let team = with_a_long_log(&app).await;
    for query in ["page=0", "page=-1", "page=x", "per_page=0", "per_page=101", "page=401"] {
        let answer = team.olivia.browser.get(&team.path(&format!("/members?{query}"))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert!(answer_names_the_range(&team, "page=0").await.contains("from 1 to 400"));
    assert!(answer_names_the_range(&team, "per_page=101").await.contains("1 to 100"));
    let after = team.olivia.browser.get(&team.path("/members?page=9")).await;
    assert_eq!(after.status, StatusCode::NOT_FOUND);
    let says = AppError::NoSuchPage { page: 9, last: 1 }.to_string();
    assert!(after.body.contains(&says), "{says}: {}", after.body);

    let (_, _, older) = read(&team.olivia, &team.path("/audit")).await;
    let older = older.expect("there is more");
    assert_eq!(team.olivia.browser.get(&older).await.status, StatusCode::OK);
    let cursor = older.split_once("cursor=").expect("a cursor").1;
    let mut altered = cursor.to_owned();
    altered.replace_range(4..5, if &cursor[4..5] == "A" { "B" } else { "A" });
    for bad in ["", "x", altered.as_str(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = team.olivia.browser.get(&team.path(&format!("/audit?cursor={bad}"))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
    }
    let another_viewer = team.adam.browser.get(&older).await;
    assert_eq!(another_viewer.status, StatusCode::UNPROCESSABLE_ENTITY, "made for somebody else");
    let other = app.organization(&team.olivia, "Other").await;
    let another_list =
        team.olivia.browser.get(&format!("/organizations/{other}/audit?cursor={cursor}")).await;
    assert_eq!(another_list.status, StatusCode::UNPROCESSABLE_ENTITY, "made for another list");
    let limit = team.olivia.browser.get(&team.path("/audit?limit=101")).await;
    assert_eq!(limit.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn answer_names_the_range(team: &Team, query: &str) -> String {
    team.olivia.browser.get(&team.path(&format!("/members?{query}"))).await.html().text("main")
}
