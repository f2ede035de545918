use domain::attendees::{EventRole, MembershipStatus, Standing};
use domain::chat::{
    DeletedBy, Deletion, MessageBody, MessageBodyError, MessageFacts, PostStanding, RoomKind, may_delete,
    may_edit, may_restore,
};
use domain::events::EventStatus;
use domain::{AppError, Conflict, Denied, Gone};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::support::ChatScene;

const NOON: OffsetDateTime = datetime!(2026-05-04 12:00 UTC);

fn post(role: EventRole) -> PostStanding {
    let standing = Standing {
        membership: Some((role, MembershipStatus::Active)),
        ..Standing::visitor(EventStatus::Published)
    };
    PostStanding { kind: RoomKind::Global, is_enabled: true, speaks_here: false, standing }
}

fn own() -> MessageFacts {
    MessageFacts { is_own: true, posted_at: NOON, deletion: None }
}

fn others() -> MessageFacts {
    MessageFacts { is_own: false, ..own() }
}

fn deleted_by(by: DeletedBy) -> MessageFacts {
    MessageFacts { deletion: Some(Deletion { by, at: NOON }), ..others() }
}

#[tokio::test]
async fn message_validation() {
    let body = |text: &str| MessageBody::parse(text).map(|body| body.as_str().to_owned());
    assert_eq!(body("  Hello\r\n there \n"), Ok("Hello\n there".to_owned()), "trimmed, lines kept");
    assert_eq!(body("e\u{301}"), Ok("é".to_owned()), "composed");
    for empty in ["", " \n\t ", "\u{200b}"] {
        assert_eq!(body(empty), Err(MessageBodyError::Empty), "{empty:?}");
    }
    assert!(body(&"ä".repeat(2000)).is_ok());
    assert_eq!(body(&"ä".repeat(2001)), Err(MessageBodyError::TooLong { length: 2001 }));
    assert_eq!(body("a\0b"), Err(MessageBodyError::ControlCharacter));

    let scene = ChatScene::set().await;
    let message = scene.says(&scene.ben, "Hello").await;
    let db = &scene.team.app.services.db;
    let forge = "update chat_messages set body = $2 where id = $1";
    for forged in [String::new(), "x".repeat(2001)] {
        let forged = sqlx::query(forge).bind(message.id.get()).bind(forged).execute(db).await;
        assert!(forged.is_err(), "the database repeats both bounds");
    }
    assert!(sqlx::query(forge).bind(message.id.get()).bind("x".repeat(2000)).execute(db).await.is_ok());
}

#[tokio::test]
async fn soft_delete() {
    for role in EventRole::ALL {
        assert_eq!(may_delete(&post(role), &own()), Ok(()), "one's own, as {role:?}");
        let expected = if role >= EventRole::Moderator { Ok(()) } else { Err(Denied::ModeratorsOnly.into()) };
        assert_eq!(may_delete(&post(role), &others()), expected, "another's, as {role:?}");
    }
    let mut muted = post(EventRole::Attendee);
    muted.standing.muted = true;
    assert_eq!(may_delete(&muted, &own()), Ok(()), "also when muted");
    let mut archived = post(EventRole::Moderator);
    archived.standing.event_status = EventStatus::Archived;
    for facts in [own(), others()] {
        assert_eq!(may_delete(&archived, &facts), Err(Conflict::EventArchived.into()));
    }

    let moderator = post(EventRole::Moderator);
    let restore = |by, after| may_restore(&moderator, &deleted_by(by), NOON + after);
    assert_eq!(restore(DeletedBy::Moderator, Duration::hours(24) - Duration::SECOND), Ok(()));
    assert_eq!(restore(DeletedBy::Moderator, Duration::hours(24)), Err(AppError::Gone(Gone::RestoreOver)));
    assert_eq!(restore(DeletedBy::Author, Duration::ZERO), Err(Denied::DeletedByAuthor.into()));
    let by_attendee = may_restore(&post(EventRole::Attendee), &deleted_by(DeletedBy::Moderator), NOON);
    assert_eq!(by_attendee, Err(Denied::ModeratorsOnly.into()));

    let scene = ChatScene::set().await;
    let message = scene.says(&scene.ben, "Hello").await;
    let db = &scene.team.app.services.db;
    let forge = "update chat_messages set deleted_at = now() where id = $1";
    assert!(sqlx::query(forge).bind(message.id.get()).execute(db).await.is_err(), "somebody deletes");
    assert_eq!(scene.call(&scene.ben, "delete_message", &message, &[]).await.status, 200);
    let kept =
        "select body, author_id, deleted_by from chat_messages where id = $1 and deleted_at is not null";
    let kept: (String, Uuid, Uuid) =
        sqlx::query_as(kept).bind(message.id.get()).fetch_one(db).await.expect("the row stays");
    let ben = scene.ben.signed_in.user.get();
    assert_eq!(kept, ("Hello".to_owned(), ben, ben));
}

#[tokio::test]
async fn edit_history() {
    let (attendee, last) = (post(EventRole::Attendee), NOON + Duration::minutes(15) - Duration::SECOND);
    assert_eq!(may_edit(&attendee, &own(), last), Ok(()));
    let late = NOON + Duration::minutes(15);
    assert_eq!(may_edit(&attendee, &own(), late), Err(Denied::EditTimeOver.into()));
    assert_eq!(
        may_edit(&post(EventRole::Admin), &others(), NOON),
        Err(Denied::NotYourMessage.into()),
        "no role rewrites another's words"
    );
    let gone = MessageFacts { is_own: true, ..deleted_by(DeletedBy::Moderator) };
    assert_eq!(may_edit(&attendee, &gone, NOON), Err(Conflict::MessageDeleted.into()));
    let closed = PostStanding { is_enabled: false, ..attendee };
    assert_eq!(may_edit(&closed, &own(), NOON), Err(Conflict::RoomClosed.into()));

    let scene = ChatScene::set().await;
    let message = scene.says(&scene.ben, "first").await;
    for words in ["second", "third"] {
        scene.team.app.wait(Duration::SECOND);
        assert_eq!(scene.call(&scene.ben, "edit_message", &message, &[("body", words)]).await.status, 200);
    }
    let history = "select previous_body from chat_message_edits where message_id = $1 order by edited_at";
    let history: Vec<String> = sqlx::query_scalar(history)
        .bind(message.id.get())
        .fetch_all(&scene.team.app.services.db)
        .await
        .unwrap();
    assert_eq!(history, ["first", "second"], "what it said before, oldest first");
    let page = scene.ben.browser.get(&scene.page(&format!("/messages/{}", message.id))).await.html();
    assert_eq!(page.texts(".message-earlier .quoted"), ["first", "second"], "its author reads it");
}

#[tokio::test]
async fn user_relationship() {
    let scene = ChatScene::set().await;
    let message = scene.says(&scene.ben, "By Ben").await;
    assert_eq!(message.author.id, scene.ben.signed_in.user);
    assert_eq!(message.author.full_name, "Ben Test");
    let db = &scene.team.app.services.db;
    let rename = "update users set last_name = 'Tester' where id = $1";
    sqlx::query(rename).bind(scene.ben.signed_in.user.get()).execute(db).await.unwrap();
    let room = scene.team.attendee.browser.get(&scene.page("")).await.body;
    assert!(room.contains("Ben Tester") && !room.contains("Ben Test<"), "shown by the present name");
    for (forge, why) in [
        ("update chat_messages set author_id = gen_random_uuid() where id = $1", "an author is a person"),
        ("update chat_messages set room_id = gen_random_uuid() where id = $1", "a room is a room"),
        ("update chat_messages set reply_to = gen_random_uuid() where id = $1", "an answer has a target"),
        ("update chat_messages set event_id = gen_random_uuid() where id = $1", "of the room's own event"),
    ] {
        assert!(sqlx::query(forge).bind(message.id.get()).execute(db).await.is_err(), "{why}");
    }
    let elsewhere = scene.team.app.post(&scene.team.olivia, scene.staff, "In another room").await;
    let forge = "update chat_messages set reply_to = $2 where id = $1";
    let forged = sqlx::query(forge).bind(message.id.get()).bind(elsewhere.id.get()).execute(db).await;
    assert!(forged.is_err(), "an answer stays in its room");
}
