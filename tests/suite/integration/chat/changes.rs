//! New words of an author, and who is in a room.

use domain::chat::MessageView;
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Conflict, Denied};
use http::StatusCode;
use time::Duration;

use crate::support::ChatScene;

pub(super) async fn by_their_author_for_a_while() {
    let scene = ChatScene::set().await;
    let (ada, maya) = (&scene.team.attendee, &scene.team.moderator);
    let first = scene.says(ada, "Helo").await;
    let edit = async |who, body: &str| scene.call(who, "edit_message", &first, &[("body", body)]).await;

    let edited = edit(ada, "  Hello ").await.json::<MessageView>();
    assert_eq!(
        (edited.body.as_deref(), edited.is_edited, edited.seq, edited.rev),
        (Some("Hello"), true, first.seq, first.rev + 1),
        "new words at the old place, with the next revision"
    );
    assert_eq!(
        edit(ada, "Hello").await.json::<MessageView>().rev,
        edited.rev,
        "the same words change nothing"
    );
    for other in [&scene.ben, maya, &scene.team.olivia] {
        let refused = edit(other, "Rewritten").await;
        assert_eq!(refused.error(), Denied::NotYourMessage.into(), "nobody changes another's words");
    }
    for (body, message) in [
        (" ", "Write a message first."),
        (&"ä".repeat(2001), "Messages hold up to 2000 characters; this one has 2001."),
    ] {
        let AppError::Invalid(errors) = edit(ada, body).await.error() else { panic!("at the field") };
        assert_eq!(errors.get("body"), Some(message));
    }

    let page = scene.page(&format!("/messages/{}", first.id));
    for (who, sees) in [(ada, true), (maya, true), (&scene.ben, false)] {
        let body = who.browser.get(&page).await.body;
        assert_eq!(body.contains("Helo"), sees, "the previous text is for its author and moderators");
        assert!(body.contains("Hello"));
    }
    let room = scene.ben.browser.get(&scene.page("")).await.body;
    assert!(room.contains("Hello") && room.contains("edited") && !room.contains("Helo"));

    scene.set_open(false).await;
    assert_eq!(edit(ada, "Closed").await.error(), Conflict::RoomClosed.into());
    scene.set_open(true).await;
    scene.mute(ada).await;
    assert_eq!(edit(ada, "Muted").await.error(), Denied::Muted.into(), "only while one may post");
    let late = scene.says(&scene.ben, "Later").await;
    scene.team.app.wait(Duration::minutes(15) - Duration::SECOND);
    let in_time = scene.call(&scene.ben, "edit_message", &late, &[("body", "Just in time")]).await;
    assert_eq!(in_time.status, StatusCode::OK);
    scene.team.app.wait(Duration::SECOND);
    let too_late = scene.call(&scene.ben, "edit_message", &late, &[("body", "Too late")]).await;
    assert_eq!((too_late.status, too_late.error()), (StatusCode::FORBIDDEN, Denied::EditTimeOver.into()));
}

pub(super) async fn people_are_counted_once() {
    let scene = ChatScene::set().await;
    let topic = Topic::Room(scene.general);
    let (ada, ben) = (&scene.team.attendee, &scene.ben);
    let mut at_ada = ada.browser.listening(topic).await;
    at_ada.presence_becomes(1).await;
    let (one, two) = (ben.browser.listening(topic).await, ben.browser.listening(topic).await);
    at_ada.presence_becomes(2).await;
    let counts = async || scene.team.app.services.bus.presences(&[topic]).await.unwrap()[&topic];
    assert_eq!(counts().await, 2, "a person, not a tab: he has two");
    drop(one);
    at_ada.is_quiet().await;
    assert_eq!(counts().await, 2, "a person, not a tab: another one is open");
    let board = scene.team.organizer.browser.get(&scene.team.page("/manage/rooms")).await.body;
    assert!(board.contains("2 here"), "organizers see it in their list: {board}");
    let mut outsider = scene.team.app.person("Otto").await.browser.socket().await;
    assert!(matches!(outsider.subscribe(topic, None).await, ServerFrame::Refused { .. }));
    assert_eq!(counts().await, 2, "whoever is refused is not here");
    drop(two);
    at_ada.presence_becomes(1).await;
}
