//! A request that holds one connection while it waits for a second can starve: enough of them at once hold all there
//! are, and every one waits for another.

use http::StatusCode;

use super::access_matrix::{calls, pages};
use crate::support::{AccessScene, PRINCIPALS, TestApp, database};

#[tokio::test]
async fn every_page_and_call_gets_by_with_one_connection() {
    let app = TestApp::start_with(database::fresh_urls().await, &[("ATRIA_DB_POOL", "2")]).await;
    let scene = AccessScene::set_in(app).await;
    let owner = PRINCIPALS.iter().position(|principal| principal.column == "org owner").unwrap();
    let owner = &scene.browsers[owner];
    let place = &scene.places[0];
    let taken = scene.app.services.db.acquire().await.unwrap();
    let mut starved = Vec::new();
    for pattern in pages() {
        let answer = owner.get(&scene.path(&pattern, place)).await;
        starved.extend((answer.status == StatusCode::SERVICE_UNAVAILABLE).then_some(pattern));
    }
    for call in calls() {
        let fields = scene.fields(call, place);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = owner.call_with_known(call, &fields).await;
        starved.extend((answer.status == StatusCode::SERVICE_UNAVAILABLE).then(|| call.to_owned()));
        if answer.status.is_success() {
            scene.put_back().await;
        }
    }
    drop(taken);
    assert!(starved.is_empty(), "these hold a connection while they wait for another: {starved:#?}");
}
