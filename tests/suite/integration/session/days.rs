//! Sessions on several days, across midnight and outside of the event.

use domain::agenda::Saved;
use domain::ids::AgendaSessionId;
use http::StatusCode;

use crate::support::AgendaScene;

pub(super) async fn across_midnight_and_outside() {
    let scene = AgendaScene::set().await;
    let create = async |start: &str, end: &str| {
        let key = scene.app.form_key();
        let fields = [("title", "Party"), ("starts_at", start), ("ends_at", end), ("form_key", &key)];
        scene.call("agenda/create_session", &fields).await
    };
    let party = create("2026-09-24T22:00", "2026-09-25T02:00").await;
    assert_eq!(party.status, StatusCode::OK, "crossing midnight is legal: {}", party.body);
    assert_eq!(create("2026-09-25T23:00", "2026-09-26T12:00").await.status, StatusCode::OK);
    for (start, end) in [
        ("2026-09-23T23:00", "2026-09-24T01:00"),
        ("2026-09-26T00:30", "2026-09-26T01:00"),
        ("2026-09-25T23:00", "2026-09-26T12:05"),
        ("2026-09-24T09:00", "2026-09-25T09:05"),
        ("2026-09-24T09:00", ""),
    ] {
        assert_eq!(create(start, end).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{start} {end}");
    }
    let days = async |query: &str| {
        let page = scene.app.browser().get(&scene.path(&format!("/agenda{query}"))).await.html();
        (page.texts(".agenda-day h2 .meta"), page.texts(".session-time"))
    };
    let (heads, times) = days("").await;
    assert_eq!(heads, ["Day 1", "Day 2"]);
    assert_eq!(times, ["22:00 – 02:00 +1 day, 4 h", "23:00 – 12:00 +1 day, 13 h"], "on the day they start");
    assert_eq!(days("?day=2").await.1, ["23:00 – 12:00 +1 day, 13 h"]);
    let id: AgendaSessionId = party.json::<Saved>().id;
    let page = scene.app.browser().get(&scene.path(&format!("/sessions/{id}"))).await.html();
    assert!(page.text(".session-when").starts_with("Thursday 24 September 2026, 22:00 – 02:00 +1 day"));
}
