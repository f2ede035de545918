//! What the copy of a person's data tells of the people they have to do with.

use serde_json::{Value, json};
use services::{accounts, connections};
use time::Duration;

use crate::support::{ConnectionScene, Member};

async fn copy(scene: &ConnectionScene, of: &Member) -> Value {
    of.browser.submit("/api/accounts/request_export", &[]).await;
    accounts::prepare_exports(&scene.app.services).await.unwrap();
    let page = of.browser.get("/settings/account").await.html();
    let link = page.attributes("a[href*='/export/']", "href").pop().expect("a finished export");
    serde_json::from_str(&of.browser.get(&link).await.body).expect("JSON")
}

#[tokio::test]
async fn a_copy_holds_connections_with_notes_and_tells_of_no_decline() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, sam) = (&scene.ada, &scene.ben, &scene.sam);
    let connected = scene.connected(ben, ada).await;
    scene.note(ada, connected, "Flies kites").await;
    scene.note(ben, connected, "Ben's own words").await;
    scene.app.wait(Duration::MINUTE);
    let declined = scene.requested(ada, sam).await;
    connections::decline(&scene.app.services, &sam.signed_in, declined).await.unwrap();
    scene.block(ada, &scene.omar).await;
    let own = copy(&scene, ada).await;
    let [at, later] = ["2026-05-04T09:00:00Z", "2026-05-04T09:01:00Z"];
    let of = |with: &str, at: &str, state: &str, connected_at: Option<&str>, note: Option<&str>| {
        let asked_by_me = state == "requested";
        json!({
            "with": with, "asked_by_me": asked_by_me, "state": state, "icebreaker": "Coffee?", "event": "Rust Day",
            "requested_at": at, "connected_at": connected_at, "note": note,
        })
    };
    let expected = [
        of("Ben Test", at, "connected", Some(at), Some("Flies kites")),
        of("Sam Test", later, "requested", None, None),
    ];
    assert_eq!(own["connections"], json!(expected), "and nothing of the other side's");
    assert_eq!(own["blocked"], json!([{ "name": "Omar Test", "since": later }]));
    assert_eq!(copy(&scene, &scene.omar).await["blocked"], json!([]), "nobody learns who blocks them");
}
