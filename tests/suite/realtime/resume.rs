//! Coming back after a gap.

use domain::realtime::{CloseReason, ServerFrame};
use services::Services;
use services::realtime::{Bus, SocketCaps, safety_net};

use super::stage::Stage;
use crate::support::cast::post;

#[tokio::test]
async fn a_reader_resumes_from_its_cursor_after_a_gap() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut missed = Vec::new();
    for n in 1..=3 {
        let message = stage.says(&stage.ada, &format!("number {n}")).await;
        missed.push(ServerFrame::MessagePosted { topic, rev: n, message });
    }

    let mut ben = stage.ben.browser.socket().await;
    let answer = ben.subscribe(topic, Some(1)).await;

    assert!(matches!(answer, ServerFrame::Subscribed { cursor: 3, .. }), "{answer:?}");
    assert_eq!([ben.next().await, ben.next().await], missed[1..]);
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_cursor_that_cannot_be_served_gets_a_resync() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    stage.says(&stage.ada, "the only one").await;
    let mut ben = stage.ben.browser.socket().await;
    for cursor in [-1, 2, i64::MAX, i64::MIN] {
        let answer = ben.subscribe(topic, Some(cursor)).await;
        assert!(matches!(answer, ServerFrame::Subscribed { cursor: 1, .. }), "{answer:?}");
        assert_eq!(ben.next().await, ServerFrame::Resync { topic }, "{cursor}");
    }
}

#[tokio::test]
async fn a_slow_reader_is_closed_with_1013() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut slow = stage.ben.browser.listening(topic).await;
    let message = stage.says(&stage.ada, &"x".repeat(2000)).await;

    // Far more than the queue holds, and nothing is read meanwhile.
    for rev in 2..5000 {
        let message = message.clone();
        stage.app.services.bus.publish(topic, &ServerFrame::MessagePosted { topic, rev, message });
    }

    assert_eq!(slow.closes().await, Some(CloseReason::TooSlow));
    let mut back = stage.ben.browser.socket().await;
    assert!(matches!(back.subscribe(topic, Some(0)).await, ServerFrame::Subscribed { cursor: 1, .. }));
    assert!(
        matches!(back.next().await, ServerFrame::MessagePosted { rev: 1, .. }),
        "the cursor makes it good"
    );
}

#[tokio::test]
async fn a_frame_lost_on_the_way_is_made_good_by_the_safety_net() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ben = stage.ben.browser.listening(topic).await;
    let clock = stage.app.services.clock.clone();
    let unheard =
        Services { bus: Bus::in_process(clock, SocketCaps::default()), ..stage.app.services.clone() };
    post(&unheard, &stage.ada, stage.general, "said where nobody hears it").await;

    safety_net::check_once(&stage.app.services).await.unwrap();
    assert_eq!(ben.next().await, ServerFrame::Head { topic, rev: 1 });
    safety_net::check_once(&stage.app.services).await.unwrap();
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_restart_closes_sockets_with_1012() {
    let mut stage = Stage::set().await;
    let mut ben = stage.ben.browser.listening(stage.topic()).await;
    let (reason, ()) = tokio::join!(ben.closes(), stage.app.stop());
    assert_eq!(reason, Some(CloseReason::Restart));
}
