//! Words taken back, by their author or by a moderator.

use domain::chat::{DeletedBy, MessageView};
use domain::{AppError, Denied, Gone};
use http::StatusCode;
use services::chat;
use time::Duration;
use uuid::Uuid;

use crate::support::ChatScene;

pub(super) async fn leave_a_tombstone_and_the_audit() {
    let scene = ChatScene::set().await;
    let (ada, maya) = (&scene.team.attendee, &scene.team.moderator);
    let (own, others) = (scene.says(ada, "Regretted words").await, scene.says(ada, "Rude words").await);
    scene.mute(ada).await;

    let tombstone = scene.call(ada, "delete_message", &own, &[]).await.json::<MessageView>();
    assert_eq!(
        (tombstone.body, tombstone.deleted_by, tombstone.seq),
        (None, Some(DeletedBy::Author), own.seq),
        "one's own at any time, also muted; it keeps its place"
    );
    let removed = scene.call(maya, "delete_message", &others, &[("reason", "Be kind")]).await;
    assert_eq!(removed.json::<MessageView>().deleted_by, Some(DeletedBy::Moderator));

    let kept = "select body, delete_reason, deleted_by from chat_messages where author_id = $1 order by seq";
    let kept: Vec<(String, Option<String>, Option<Uuid>)> = sqlx::query_as(kept)
        .bind(ada.signed_in.user.get())
        .fetch_all(&scene.team.app.services.db)
        .await
        .unwrap();
    let (by_ada, by_maya) = (ada.signed_in.user.get(), maya.signed_in.user.get());
    assert_eq!(
        kept,
        [
            ("Regretted words".to_owned(), None, Some(by_ada)),
            ("Rude words".to_owned(), Some("Be kind".to_owned()), Some(by_maya)),
        ],
        "row, author, deleter and reason stay for the audit"
    );
    for who in [ada, &scene.ben, maya, &scene.team.olivia] {
        let room = who.browser.get(&scene.page("")).await.body;
        assert!(!room.contains("Regretted words") && !room.contains("Rude words"), "no text in the room");
        assert!(room.contains("Message deleted") && room.contains("by a moderator"), "but its place");
        let found = who.browser.get(&scene.team.page("/rooms?search=words")).await.body;
        assert!(!found.contains("Regretted") && !found.contains("Rude"), "nor in the search");
    }
    let history = chat::changes_after(&scene.team.app.services, &maya.signed_in, scene.general, 0, 10).await;
    assert!(history.unwrap().iter().all(|message| message.body.is_none()), "nor in what is resumed");

    let page_of = |message: &MessageView| scene.page(&format!("/messages/{}", message.id));
    for who in [ada, maya] {
        let page = who.browser.get(&page_of(&others)).await.body;
        assert!(page.contains("Rude words") && page.contains("Be kind") && page.contains("Maya Test"));
        assert!(
            !who.browser.get(&page_of(&own)).await.body.contains("Regretted"),
            "what its author took back"
        );
    }
    let page = scene.ben.browser.get(&page_of(&others)).await.body;
    assert!(!page.contains("Rude words") && !page.contains("Be kind"), "others learn nothing");
}

pub(super) async fn by_author_or_moderator() {
    let scene = ChatScene::set().await;
    let (ada, sam) = (&scene.team.attendee, &scene.team.speaker);
    let words = scene.says(ada, "To be judged").await;
    for who in [&scene.ben, sam] {
        let refused = scene.call(who, "delete_message", &words, &[]).await;
        assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, Denied::ModeratorsOnly.into()));
        let refused = scene.call(who, "restore_message", &words, &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    for who in [&scene.team.moderator, &scene.team.organizer, &scene.team.olivia] {
        let deleted = scene.call(who, "delete_message", &words, &[]).await.json::<MessageView>();
        assert_eq!(deleted.deleted_by, Some(DeletedBy::Moderator));
        let again = scene.call(who, "delete_message", &words, &[("reason", "Twice")]).await;
        assert_eq!(again.json::<MessageView>().rev, deleted.rev, "what is deleted stays so");
        let back = scene.call(who, "restore_message", &words, &[]).await.json::<MessageView>();
        assert_eq!((back.body.as_deref(), back.rev), (Some("To be judged"), deleted.rev + 1));
    }

    let hidden = scene.team.app.post(&scene.team.olivia, scene.staff, "Among organizers").await;
    let (room, id) = (scene.staff.to_string(), hidden.id.to_string());
    let fields = [("event", scene.team.event.as_str()), ("room", &room), ("message", &id)];
    let refused = scene.team.moderator.browser.call("/api/chat/delete_message", &fields).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "a moderator's reach ends at the rooms they may read");
    let general = scene.general.to_string();
    let mixed = [("event", scene.team.event.as_str()), ("room", &general), ("message", &id)];
    let refused = scene.team.moderator.browser.call("/api/chat/delete_message", &mixed).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "through no other room either");

    scene.call(&scene.team.moderator, "delete_message", &words, &[]).await;
    scene.team.app.wait(Duration::hours(24));
    let late = scene.call(&scene.team.moderator, "restore_message", &words, &[]).await;
    assert_eq!((late.status, late.error()), (StatusCode::GONE, AppError::Gone(Gone::RestoreOver)));
    let own = scene.says(ada, "My own").await;
    scene.call(ada, "delete_message", &own, &[]).await;
    let refused = scene.call(&scene.team.olivia, "restore_message", &own, &[]).await;
    assert_eq!(refused.error(), Denied::DeletedByAuthor.into(), "the author's word is final");
    let theirs = scene.says(ada, "Once more").await;
    scene.mute(&scene.team.moderator).await;
    let refused = scene.call(&scene.team.moderator, "delete_message", &theirs, &[]).await;
    assert_eq!(refused.error(), Denied::Muted.into(), "a muted moderator has lost the power");
}
