//! How much somebody may write and begin.

use domain::AppError;
use http::StatusCode;
use time::Duration;

use crate::support::ConversationScene;
use crate::support::conversations::{open, say};

#[tokio::test]
async fn twenty_messages_a_minute_go_to_one_person() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, zoe, .. } = &scene;
    for n in 1..=20 {
        assert_eq!(scene.say(ada, n, "Hi").await.status, StatusCode::OK, "{n}");
    }
    let refused = scene.say(ada, 21, "Hi").await;
    assert_eq!(refused.error(), AppError::TooMany { retry_after_seconds: 60 });
    assert_eq!(refused.header("retry-after"), Some("60"));
    assert_eq!(
        scene.say(ada, 20, "Hi").await.status,
        StatusCode::OK,
        "a retry of what was sent costs nothing"
    );
    assert_eq!(scene.say(ben, 1, "Hi").await.json::<domain::chat::MessageView>().seq, 21, "and left no gap");
    app.connect(ada, zoe, event).await;
    let other = app.conversation(ada, zoe).await;
    assert_eq!(say(ada, other, 21, "Hi").await.status, StatusCode::OK, "counted per conversation");
    app.wait(Duration::minutes(1));
    assert_eq!(scene.say(ada, 22, "Hi").await.status, StatusCode::OK);
}

#[tokio::test]
async fn organizers_begin_ten_conversations_an_hour() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, .. } = &scene;
    let mut guests = Vec::new();
    for n in 1..=9 {
        let guest = app.person(&format!("Guest{n}")).await;
        app.register(&guest, event).await;
        guests.push(guest);
    }
    for whom in guests.iter().chain([ada]) {
        assert_eq!(open(omar, whom, Some(event)).await.status, StatusCode::OK);
    }
    let refused = open(omar, ben, Some(event)).await;
    assert!(matches!(refused.error(), AppError::TooMany { .. }), "the eleventh");
    assert_eq!(open(omar, ada, Some(event)).await.status, StatusCode::OK, "what is there opens all the same");
    app.wait(Duration::HOUR);
    assert_eq!(open(omar, ben, Some(event)).await.status, StatusCode::OK);
}
